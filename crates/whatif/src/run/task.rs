//! What crews do with a task: turn out, drive, arrive, stay, and go back.

use precinct_base::{LonLat, Millis, UnitId};
use precinct_core::{Event, Fact, Order, Step as Told};
use precinct_roads::{Drive, Snap};

use super::agenda::{Deed, Step};
use super::crew::{Doing, Driving};
use super::{Run, RunError, id};
use crate::behaviour::For;
use crate::chance::Purpose;
use crate::{Call, Recorded, Returning};

/// As the crow flies where no road leads: 30 km/h are 8,333 mm a second.
const CROW_MM_S: u64 = 8_333;

impl Run<'_, '_> {
    fn step(
        &mut self,
        what: &'static str,
        incident: u32,
        unit: UnitId,
        step: Told,
    ) -> Result<Vec<Event>, RunError> {
        self.give(what, Order::Task { incident: id(incident), unit, step })
    }

    pub(super) fn call_of(&self, incident: u32) -> &Call {
        &self.asked.piece.calls[self.matter(incident).call as usize]
    }

    /// Sends a unit; one on something less urgent is taken off that.
    pub(super) fn send(
        &mut self,
        incident: u32,
        unit: UnitId,
        advice: Option<Box<precinct_core::Advice>>,
        ahead: Option<Drive>,
    ) -> Result<(), RunError> {
        let Some(crew) = self.crew_of(unit) else { return Ok(()) };
        let events = self.step("sending a unit", incident, unit, Told::Dispatch(advice))?;
        if events.iter().any(|event| matches!(event.fact, Fact::UnitPreempted(_)))
            && let Doing::Task(before, _) = self.crews[crew as usize].doing
        {
            self.report.preempted += 1;
            self.leaves(before)?;
        }
        let nth = self.joins(incident, crew);
        self.crews[crew as usize].ahead = ahead;
        let takes = self.turnout(incident, crew, nth);
        let generation = self.crews[crew as usize].generation;
        self.after(takes, Deed::Crew(crew, generation, Step::SetOut));
        Ok(())
    }

    /// A patrol came upon it and is there.
    pub(super) fn comes_upon(&mut self, incident: u32, unit: UnitId) -> Result<(), RunError> {
        let Some(crew) = self.crew_of(unit) else { return Ok(()) };
        self.step("coming upon an incident", incident, unit, Told::OnView)?;
        let nth = self.joins(incident, crew);
        let place = self.snapped(crew, self.call_of(incident).at);
        let one = &mut self.crews[crew as usize];
        one.place = place.or(one.place);
        self.stays(incident, crew, nth);
        Ok(())
    }

    /// A crew has a task; how many were sent before it.
    fn joins(&mut self, incident: u32, crew: u32) -> u32 {
        let (now, counts) = (self.now, self.counts.clone());
        let matter = self.matter_mut(incident);
        let nth = matter.sent;
        matter.sent += 1;
        matter.active += 1;
        let one = &mut self.crews[crew as usize];
        one.stop(self.asked.places.networks(), now, &counts);
        one.ahead = None;
        self.free -= usize::from(one.doing == Doing::Free);
        one.turn_to(Doing::Task(incident, nth), now, &counts);
        one.usage.tasks += u64::from(counts.contains(&now));
        self.moving.remove(&crew);
        nth
    }

    fn recorded(&self, incident: u32, nth: u32) -> Recorded {
        let crews = &self.call_of(incident).crews;
        let known = crews.get(nth as usize).or(crews.last()).copied();
        known.filter(|_| self.asked.behaviour.as_recorded).unwrap_or_default()
    }

    fn asked_for(&self, incident: u32, crew: u32) -> For {
        let matter = self.matter(incident);
        let force = Some(self.crews[crew as usize].force);
        For { force, kind: matter.kind, priority: matter.priority, hour: self.hour() }
    }

    fn draw(&self, purpose: Purpose, incident: u32, nth: u32) -> u64 {
        self.asked.chance.draw(purpose, self.call_of(incident).key, u64::from(nth))
    }

    fn turnout(&self, incident: u32, crew: u32, nth: u32) -> Millis {
        self.recorded(incident, nth).turnout.unwrap_or_else(|| {
            let draw = self.draw(Purpose::Turnout, incident, nth);
            self.asked.behaviour.turnout.at(self.asked_for(incident, crew), draw)
        })
    }

    /// Plans when a crew that is there has done.
    fn stays(&mut self, incident: u32, crew: u32, nth: u32) {
        let takes = self.recorded(incident, nth).stay.unwrap_or_else(|| {
            let draw = self.draw(Purpose::Stay, incident, nth);
            self.asked.behaviour.stay.at(self.asked_for(incident, crew), draw)
        });
        let generation = self.crews[crew as usize].generation;
        self.after(takes, Deed::Crew(crew, generation, Step::Finish));
    }

    /// What a crew meant to do, unless what it does is another by now.
    pub(super) fn crew_acts(
        &mut self,
        crew: u32,
        generation: u32,
        step: Step,
    ) -> Result<(), RunError> {
        let one = &self.crews[crew as usize];
        if one.generation != generation {
            return Ok(());
        }
        match (step, one.doing) {
            (Step::SetOut, Doing::Task(incident, nth)) => self.sets_out(incident, crew, nth),
            (Step::Arrive, Doing::Task(incident, nth)) => self.arrives(incident, crew, nth),
            (Step::Finish, Doing::Task(incident, _)) => self.finishes(incident, crew),
            (Step::Back, Doing::Out) => {
                self.give_back(crew)?;
                if self.crews[crew as usize].over { self.go_off(crew) } else { self.desk() }
            }
            _ => Ok(()),
        }
    }

