//! The desk: takes calls, sends units, the most urgent first, answers clocks, closes what is done.

use precinct_base::{Millis, Timestamp};
use serde_json::Value;

use super::Script;
use super::model::{CallState, CrewDeed, Deed, Purpose};
use crate::ask::{Answer, Ask, Intake, Refused};
use crate::day::{Call, Origin};

/// Dispatchers at work: so many recommendations are looked at side by side.
const DESKS: usize = 4;
/// How long an incident waits for the next look when no unit can be sent.
const HOLD_MS: i64 = 30_000;
/// How often the desk tries to close an incident that the city will not have closed.
const TRIES: u32 = 5;
/// How many of those that wait are looked at anew when a unit becomes free.
const EAGER: usize = 8;

impl Script<'_> {
    pub(super) fn expect_calls(&mut self) {
        for (index, call) in self.calls.iter().enumerate() {
            let at = Timestamp(call.received.0.saturating_add(self.shift));
            let deed = match call.origin {
                Origin::Patrol => {
                    (Timestamp(at.0.saturating_sub(super::found::LEAD_MS)), Deed::Found(index))
                }
                Origin::Call | Origin::Alarm => (at, Deed::Call(index)),
            };
            self.agenda.add(deed.0, deed.1);
        }
    }

    /// A call comes in and is taken.
    pub(super) fn call(&mut self, index: usize) {
        let Some(call) = self.calls.get(index) else { return };
        let intake = self.intake(call);
        self.states[index] = CallState::Asked;
        self.ask(Ask::Open(intake), Purpose::Call(index));
    }

    pub(super) fn intake(&self, call: &Call) -> Intake {
        Intake {
            source: call.origin.name(),
            reported: self.played(call).min(self.now),
            kind: call.kind.to_string(),
            priority: call.priority.map(precinct_core::Priority::number),
            at: call.at,
            address: call.address.clone(),
        }
    }

    pub(super) fn call_answered(&mut self, index: usize, outcome: Result<Answer, Refused>) {
        if let Some(incident) = self.taken_in(index, outcome) {
            let listens = self.rng("call taker", index as u64).between(4_000, 25_000);
            self.after(listens, Deed::Queue(incident));
        }
    }

    /// Joins a call to the incident it became.
    pub(super) fn taken_in(
        &mut self,
        index: usize,
        outcome: Result<Answer, Refused>,
    ) -> Option<u32> {
        let incident = match outcome {
            Ok(answer) => answer.incident.ok_or_else(|| "the answer names no incident".to_owned()),
            Err(refused) => Err(refused.to_string()),
        };
        let (state, call) = (self.states.get_mut(index)?, self.calls.get(index)?);
        match incident {
            Ok(incident) => {
                *state = CallState::Taken(incident);
                let of_kind = || self.catalogue.kind(call.kind).map(|kind| kind.priority);
                let matter = self.matters.entry(incident).or_default();
                matter.call = Some(index);
                matter.at = matter.at.or(Some(call.at));
                matter.priority =
                    call.priority.or_else(of_kind).map_or(4, precinct_core::Priority::number);
                matter.found = call.origin == Origin::Patrol;
                Some(incident)
            }
            Err(why) => {
                *state = CallState::Refused(why);
                None
            }
        }
    }

    /// Puts an incident among those that wait for units.
    pub(super) fn enqueue(&mut self, incident: u32) {
        let Some(matter) = self.matters.get(&incident) else { return };
        let busy = matter.closed.is_some() || !matter.active.is_empty() || matter.sending > 0;
        if matter.call.is_some() && !busy && !matter.served {
            self.queue.insert((matter.priority, matter.opened, incident));
            self.after(1, Deed::Desk);
        }
    }

    /// Asks what to send, for the most urgent that waits and is to be looked at.
    pub(super) fn desk(&mut self) {
        while self.advising < DESKS {
            let ready = |incident| {
                self.matters.get(&incident).is_some_and(|m| !m.advising && m.not_before <= self.now)
            };
            let next =
                self.queue.iter().map(|&(.., incident)| incident).find(|&incident| ready(incident));
            let Some(incident) = next else { return };
            if let Some(matter) = self.matters.get_mut(&incident) {
                matter.advising = true;
            }
            self.advising += 1;
            self.ask(Ask::Recommend { incident }, Purpose::Advice(incident));
        }
    }

    /// A unit is free: the first of those that wait are looked at anew.
    pub(super) fn look_again(&mut self) {
        for &(.., incident) in self.queue.iter().take(EAGER) {
            if let Some(matter) = self.matters.get_mut(&incident) {
                matter.not_before = matter.not_before.min(self.now);
            }
        }
        self.after(1, Deed::Desk);
    }

    pub(super) fn advised(&mut self, incident: u32, outcome: Result<Answer, Refused>) {
        self.advising -= 1;
        let advice = outcome.ok().and_then(|answer| answer.advice);
        let Some(matter) = self.matters.get_mut(&incident) else { return };
        matter.advising = false;
        let key = (matter.priority, matter.opened, incident);
        if matter.closed.is_some() || !matter.active.is_empty() || matter.served {
            self.queue.remove(&key);
        } else if let Some((number, chosen)) = advice.filter(|(_, chosen)| !chosen.is_empty()) {
            matter.sending = chosen.len();
            self.queue.remove(&key);
            for unit in chosen {
                let recommendation = (!number.is_null()).then(|| number.clone());
                self.ask(Ask::Dispatch { incident, unit, recommendation }, Purpose::Sent(incident));
            }
        } else {
            matter.not_before = Timestamp(self.now.0 + HOLD_MS);
            self.after(HOLD_MS, Deed::Desk);
        }
        self.after(1, Deed::Desk);
    }

    /// An order to send a unit was answered, one way or the other.
    pub(super) fn sent(&mut self, incident: u32) {
        let Some(matter) = self.matters.get_mut(&incident) else { return };
        matter.sending = matter.sending.saturating_sub(1);
        self.settle(incident);
    }

    /// What becomes of an incident on which nobody is: it is closed if somebody was there, else it waits for units again.
    pub(super) fn settle(&mut self, incident: u32) {
        let Some(matter) = self.matters.get_mut(&incident) else { return };
        let idle = matter.closed.is_none() && matter.active.is_empty() && matter.sending == 0;
        if matter.call.is_none() || !idle {
            return;
        }
        if matter.served {
            let ms = self.rng("close", u64::from(incident)).between(5_000, 30_000);
            self.after(ms, Deed::Resolve(incident));
        } else {
            matter.not_before = Timestamp(self.now.0 + 5_000);
            self.after(5_000, Deed::Queue(incident));
        }
    }

    pub(super) fn resolve(&mut self, incident: u32) {
        const ENDINGS: [&str; 5] =
            ["dealt_with", "dealt_with", "nothing_found", "advice_given", "case_opened"];
        let Some(matter) = self.matters.get(&incident) else { return };
        if matter.closed.is_none() && matter.active.is_empty() {
            let disposition = ENDINGS[self.rng("ending", u64::from(incident)).index(ENDINGS.len())];
            self.ask(Ask::Resolve { incident, disposition }, Purpose::Resolve(incident));
        }
    }

    pub(super) fn resolved(&mut self, incident: u32, done: bool) {
        let Some(matter) = self.matters.get_mut(&incident) else { return };
        matter.tries += 1;
        if !done && matter.tries < TRIES {
            self.after(120_000, Deed::Resolve(incident));
        }
    }

    /// The record knows two calls as two matters.
    pub(super) fn not_one(&mut self, incident: u32, of: u32) {
        let open =
            |id| self.matters.get(&id).is_some_and(|m| m.call.is_some() && m.closed.is_none());
        if open(incident) && open(of) {
            self.ask(Ask::DismissDuplicate { incident, of }, Purpose::Aside);
        }
    }

    /// Somebody looks at a clock: at a crew that says nothing by calling it.
    pub(super) fn answer_clock(&mut self, clock: Value) {
        self.answering.remove(&clock.to_string());
        let unit = clock
            .get("unacknowledged")
            .and_then(Value::as_u64)
            .and_then(|unit| u32::try_from(unit).ok());
        let crew = unit.and_then(|unit| Some((unit, self.crews.get(&unit)?)));
        if let Some((unit, crew)) = crew
            && crew.task().is_some_and(|task| !task.acknowledged)
        {
            let generation = crew.generation;
            let answers = self.rng("called", u64::from(unit)).between(2_000, 15_000);
            self.after(answers, Deed::Crew(unit, generation, CrewDeed::Acknowledge));
        }
        let hold = if clock.get("unanswered").is_some() {
            Millis::from_minutes(2)
        } else {
            Millis::from_minutes(10)
        };
        self.ask(Ask::AnswerClock { clock, hold }, Purpose::Aside);
    }
}
