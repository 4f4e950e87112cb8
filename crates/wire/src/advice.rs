//! Which units to send: what is asked, and the answer.

use precinct_core::{Code, Priority};
use serde::{Deserialize, Serialize};

use crate::{At, UnitStatus};

/// For what units are wanted: an incident, or a place and a type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskAdvice {
    /// For this incident.
    pub incident: Option<u32>,
    /// Or for something here.
    pub at: Option<At>,
    /// Of this type, a code of the catalogue.
    #[schema(value_type = Option<String>)]
    pub kind: Option<Code>,
    /// So urgent; none is as its type.
    #[schema(value_type = Option<u8>)]
    pub priority: Option<Priority>,
    /// In this area; none is found from the place.
    pub area: Option<u32>,
    /// How many of those that could go, and of those that cannot, are told one by one; none is 64. All are compared, whatever is told.
    pub most: Option<u32>,
}

/// What is needed, and whether it is met.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct NeedDoc {
    /// The capability; none is any unit.
    #[schema(value_type = Option<String>)]
    pub capability: Option<Code>,
    /// How many units that have it.
    pub units: u8,
    /// How many of those chosen or already on it have it.
    pub met: u8,
}

/// Why a unit stands where it does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct ReasonDoc {
    /// Which reason, for a page that says it in words of its own.
    pub code: String,
    /// The span of time or the number that belongs to it: milliseconds, an incident, an area, a count.
    pub number: Option<u32>,
    /// The capability or reason of the catalogue that belongs to it.
    #[schema(value_type = Option<String>)]
    pub name: Option<Code>,
    /// The same in English words.
    pub says: String,
}

/// A unit that could go.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct CandidateDoc {
    /// Which.
    pub unit: u32,
    /// What it is called on the air.
    pub call_sign: String,
    /// Its place in the order, from 0.
    pub rank: u32,
    /// Its time by road; none is that it has to be judged by hand.
    pub travel_ms: Option<u32>,
    /// How old its fix is; none is that it was never seen and is taken to be at its post.
    pub fix_age_ms: Option<u32>,
    /// What it does now.
    pub status: UnitStatus,
    /// The incident it would be taken off.
    pub pre_empts: Option<u32>,
    /// What speaks for and against it.
    pub reasons: Vec<ReasonDoc>,
    /// How much less demand would be within the three thresholds without it, in parts of 10,000; only for the first few.
    pub cover_lost: Option<[u32; 3]>,
}

/// A unit that cannot go.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct OutDoc {
    /// Which.
    pub unit: u32,
    /// What it is called on the air.
    pub call_sign: String,
    /// Why not.
    pub why: ReasonDoc,
}

/// A unit that had better stand elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct MoveUpDoc {
    /// Which.
    pub unit: u32,
    /// To which post.
    pub post: u32,
    /// The share of demand within the three thresholds before, in parts of 10,000.
    pub before: [u32; 3],
    /// And after.
    pub after: [u32; 3],
}

/// Which units to send.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct RecommendationDoc {
    /// What to name when a unit is dispatched on the strength of it.
    pub id: String,
    /// The record the board was at.
    pub at_seq: u64,
    /// What the run card asks for.
    pub needs: Vec<NeedDoc>,
    /// The units to send that meet it, the soonest first.
    pub chosen: Vec<u32>,
    /// Those that could go, the best first, as many as were asked for.
    pub candidates: Vec<CandidateDoc>,
    /// How many could go in all.
    pub candidates_in_all: u32,
    /// Those that cannot, and why, as many as were asked for.
    pub out: Vec<OutDoc>,
    /// How many cannot in all.
    pub out_in_all: u32,
    /// The share of demand within the three thresholds of the units that are free now, in parts of 10,000; none where no demand is known.
    pub cover: Option<[u32; 3]>,
    /// The same once the chosen units are gone.
    pub cover_after: Option<[u32; 3]>,
    /// Units that had better stand elsewhere then.
    pub move_ups: Vec<MoveUpDoc>,
}

/// Incidents that wait at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskJoint {
    /// Which: at most 16.
    pub incidents: Vec<u32>,
}

/// A unit that would go.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct JointUnitDoc {
    /// Which.
    pub unit: u32,
    /// What it is called on the air.
    pub call_sign: String,
    /// Its time by road; none is that it has to be judged by hand.
    pub travel_ms: Option<u32>,
}

/// What one of several incidents gets.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct JointPlanDoc {
    /// Which.
    pub incident: u32,
    /// What to name when a unit is dispatched to it.
    pub recommendation: String,
    /// The units to send, when all incidents are looked at together.
    pub units: Vec<JointUnitDoc>,
    /// The units it would get if each incident in turn took what is best for itself, the most urgent first.
    pub alone: Vec<JointUnitDoc>,
    /// What it needs, and how far those units and those already on it meet it.
    pub needs: Vec<NeedDoc>,
}

/// What an assignment comes to for the incidents of one priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct JointTotalDoc {
    /// The priority, 1 the most urgent.
    pub priority: u8,
    /// Places that nobody fills.
    pub unfilled: u32,
    /// Places filled by units whose time has to be judged by hand.
    pub by_hand: u32,
    /// The sum of the times of the others.
    pub travel_ms: u64,
}

/// Units for several incidents at once: each priority before the next, as many places filled as can be, then the least time in sum.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct JointDoc {
    /// The record the board was at.
    pub at_seq: u64,
    /// What each incident gets, in the order asked.
    pub plans: Vec<JointPlanDoc>,
    /// What that comes to.
    pub together: Vec<JointTotalDoc>,
    /// What it would come to if each took what is best for itself.
    pub apart: Vec<JointTotalDoc>,
}