    fn sets_out(&mut self, incident: u32, crew: u32, nth: u32) -> Result<(), RunError> {
        let unit = self.crews[crew as usize].unit;
        self.step("setting out", incident, unit, Told::EnRoute(None))?;
        let since = self.since_call(incident);
        self.answered_mut(incident).set_out.get_or_insert(since);
        let to = self.call_of(incident).at;
        let draw = self.draw(Purpose::Travel, incident, nth);
        let takes = self.drive(crew, to, draw);
        let generation = self.crews[crew as usize].generation;
        self.after(takes, Deed::Crew(crew, generation, Step::Arrive));
        self.moving.insert(crew);
        Ok(())
    }

    fn arrives(&mut self, incident: u32, crew: u32, nth: u32) -> Result<(), RunError> {
        let unit = self.crews[crew as usize].unit;
        self.step("arriving", incident, unit, Told::OnScene(None))?;
        self.moving.remove(&crew);
        let (now, counts) = (self.now, self.counts.clone());
        self.crews[crew as usize].stop(self.asked.places.networks(), now, &counts);
        let since = self.since_call(incident);
        self.answered_mut(incident).on_scene.get_or_insert(since);
        self.tell_place(crew)?;
        self.stays(incident, crew, nth);
        Ok(())
    }

    fn finishes(&mut self, incident: u32, crew: u32) -> Result<(), RunError> {
        let unit = self.crews[crew as usize].unit;
        self.step("clearing", incident, unit, Told::Clear)?;
        self.matter_mut(incident).served = true;
        let (now, counts) = (self.now, self.counts.clone());
        self.crews[crew as usize].turn_to(Doing::Free, now, &counts);
        self.free += 1;
        self.leaves(incident)?;
        self.is_free(crew)?;
        self.desk()
    }

    /// A crew has done with its task: off duty, to its rest, or back to its post.
    fn is_free(&mut self, crew: u32) -> Result<(), RunError> {
        let (over, rest_due) = (self.crews[crew as usize].over, self.crews[crew as usize].rest_due);
        match self.asked.behaviour.returning {
            Returning::Free | Returning::Stays if over => self.go_off(crew),
            _ if rest_due && !over => self.take_rest(crew),
            Returning::Free => {
                self.drive_home(crew);
                self.tell_place(crew)
            }
            Returning::Stays => self.tell_place(crew),
            Returning::Busy => {
                self.take_out(crew, self.words.back)?;
                let takes = self.drive_home(crew);
                self.back_after(crew, takes);
                Ok(())
            }
        }
    }

    /// A crew is not on an incident any more: it is closed if somebody was there, else it waits again.
    fn leaves(&mut self, incident: u32) -> Result<(), RunError> {
        let matter = self.matter_mut(incident);
        matter.active -= 1;
        if matter.active > 0 {
            return Ok(());
        }
        let key = (matter.priority, matter.opened, incident);
        if !matter.served {
            self.queue.insert(key);
            return Ok(());
        }
        self.queue.remove(&key);
        let order = Order::Resolve { incident: id(incident), disposition: self.words.done };
        self.give("closing an incident", order)?;
        let since = self.since_call(incident);
        let call = self.matter(incident).call as usize;
        self.report.calls[call].closed = Some(since);
        self.open -= usize::from(self.asked.piece.counts(&self.asked.piece.calls[call]));
        Ok(())
    }

    pub(super) fn since_call(&self, incident: u32) -> Millis {
        Millis((self.now - self.matter(incident).opened).min(u64::from(u32::MAX)) as u32)
    }

    fn answered_mut(&mut self, incident: u32) -> &mut crate::Answered {
        let call = self.matter(incident).call as usize;
        &mut self.report.calls[call]
    }

    /// Where a place is on the roads that a crew takes.
    pub(super) fn snapped(&self, crew: u32, at: LonLat) -> Option<Snap> {
        self.asked.places.snap(self.crews[crew as usize].profile?, at)
    }

    /// The way from where a crew stands.
    fn way(&mut self, crew: u32, to: LonLat) -> Option<Drive> {
        let one = &mut self.crews[crew as usize];
        let (ahead, from, profile) = (one.ahead.take(), one.place, one.profile?);
        ahead.or_else(|| {
            let towards = self.asked.places.ways(&mut self.scratch, to)[profile.index()].clone()?;
            towards.drive(self.asked.places.networks().get(profile)?, &from?)
        })
    }

    /// Drives off; how long it takes.
    fn drive(&mut self, crew: u32, to: LonLat, draw: u64) -> Millis {
        let (now, counts, hour) = (self.now, self.counts.clone(), self.hour());
        self.crews[crew as usize].stop(self.asked.places.networks(), now, &counts);
        let (way, end) = (self.way(crew, to), self.snapped(crew, to));
        let one = &mut self.crews[crew as usize];
        if let Some(way) = way {
            let takes = self.asked.behaviour.drive((way.time(), way.standing()), hour, draw);
            one.driving = Some(Driving::new(now, takes, way, end));
            return takes;
        }
        // No road leads there: on foot or in a boat, as the crow flies.
        let flies = one.place.map_or(0, |from| from.at.distance(to).0) * 1_000 / CROW_MM_S;
        one.place = end.or(one.place);
        Millis(flies.min(u64::from(u32::MAX)) as u32)
    }

    /// Drives to its post, if it has one; how long that takes.
    pub(super) fn drive_home(&mut self, crew: u32) -> Millis {
        let Some(home) = self.crews[crew as usize].home else { return Millis::ZERO };
        // The middle of all drives: nobody hurries home.
        let takes = self.drive(crew, home, 1 << 63);
        self.moving.insert(crew);
        takes
    }
}
