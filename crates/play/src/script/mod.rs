//! The play itself, as a pure machine: what the city answers and tells goes in, what is asked of it comes out. It has no clock; its
//! driver says what time it is. The same answers at the same times give the same questions.

mod crew;
mod desk;
mod facts;
mod found;
mod model;
mod outcome;
#[cfg(test)]
mod tests;
mod tours;

use std::collections::{BTreeMap, BTreeSet};

use precinct_base::{LonLat, Timestamp};
use precinct_core::Catalogue;
use precinct_roads::Network;

use self::model::{Agenda, CallState, Crew, Deed, Doing, Matter, Purpose};
use crate::ask::{Answer, Ask, Refused};
use crate::cast::Role;
use crate::day::Call;
use crate::drive::Roads;
use crate::{Fix, Habits, Told, Usual};

pub use self::outcome::{CallOutcome, Glance};

/// How often, of a thousand times, crews do what nobody planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whims {
    /// A crew that was sent declines.
    pub declines: u16,
    /// A crew that was sent says nothing until somebody calls it.
    pub silent: u16,
    /// A crew on scene calls for help.
    pub sos: u16,
    /// A crew that has done its task goes out of service for fuel.
    pub fuel: u16,
}

impl Default for Whims {
    fn default() -> Self {
        Self { declines: 6, silent: 6, sos: 2, fuel: 20 }
    }
}

/// Something to ask the city, under a number of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The number under which the answer is to come back.
    pub ticket: u32,
    /// What to ask.
    pub ask: Ask,
}

/// What a script is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Time has passed.
    Time,
    /// An action was answered.
    Answered {
        /// Its ticket.
        ticket: u32,
        /// What came of it.
        outcome: Result<Answer, Refused>,
    },
    /// The city tells what happened, whoever did it.
    Told {
        /// The number of the record.
        seq: u64,
        /// When.
        at: Timestamp,
        /// What.
        facts: Vec<Told>,
    },
}

/// The play.
pub struct Script<'a> {
    now: Timestamp,
    seed: u64,
    whims: Whims,
    catalogue: Catalogue,
    calls: Vec<Call>,
    states: Vec<CallState>,
    /// How much later than in the record everything is played, in milliseconds.
    shift: i64,
    roads: Roads<'a>,
    habits: &'a dyn Habits,
    crews: BTreeMap<u32, Crew>,
    matters: BTreeMap<u32, Matter>,
    agenda: Agenda,
    /// Incidents that wait for units: urgency, when they were opened, number.
    queue: BTreeSet<(u8, Timestamp, u32)>,
    /// Recommendations asked for and not answered.
    advising: usize,
    /// Clocks somebody is about to answer, as text.
    answering: BTreeSet<String>,
    pending: BTreeMap<u32, (Ask, Purpose)>,
    next_ticket: u32,
    outbox: Vec<Action>,
    /// Records heard of already: each is told by an answer and by the stream.
    heard: BTreeSet<u64>,
}

impl<'a> Script<'a> {
    /// A play of `calls`, each `shift` milliseconds later than in the record, by the cast `roles` on `network`. It begins with the cast
    /// going on duty.
    pub fn new(
        network: &'a Network,
        (calls, shift): (Vec<Call>, i64),
        roles: Vec<Role>,
        (seed, whims): (u64, Whims),
        now: Timestamp,
    ) -> Self {
        let mut script = Self {
            now,
            seed,
            whims,
            catalogue: Catalogue::standard(),
            states: vec![CallState::Waiting; calls.len()],
            calls,
            shift,
            roads: Roads::new(network),
            habits: &Usual,
            crews: BTreeMap::new(),
            matters: BTreeMap::new(),
            agenda: Agenda::default(),
            queue: BTreeSet::new(),
            advising: 0,
            answering: BTreeSet::new(),
            pending: BTreeMap::new(),
            next_ticket: 0,
            outbox: Vec::new(),
            heard: BTreeSet::new(),
        };
        script.come_on_duty(roles);
        script.expect_calls();
        script
    }

    /// The same with crews that behave as somebody has measured.
    #[must_use]
    pub fn with_habits(mut self, habits: &'a dyn Habits) -> Self {
        self.habits = habits;
        self
    }

    /// When something is to be done next, if nothing is heard before.
    pub fn next(&self) -> Option<Timestamp> {
        self.agenda.next()
    }

