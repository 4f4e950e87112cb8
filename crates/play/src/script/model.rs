//! What a player keeps in mind: its own picture for driving. The truth is the city's.

use std::collections::{BTreeMap, BTreeSet};

use precinct_base::{LonLat, Timestamp};
use serde_json::Value;

use crate::UnitWish;
use crate::drive::{Drive, Fix};

/// What is to be done at some time.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Deed {
    /// A call comes in.
    Call(usize),
    /// A patrol sets out for what it is to come upon.
    Found(usize),
    /// An incident is ready for units to be sent.
    Queue(u32),
    /// The desk looks at what waits.
    Desk,
    /// A crew does something, unless its task is another by now.
    Crew(u32, u32, CrewDeed),
    /// A tour is over.
    Tour(u32),
    /// An incident is to be closed.
    Resolve(u32),
    /// Somebody sees that two incidents are not one.
    NotOne(u32, u32),
    /// Somebody looks at a clock.
    Clock(Value),
    /// A call for help is dealt with.
    CloseSos(u32),
}

/// What a crew does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CrewDeed {
    Acknowledge,
    SetOut,
    Arrive,
    Finish,
    Decline,
    CallForHelp,
    /// It has come to what it is to come upon.
    Find(usize),
    /// It comes back into service.
    Back,
}

/// Why something was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Nothing follows from it.
    Aside,
    Tour(u32),
    Call(usize),
    Found(usize, u32, u32),
    Advice(u32),
    Sent(u32),
    Step(u32, u32, CrewDeed),
    /// A crew says that it came upon an incident: incident, unit, generation.
    OnView(u32, u32, u32),
    Resolve(u32),
}

/// How far a call is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CallState {
    Waiting,
    /// It is being taken in.
    Asked,
    /// It is this incident.
    Taken(u32),
    /// The city would not have it; why.
    Refused(String),
}

/// What is to be done, by time and in order of being thought of.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    deeds: BTreeMap<(Timestamp, u64), Deed>,
    count: u64,
}

impl Agenda {
    /// How many deeds there ever were.
    pub(super) const fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn add(&mut self, at: Timestamp, deed: Deed) {
        self.deeds.insert((at, self.count), deed);
        self.count += 1;
    }

    pub(super) fn next(&self) -> Option<Timestamp> {
        self.deeds.keys().next().map(|key| key.0)
    }

    pub(super) fn due(&mut self, now: Timestamp) -> Option<Deed> {
        let first = self.deeds.first_entry()?;
        (first.key().0 <= now).then(|| first.remove())
    }
}

/// An incident.
#[derive(Clone, Debug, Default)]
pub(super) struct Matter {
    /// The call it came from; none for one that somebody else opened.
    pub(super) call: Option<usize>,
    pub(super) priority: u8,
    pub(super) at: Option<LonLat>,
    pub(super) opened: Timestamp,
    /// Units on it.
    pub(super) active: BTreeSet<u32>,
    /// Units sent, all told.
    pub(super) count: usize,
    /// Orders to send a unit that are not answered.
    pub(super) sending: usize,
    pub(super) advising: bool,
    /// When the desk is to look at it again.
    pub(super) not_before: Timestamp,
    /// Whether a unit was there and has done what was to be done.
    pub(super) served: bool,
    pub(super) dispatched: Option<Timestamp>,
    pub(super) on_scene: Option<Timestamp>,
    pub(super) closed: Option<Timestamp>,
    /// How often the city would not have it closed.
    pub(super) tries: u32,
    pub(super) found: bool,
}

/// A crew's task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Task {
    pub(super) incident: u32,
    /// How many were sent before it.
    pub(super) nth: usize,
    pub(super) acknowledged: bool,
    pub(super) on_scene: bool,
}

/// What a crew does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    Off,
    Free,
    /// It drives to what it is to come upon.
    Finding(usize),
    Task(Task),
    Out,
}

/// A crew.
#[derive(Clone, Debug)]
pub(super) struct Crew {
    pub(super) wish: UnitWish,
    pub(super) home: LonLat,
    /// Where it was when it last stopped.
    pub(super) at: LonLat,
    pub(super) drive: Option<Drive>,
    pub(super) doing: Doing,
    /// Goes up when what it does changes, so that nothing of before is done after.
    pub(super) generation: u32,
    pub(super) tour: u32,
    pub(super) shift: Option<u32>,
    pub(super) tour_over: bool,
    /// How often a tour was refused since the last that began.
    pub(super) refused: u32,
    pub(super) last_fix: Timestamp,
    pub(super) left_over: Option<u32>,
    pub(super) was_on: bool,
    pub(super) was_out: bool,
}

impl Crew {
    pub(super) fn fix(&self, now: Timestamp) -> Fix {
        let at_rest = Fix { at: self.at, speed: 0, heading: None };
        self.drive.as_ref().map_or(at_rest, |drive| drive.at(now))
    }

    pub(super) fn is_moving(&self, now: Timestamp) -> bool {
        self.drive.as_ref().is_some_and(|drive| now < drive.ends())
    }

    /// Begins to do something else where it is.
    pub(super) fn turn_to(&mut self, doing: Doing, now: Timestamp) {
        self.at = self.fix(now).at;
        self.drive = None;
        self.doing = doing;
        self.generation += 1;
    }

    pub(super) const fn task(&self) -> Option<Task> {
        match self.doing {
            Doing::Task(task) => Some(task),
            _ => None,
        }
    }

    pub(super) fn is_police(&self) -> bool {
        self.wish.force == "police"
    }
}
