//! The town described to the core, and crews that come on duty, rest and go.

use precinct_base::{Millis, Timestamp, UnitId};
use precinct_core::event::ShiftPlanned;
use precinct_core::{Catalogue, Code, Member, Named, Order};

use super::agenda::{Deed, Step};
use super::crew::{CrewNow, Doing};
use super::tours::tours;
use super::{Run, RunError};
use crate::Returning;
use precinct_advice::{Placed, profile_of};

/// What a run calls what it does, in the town's own codes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    /// Why a crew rests.
    pub(super) rest: Code,
    /// Why a crew on its way back cannot be sent.
    pub(super) back: Code,
    /// Why what nobody found is dropped.
    pub(super) dropped: Code,
    /// How an incident ends.
    pub(super) done: Code,
}

impl Words {
    /// The standard codes where the town has them, else the first that it has.
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let word = |list: &[Named], code: &'static str| {
            let code = Code::literal(code);
            let known = list.iter().any(|one| one.code == code);
            list.first().filter(|_| !known).map_or(code, |first| first.code)
        };
        Self {
            rest: word(&catalogue.reasons, "meal"),
            back: word(&catalogue.reasons, "paperwork"),
            dropped: word(&catalogue.reasons, "other"),
            done: word(&catalogue.dispositions, "dealt_with"),
        }
    }
}

impl Run<'_, '_> {
    /// Describes areas, posts and units.
    pub(super) fn describe(&mut self) -> Result<(), RunError> {
        let (town, plan) = (self.asked.town, self.asked.plan);
        let catalogue = quiet(town.catalogue.clone());
        self.give("the catalogue", Order::SetCatalogue(Box::new(catalogue)))?;
        for area in &town.areas {
            self.give("an area", Order::SetArea(area.clone()))?;
        }
        for post in &plan.posts {
            self.give("a post", Order::SetPost(post.clone()))?;
        }
        for crew in &plan.crews {
            self.give("a unit", Order::SetUnit(crew.unit.clone()))?;
            let unit = &crew.unit;
            let mut now = CrewNow::new(unit.unit, unit.force, profile_of(unit.vehicle));
            now.home = unit.home.and_then(|home| plan.post(home)).map(|post| post.at);
            self.crews.push(now);
        }
        Ok(())
    }

    /// Plans every tour.
    pub(super) fn come_on_duty(&mut self) {
        let piece = self.asked.piece;
        let longest = i64::from(self.state.catalogue().rules.longest_shift.0);
        let end = Timestamp(piece.to.0.saturating_add(i64::from(self.asked.tail.0)));
        for (at, crew) in (0..).zip(&self.asked.plan.crews) {
            self.tours.extend(tours((crew, at), piece, (self.begin, end), longest));
        }
        for (number, tour) in (0..).zip(&self.tours) {
            let tick = |at: Timestamp| at.0.saturating_sub(self.begin.0).max(0) as u64;
            self.agenda.add(tick(tour.starts), Deed::Begin(number));
            self.agenda.add(tick(tour.ends), Deed::End(number));
            if let Some(rest) = self.asked.behaviour.rest {
                self.agenda.add(tick(tour.starts) + u64::from(rest.after.0), Deed::Rest(number));
            }
        }
    }

    /// A tour begins, or will as soon as the one before it has ended.
    pub(super) fn begin(&mut self, number: u32) -> Result<(), RunError> {
        let tour = self.tours[number as usize];
        if self.crews[tour.crew as usize].doing != Doing::Off {
            self.crews[tour.crew as usize].next = Some(number);
            return Ok(());
        }
        let shift = self.state.next_shift();
        let crew = &self.crews[tour.crew as usize];
        let (unit, force) = (crew.unit, crew.force);
        let members = vec![Member { staff: staff(unit, number), force }];
        let starts = tour.starts.min(self.moment().wall);
        let (ends, waived) = (tour.ends, None);
        if ends <= self.moment().wall {
            return Ok(());
        }
        let plan = ShiftPlanned { shift, unit, members, starts, ends, waived };
        self.give("a tour", Order::PlanShift(plan))?;
        self.give("the start of a tour", Order::StartShift { shift })?;
        let relieves = self.crews[tour.crew as usize].place.is_some();
        if !relieves {
            self.stand_at_home(tour.crew);
        }
        let (now, counts) = (self.now, self.counts.clone());
        let crew = &mut self.crews[tour.crew as usize];
        (crew.shift, crew.over, crew.rest_due) = (Some(shift), false, false);
        crew.turn_to(Doing::Free, now, &counts);
        self.free += 1;
        if relieves && self.asked.behaviour.returning != Returning::Stays {
            self.drive_home(tour.crew);
        }
        self.tell_place(tour.crew)?;
        self.desk()
    }

