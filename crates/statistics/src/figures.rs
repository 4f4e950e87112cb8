//! The answer: what is known of a period, and how much is not.

use std::collections::BTreeMap;

use precinct_base::{Millis, Timestamp, UnitId};
use precinct_core::{Code, Priority, Source};

use crate::{Differed, Laps, Watched};

/// Figures of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// From when on anything is known: the record began then, or what was before is not kept any more. Nothing if there is no record.
    pub since: Option<Timestamp>,
    /// Milliseconds of the period that are covered: they are past, and what happened in them is known.
    pub covered_ms: u64,
    /// How many incidents.
    pub incidents: Incidents,
    /// How soon they were answered, by urgency, the most urgent first.
    pub response: Vec<Response>,
    /// Hour by hour.
    pub hours: Hours,
    /// What each unit did.
    pub workload: Vec<Workload>,
    /// How those who send units did with what was recommended to them.
    pub dispatches: Dispatches,
    /// What a policy that was watched would have done, by policy and urgency.
    pub watched: Vec<Watched>,
    /// Where it was of another mind, the newest first: the last few hundred.
    pub differed: Vec<Differed>,
    /// How many units could be sent.
    pub free: Free,
}

/// How many incidents were taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Incidents {
    /// Reports: every incident as it was taken in, also those that were merged into another since.
    pub reports: u32,
    /// Incidents: several reports of one thing are one, of the instant of the first report.
    pub incidents: u32,
    /// Of the incidents, how many were taken in on paper and entered afterwards.
    pub on_paper: u32,
    /// Of the incidents, how many are of another type than at intake.
    pub retyped: u32,
}

/// How soon incidents of one urgency were answered: the urgency they had when the first unit was sent to them, so that a later grading
/// changes nothing; of those to which none was sent, the one they have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The urgency.
    pub priority: Priority,
    /// How many there were.
    pub incidents: u32,
    /// Of these, how many a patrol came upon by itself: nobody was sent, so there is nothing to time.
    pub came_upon: u32,
    /// Of these, how many are over and nobody was sent to them.
    pub unsent: u32,
    /// Of these, how many were of another urgency at intake.
    pub regraded: u32,
    /// From the first report to the first unit sent. Of incidents, without those that nobody was sent to.
    pub received_dispatched: Laps,
    /// From sending a unit to its acknowledgement. Of tasks begun in the period.
    pub dispatched_acknowledged: Laps,
    /// From sending a unit to its setting out. Of tasks begun in the period.
    pub dispatched_en_route: Laps,
    /// From sending a unit to its being there, of the sent unit that was there first. Of incidents.
    pub dispatched_on_scene: Laps,
    /// From the first report to the first unit there, sent or not. Of incidents, without those that nobody was sent to.
    pub received_on_scene: Laps,
}

/// What happened hour by hour, from the beginning of the period. The last hour ends with the period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// Milliseconds of each hour that are covered. Where it is 0, the counts of that hour say nothing.
    pub covered_ms: Vec<u64>,
    /// Incidents taken in, by type.
    pub by_kind: BTreeMap<Code, Vec<u32>>,
    /// Incidents taken in, by the door of the first report.
    pub by_source: BTreeMap<Source, Vec<u32>>,
    /// Incidents open at the end of each hour, or now if it goes on; nothing where it is not known.
    pub open: Vec<Option<u64>>,
}

/// What a unit did in the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workload {
    /// Which.
    pub unit: UnitId,
    /// What it is called on the air.
    pub call_sign: String,
    /// Tasks that it began.
    pub tasks: u32,
    /// Milliseconds on a task.
    pub busy_ms: u64,
    /// Milliseconds on duty.
    pub on_duty_ms: u64,
}

/// Units that were sent in the period, and what was recommended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dispatches {
    /// How often a unit was sent.
    pub all: u32,
    /// How often with a recommendation on record.
    pub advised: u32,
    /// How often the first of those recommended was taken.
    pub took_first: u32,
    /// How often the difference in travel time can be told.
    pub compared: u32,
    /// The sum of the differences between the unit taken and the best then available, in milliseconds.
    pub regret_ms: u64,
    /// The least difference that half of those compared do not pass; nothing if none was compared.
    pub regret_p50: Option<Millis>,
}

/// How many units were on duty and could be sent, every so often from the beginning of the period on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Free {
    /// How many; nothing where it is not known.
    pub units: Vec<Option<u64>>,
}

impl Free {
    /// How often.
    pub const EVERY: Millis = Millis::from_minutes(5);
}
