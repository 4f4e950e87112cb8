//! Figures of what was done in a period, each with how much of it is known.

use precinct_core::{Code, Priority, Source};
use serde::{Deserialize, Serialize};

use crate::Time;

/// How long a step took, of many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LapsDoc {
    /// How many are in each bucket; the last is of those past every edge.
    pub counts: Vec<u32>,
    /// How many are known.
    pub known: u32,
    /// How many are not: a step was not told, or has not happened yet. An unknown one is never taken for zero.
    pub unknown: u32,
    /// The share that is known, in parts of 10,000; nothing if there is none at all.
    pub completeness: Option<u32>,
    /// The least time that half of the known do not pass.
    pub p50_ms: Option<u32>,
    /// The least time that nine in ten of the known do not pass.
    pub p90_ms: Option<u32>,
    /// Of the known, how many were in an area with thresholds of reach, and are held against them.
    pub rated: u32,
    /// Of these, how many did not pass the first, second and third threshold.
    pub within: [u32; 3],
}

/// How soon incidents of one urgency were answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ResponseDoc {
    /// Their urgency when the first unit was sent, 1 to 5.
    #[schema(value_type = u8)]
    pub priority: Priority,
    /// How many incidents.
    pub incidents: u32,
    /// Of these, how many a patrol came upon by itself: there is nothing to time.
    pub came_upon: u32,
    /// Of these, how many are over and nobody was sent to them: there is nothing to time.
    pub unsent: u32,
    /// Of these, how many were of another urgency at intake.
    pub regraded: u32,
    /// From the first report to the first unit sent.
    pub received_dispatched: LapsDoc,
    /// From sending a unit to its acknowledgement, of each task.
    pub dispatched_acknowledged: LapsDoc,
    /// From sending a unit to its setting out, of each task.
    pub dispatched_en_route: LapsDoc,
    /// From sending a unit to its being there, of the sent unit that was there first.
    pub dispatched_on_scene: LapsDoc,
    /// From the first report to the first unit there.
    pub received_on_scene: LapsDoc,
}

/// How many incidents were taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct IncidentCountsDoc {
    /// Reports, also those that were merged into another since.
    pub reports: u32,
    /// Incidents: several reports of one thing are one.
    pub incidents: u32,
    /// Of the incidents, how many were taken in on paper.
    pub on_paper: u32,
    /// Of the incidents, how many are of another type than at intake.
    pub retyped: u32,
}

/// Incidents of one type, hour by hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct KindHoursDoc {
    /// The type.
    #[schema(value_type = String)]
    pub kind: Code,
    /// How many in each hour.
    pub counts: Vec<u32>,
}

/// Incidents that came through one door, hour by hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SourceHoursDoc {
    /// The door.
    #[schema(value_type = String)]
    pub source: Source,
    /// How many in each hour.
    pub counts: Vec<u32>,
}

/// What happened hour by hour, from the beginning of the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HoursDoc {
    /// Milliseconds of each hour that are past and on record. Where it is 0 the counts say nothing.
    pub covered_ms: Vec<u64>,
    /// Incidents taken in, by type.
    pub by_kind: Vec<KindHoursDoc>,
    /// Incidents taken in, by the door of the first report.
    pub by_source: Vec<SourceHoursDoc>,
    /// Incidents open at the end of each hour, or now if it goes on; nothing where it is not known.
    pub open: Vec<Option<u64>>,
}

/// What a unit did in the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct WorkloadDoc {
    /// Which.
    pub unit: u32,
    /// What it is called on the air.
    pub call_sign: String,
    /// Tasks that it began.
    pub tasks: u32,
    /// How long it was on a task.
    pub busy_ms: u64,
    /// How long it was on duty.
    pub on_duty_ms: u64,
}

/// Units that were sent in the period, and what was recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DispatchesDoc {
    /// How often a unit was sent.
    pub all: u32,
    /// How often with a recommendation on record.
    pub advised: u32,
    /// How often the first of those recommended was taken.
    pub took_first: u32,
    /// How often the difference in travel time can be told.
    pub compared: u32,
    /// The share that can be told, of all, in parts of 10,000; nothing if nobody was sent.
    pub completeness: Option<u32>,
    /// The sum of the differences between the unit taken and the best then available.
    pub regret_ms: u64,
    /// The least difference that half of those compared do not pass.
    pub regret_p50_ms: Option<u32>,
}

/// How many units were on duty and could be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FreeUnitsDoc {
    /// How long from one to the next.
    pub every_ms: u32,
    /// How many, from the beginning of the period on; nothing where it is not known.
    pub units: Vec<Option<u64>>,
}

/// Figures of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct StatisticsDoc {
    /// The last record they are of.
    pub seq: u64,
    /// The beginning of the period.
    pub from: Time,
    /// The end of the period; it is not in it.
    pub until: Time,
    /// What time it is: what is later is not known.
    pub now: Time,
    /// From when on anything is known; nothing if there is no record yet.
    pub since: Option<Time>,
    /// The share of the period up to now that is on record, in parts of 10,000; nothing if all of it is to come.
    pub completeness: Option<u32>,
    /// Upper edges of the buckets of every histogram, in seconds.
    pub buckets_s: Vec<u32>,
    /// How many incidents.
    pub incidents: IncidentCountsDoc,
    /// How soon they were answered, by urgency.
    pub response: Vec<ResponseDoc>,
    /// Hour by hour.
    pub hours: HoursDoc,
    /// What each unit did.
    pub workload: Vec<WorkloadDoc>,
    /// How those who send units did with what was recommended to them.
    pub dispatches: DispatchesDoc,
    /// How many units could be sent.
    pub free: FreeUnitsDoc,
}
