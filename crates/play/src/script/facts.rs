//! What a script makes of what the city tells, whoever did it: its own crews go where anybody sends them.

use precinct_base::Timestamp;

use super::Script;
use super::model::{Deed, Doing};
use crate::Told;
use crate::ask::{Answer, Ask, CrewStep};

impl Script<'_> {
    /// Takes in a record; a record heard of before changes nothing.
    pub(super) fn hear(&mut self, seq: Option<u64>, at: Timestamp, facts: Vec<Told>) {
        if seq.is_some_and(|seq| !self.heard.insert(seq)) {
            return;
        }
        for fact in facts {
            self.fact(at, fact);
        }
    }

    fn fact(&mut self, at: Timestamp, fact: Told) {
        match fact {
            Told::Opened { incident, at: place } => {
                let matter = self.matters.entry(incident).or_default();
                matter.opened = at;
                matter.at = place.or(matter.at);
            }
            Told::DuplicateSuggested { incident, of } => {
                self.after(20_000, Deed::NotOne(incident, of));
            }
            Told::Closed { incident } | Told::Merged { from: incident } => {
                if let Some(matter) = self.matters.get_mut(&incident) {
                    self.queue.remove(&(matter.priority, matter.opened, incident));
                    matter.closed = Some(at);
                }
            }
            Told::Reopened { incident } => {
                if let Some(matter) = self.matters.get_mut(&incident) {
                    matter.closed = None;
                    matter.served = false;
                }
                self.settle(incident);
            }
            Told::Dispatched { incident, unit } => {
                let nth = self.joins(at, incident, unit);
                self.crew_is_sent(unit, incident, nth);
            }
            Told::OnView { incident, unit } => {
                let nth = self.joins(at, incident, unit);
                self.arrived(at, incident, unit);
                self.crew_is_there(unit, incident, nth);
            }
            Told::OnScene { incident, unit, at: told } => {
                self.arrived(told.unwrap_or(at), incident, unit);
            }
            Told::Cleared { incident, unit } => self.leaves(incident, unit, true),
            Told::TakenOff { incident, unit } => self.leaves(incident, unit, false),
            Told::ShiftStarted { unit, shift } => self.is_on(unit, shift),
            Told::ShiftEnded { unit } => self.is_off(unit),
            Told::Out { unit } => self.is_out(unit),
            Told::Back { unit } => self.is_free(unit),
            Told::Rang { clock } => {
                if self.answering.insert(clock.to_string()) {
                    let ms = self.rng("clock", self.agenda.count()).between(3_000, 15_000);
                    self.after(ms, Deed::Clock(clock));
                }
            }
            Told::SosRaised { sos } => self.after(120_000, Deed::CloseSos(sos)),
        }
    }

    /// A unit is on an incident; how many were sent before it.
    fn joins(&mut self, at: Timestamp, incident: u32, unit: u32) -> usize {
        let matter = self.matters.entry(incident).or_default();
        matter.dispatched.get_or_insert(at);
        matter.active.insert(unit);
        self.queue.remove(&(matter.priority, matter.opened, incident));
        matter.count += 1;
        matter.count - 1
    }

    fn arrived(&mut self, at: Timestamp, incident: u32, unit: u32) {
        if let Some(matter) = self.matters.get_mut(&incident) {
            let first = matter.on_scene.map_or(at, |first| first.min(at));
            matter.on_scene = Some(first);
        }
        if let Some(crew) = self.crews.get_mut(&unit)
            && let Doing::Task(task) = &mut crew.doing
            && task.incident == incident
        {
            task.on_scene = true;
        }
    }

    /// A unit is not on an incident any more.
    fn leaves(&mut self, incident: u32, unit: u32, done: bool) {
        let task = self.crews.get(&unit).and_then(super::model::Crew::task);
        let own = task.filter(|task| task.incident == incident);
        if let Some(matter) = self.matters.get_mut(&incident) {
            matter.active.remove(&unit);
            matter.served |= done && own.is_none_or(|task| task.on_scene);
        }
        if own.is_some() {
            self.is_free(unit);
        }
        self.settle(incident);
    }
}

/// What an action that was answered must have led to, for an answer to a repeated command that does not tell it again.
pub(super) fn implied(ask: &Ask, answer: &Answer) -> Vec<Told> {
    let fact = match *ask {
        Ask::Open(ref intake) => {
            answer.incident.map(|incident| Told::Opened { incident, at: Some(intake.at) })
        }
        Ask::Dispatch { incident, unit, .. } => Some(Told::Dispatched { incident, unit }),
        Ask::Step { incident, unit, step } => match step {
            CrewStep::OnScene => Some(Told::OnScene { incident, unit, at: None }),
            CrewStep::OnView => Some(Told::OnView { incident, unit }),
            CrewStep::Clear => Some(Told::Cleared { incident, unit }),
            CrewStep::Decline(_) => Some(Told::TakenOff { incident, unit }),
            CrewStep::Acknowledge | CrewStep::EnRoute => None,
        },
        Ask::Resolve { incident, .. } => Some(Told::Closed { incident }),
        Ask::Out { unit, .. } => Some(Told::Out { unit }),
        Ask::Back { unit } => Some(Told::Back { unit }),
        _ => None,
    };
    fact.into_iter().collect()
}