    /// Takes in what is heard and whatever is due by `now`, and gives what is to be asked, in order.
    pub fn turn(&mut self, now: Timestamp, input: Input) -> Vec<Action> {
        self.now = self.now.max(now);
        match input {
            Input::Time => {}
            Input::Answered { ticket, outcome } => {
                if let Some((ask, purpose)) = self.pending.remove(&ticket) {
                    self.answered(&ask, purpose, outcome);
                }
            }
            Input::Told { seq, at, facts } => self.hear(Some(seq), at, facts),
        }
        while let Some(deed) = self.agenda.due(self.now) {
            self.act(deed);
        }
        std::mem::take(&mut self.outbox)
    }

    /// Where units are that have not told it for a while: a second on the move, a minute at rest. Nobody off duty is among them.
    pub fn fixes(&mut self, now: Timestamp) -> Vec<Fix> {
        let now = self.now.max(now);
        let due = |crew: &Crew| {
            let every = if crew.is_moving(now) { 1_000 } else { 60_000 };
            !matches!(crew.doing, Doing::Off) && now.0 - crew.last_fix.0 >= every
        };
        let due = self.crews.iter_mut().filter(|(_, crew)| due(crew));
        due.map(|(&unit, crew)| {
            crew.last_fix = now;
            let fix = crew.fix(now);
            Fix { unit, at: fix.at, speed: fix.speed, heading: fix.heading, time: now }
        })
        .collect()
    }

    /// Whether every call that can be has been dealt with.
    pub fn is_over(&self) -> bool {
        self.states.iter().all(|state| match state {
            CallState::Waiting | CallState::Asked => false,
            CallState::Taken(incident) => {
                self.matters.get(incident).is_some_and(|matter| matter.closed.is_some())
            }
            CallState::Refused(_) => true,
        })
    }

    /// When the last call is played; nothing without calls.
    pub fn last_call(&self) -> Option<Timestamp> {
        self.calls.iter().map(|call| self.played(call)).max()
    }

    fn played(&self, call: &Call) -> Timestamp {
        Timestamp(call.received.0.saturating_add(self.shift))
    }

    fn act(&mut self, deed: Deed) {
        match deed {
            Deed::Call(call) => self.call(call),
            Deed::Found(call) => self.look_for(call),
            Deed::Queue(incident) => self.enqueue(incident),
            Deed::Desk => self.desk(),
            Deed::Crew(unit, generation, deed) => self.crew_acts(unit, generation, deed),
            Deed::Tour(unit) => self.tour_is_over(unit),
            Deed::Resolve(incident) => self.resolve(incident),
            Deed::NotOne(incident, of) => self.not_one(incident, of),
            Deed::Clock(clock) => self.answer_clock(clock),
            Deed::CloseSos(sos) => {
                self.ask(Ask::CloseSos { sos, outcome: "dealt_with" }, Purpose::Aside);
            }
        }
    }

    fn answered(&mut self, ask: &Ask, purpose: Purpose, outcome: Result<Answer, Refused>) {
        let outcome = outcome.map(|mut answer| {
            if answer.facts.is_empty() {
                answer.facts = facts::implied(ask, &answer);
            }
            let facts = std::mem::take(&mut answer.facts);
            self.hear(answer.seq, answer.at, facts);
            answer
        });
        match purpose {
            Purpose::Aside => {}
            Purpose::Tour(unit) => self.tour_answered(unit, ask, outcome),
            Purpose::Call(call) => self.call_answered(call, outcome),
            Purpose::Found(call, unit, generation) => {
                self.found_answered((call, unit, generation), outcome);
            }
            Purpose::Advice(incident) => self.advised(incident, outcome),
            Purpose::Sent(incident) => self.sent(incident),
            Purpose::Step(unit, generation, deed) => {
                self.stepped((unit, generation, deed), &outcome);
            }
            Purpose::OnView(incident, unit, generation) => {
                self.seen(incident, (unit, generation), outcome.is_ok());
            }
            Purpose::Resolve(incident) => self.resolved(incident, outcome.is_ok()),
        }
    }

    fn ask(&mut self, ask: Ask, purpose: Purpose) {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.pending.insert(ticket, (ask.clone(), purpose));
        self.outbox.push(Action { ticket, ask });
    }

    /// Does something so many milliseconds from now.
    fn after(&mut self, ms: i64, deed: Deed) {
        self.agenda.add(Timestamp(self.now.0.saturating_add(ms.max(1))), deed);
    }

    fn rng(&self, purpose: &str, thing: u64) -> crate::rng::Rng {
        crate::rng::Rng::new(self.seed, purpose, thing)
    }

    fn place_of(&self, incident: u32) -> Option<LonLat> {
        self.matters.get(&incident).and_then(|matter| matter.at)
    }
}
