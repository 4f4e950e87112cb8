//! What patrols come upon: a free crew near by drives there in time, and reports what it found as found, never as a call.

use precinct_base::Timestamp;

use super::Script;
use super::model::{CallState, CrewDeed, Deed, Doing, Purpose};
use crate::ask::{Answer, Ask, CrewStep, Refused};

/// A crew begins to drive so long before it is to come upon something.
pub(super) const LEAD_MS: i64 = 300_000;
/// How long until somebody is looked for again when no crew is free.
const NOBODY_MS: i64 = 60_000;

impl Script<'_> {
    /// The nearest free crew goes that way.
    pub(super) fn look_for(&mut self, index: usize) {
        let waits = self.states.get(index) == Some(&CallState::Waiting);
        let Some(call) = self.calls.get(index).filter(|_| waits) else { return };
        let (at, due, now) = (call.at, self.played(call), self.now);
        let free =
            self.crews.iter().filter(|(_, crew)| crew.doing == Doing::Free && crew.is_police());
        let nearest = free.min_by_key(|(unit, crew)| (crew.fix(now).at.distance(at), **unit));
        let Some(unit) = nearest.map(|(&unit, _)| unit) else {
            return self.after(NOBODY_MS, Deed::Found(index));
        };
        let Some(crew) = self.crews.get_mut(&unit) else { return };
        crew.turn_to(Doing::Finding(index), now);
        let generation = crew.generation;
        let there = self.set_out(unit, at).max(due).max(Timestamp(now.0 + 1));
        self.agenda.add(there, Deed::Crew(unit, generation, CrewDeed::Find(index)));
    }

    pub(super) fn open_found(&mut self, index: usize, unit: u32, generation: u32) {
        let Some(call) = self.calls.get(index) else { return };
        let intake = self.intake(call);
        self.states[index] = CallState::Asked;
        self.ask(Ask::Open(intake), Purpose::Found(index, unit, generation));
    }

    pub(super) fn found_answered(
        &mut self,
        (index, unit, generation): (usize, u32, u32),
        outcome: Result<Answer, Refused>,
    ) {
        let taken = self.taken_in(index, outcome);
        let here = self.crews.get(&unit).is_some_and(|crew| crew.generation == generation);
        match taken {
            Some(incident) if here => {
                if let Some(matter) = self.matters.get_mut(&incident) {
                    matter.sending += 1;
                }
                let ask = Ask::Step { incident, unit, step: CrewStep::OnView };
                self.ask(ask, Purpose::OnView(incident, unit, generation));
            }
            // The crew was sent elsewhere meanwhile: another has to come.
            Some(incident) => self.settle(incident),
            None if here => self.give_up(unit),
            None => {}
        }
    }

    /// The city heard, or would not hear, that a crew is there.
    pub(super) fn seen(&mut self, incident: u32, (unit, generation): (u32, u32), done: bool) {
        if !done && self.crews.get(&unit).is_some_and(|crew| crew.generation == generation) {
            self.give_up(unit);
        }
        self.sent(incident);
    }

    /// A crew that drove to something drives back.
    fn give_up(&mut self, unit: u32) {
        let now = self.now;
        let Some(crew) = self.crews.get_mut(&unit) else { return };
        crew.turn_to(Doing::Free, now);
        let home = crew.home;
        self.set_out(unit, home);
        self.look_again();
    }
}
