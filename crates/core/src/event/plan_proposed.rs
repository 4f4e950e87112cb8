//! `plan_proposed`: a plan of posts or patrols was proposed. Its document is beside the record, under its hash.

use precinct_base::AreaId;
use serde::{Deserialize, Serialize};

use crate::{Code, Day, FileHash, PlanId, PlanKind, Title};

/// A plan of posts or patrols was proposed. Its document is beside the record, under its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanProposed {
    /// Which.
    pub plan: PlanId,
    /// What it plans.
    pub kind: PlanKind,
    /// The area it is for.
    pub area: AreaId,
    /// What it is called.
    pub title: Title,
    /// The plan it was made from.
    pub parent: Option<PlanId>,
    /// The hash of its document.
    pub document: FileHash,
    /// The hash of what it was made from.
    pub inputs: FileHash,
    /// What it aims at.
    pub aim: Code,
    /// What it claims to reach, in the units of its aim.
    pub objective: u64,
    /// What it claims that no plan can pass.
    pub bound: u64,
    /// How far the one is from the other at the most, in parts of a million.
    pub gap_ppm: u32,
    /// That separate code has recomputed what it claims, and found it so.
    pub audited: bool,
    /// The days whose calls it was made from, rising; none if it was made from no calls.
    pub fitted: Vec<Day>,
}