    /// A tour is over: at once for a crew that is free, else when it is.
    pub(super) fn end(&mut self, number: u32) -> Result<(), RunError> {
        let tour = self.tours[number as usize];
        let crew = &mut self.crews[tour.crew as usize];
        if crew.next == Some(number) {
            crew.next = None;
            return Ok(());
        }
        if crew.doing == Doing::Off {
            return Ok(());
        }
        crew.over = true;
        if crew.doing == Doing::Free { self.go_off(tour.crew) } else { Ok(()) }
    }

    /// Ends a crew's tour. Who relieves it at once takes over where it is and drives back; a later tour begins at the post.
    pub(super) fn go_off(&mut self, crew: u32) -> Result<(), RunError> {
        let Some(shift) = self.crews[crew as usize].shift.take() else { return Ok(()) };
        self.give("the end of a tour", Order::EndShift { shift })?;
        let (now, counts) = (self.now, self.counts.clone());
        let networks = self.asked.places.networks();
        let one = &mut self.crews[crew as usize];
        one.stop(networks, now, &counts);
        self.free -= usize::from(one.doing == Doing::Free);
        one.turn_to(Doing::Off, now, &counts);
        self.moving.remove(&crew);
        let next = one.next.take();
        let relieved = next.is_some()
            || self.tours.iter().any(|tour| tour.crew == crew && tour.starts == self.moment().wall);
        if !relieved {
            self.crews[crew as usize].place = None;
        }
        next.map_or(Ok(()), |next| self.begin(next))
    }

    /// A rest is due: at once for a crew that is free, else when it is.
    pub(super) fn rest(&mut self, number: u32) -> Result<(), RunError> {
        let crew = self.tours[number as usize].crew;
        match self.crews[crew as usize].doing {
            Doing::Free => self.take_rest(crew),
            Doing::Task(..) => {
                self.crews[crew as usize].rest_due = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    pub(super) fn take_rest(&mut self, crew: u32) -> Result<(), RunError> {
        let Some(rest) = self.asked.behaviour.rest else { return Ok(()) };
        self.crews[crew as usize].rest_due = false;
        self.take_out(crew, self.words.rest)?;
        let takes = self.drive_home(crew);
        let until = rest.lasts.max(takes);
        self.back_after(crew, until);
        Ok(())
    }

    /// It can be sent again after so long.
    pub(super) fn back_after(&mut self, crew: u32, after: Millis) {
        let generation = self.crews[crew as usize].generation;
        self.after(after, Deed::Crew(crew, generation, Step::Back));
    }

    /// A free crew cannot be sent any more.
    pub(super) fn take_out(&mut self, crew: u32, reason: Code) -> Result<(), RunError> {
        let unit = self.crews[crew as usize].unit;
        self.give("taking a unit out", Order::TakeOut { unit, reason })?;
        let (now, counts) = (self.now, self.counts.clone());
        self.crews[crew as usize].turn_to(Doing::Out, now, &counts);
        self.free -= 1;
        Ok(())
    }

    /// It can be sent again.
    pub(super) fn give_back(&mut self, crew: u32) -> Result<(), RunError> {
        let unit = self.crews[crew as usize].unit;
        self.give("bringing a unit back", Order::BringBack { unit })?;
        let (now, counts) = (self.now, self.counts.clone());
        self.crews[crew as usize].turn_to(Doing::Free, now, &counts);
        self.free += 1;
        self.tell_place(crew)
    }

    fn stand_at_home(&mut self, crew: u32) {
        let Some(home) = self.crews[crew as usize].home else { return };
        self.crews[crew as usize].place = self.snapped(crew, home);
    }

    /// Says where a crew is.
    pub(super) fn tell_place(&mut self, crew: u32) -> Result<(), RunError> {
        let (now, counts) = (self.now, self.counts.clone());
        let one = &mut self.crews[crew as usize];
        let snap = one.here(self.asked.places.networks(), now, &counts);
        let placed = Placed { unit: one.unit, snap, fix_age: Some(Millis::ZERO) };
        if one.driving.is_some() {
            self.moving.insert(crew);
            return Ok(self.field.pass(&self.state, placed)?);
        }
        self.moving.remove(&crew);
        Ok(self.field.put(&self.state, placed)?)
    }
}

/// A member of a tour: a number and nothing more. Each tour has others, so that nobody is too long on duty.
fn staff(unit: UnitId, tour: u32) -> Code {
    format!("U{}T{tour}", unit.0).parse().unwrap_or(Code::literal("U"))
}

/// The catalogue with clocks that never ring, nothing suggested as the same, and what is over off the board at once: nobody looks at
/// clocks in a simulation, and the record knows what was one matter.
fn quiet(mut catalogue: Catalogue) -> Catalogue {
    for clocks in &mut catalogue.clocks {
        clocks.unanswered = Millis::MAX;
        clocks.unacknowledged = Millis::MAX;
        clocks.overdue = Millis::MAX;
        clocks.welfare = Millis::MAX;
    }
    for kind in &mut catalogue.types {
        kind.clocks = None;
    }
    catalogue.rules.duplicate_after = Millis::ZERO;
    catalogue.rules.keep_closed = Millis(1);
    catalogue
}
