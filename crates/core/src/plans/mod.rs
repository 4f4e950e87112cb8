//! Plans of posts and patrols on record: proposed, tried on days that were, approved by a second person, published, and done without.
//! Nothing of a plan is ever changed; what it says is in a document beside the record, which its hash finds and proves.

pub(crate) mod apply;
mod day;
mod decide;
mod rejection;

use precinct_base::{AreaId, PostId};
use serde::{Deserialize, Serialize};

pub use self::day::{Day, NotADay};
pub(crate) use self::decide::decide;
pub use self::rejection::PlanRejection;
use crate::{Code, FileHash, Moment, PlanId, StaffNo, Title};

/// What a plan plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanKind {
    /// Where posts are.
    Posts,
    /// Where units patrol.
    Patrol,
}

/// How far a plan has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanStatus {
    /// It is proposed.
    Proposed,
    /// A second person approved it.
    Approved,
    /// It holds.
    Published,
    /// Another holds in its place.
    Superseded,
    /// It is done without.
    Withdrawn,
}

/// A trial of a plan on days that were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Simulation {
    /// The hash of its result.
    pub result: FileHash,
    /// The days, rising; none of them is one that the plan was made from.
    pub days: Vec<Day>,
    /// When it was put with the plan.
    pub at: Moment,
    /// By whom.
    pub by: StaffNo,
}

/// That somebody approved a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanApproval {
    /// Why.
    pub reason: Code,
    /// When.
    pub at: Moment,
    /// Who.
    pub by: StaffNo,
}

/// That a plan was made to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPublication {
    /// The posts it stands on, rising.
    pub posts: Vec<PostId>,
    /// Those of them that are there by a plan, rising.
    pub planned: Vec<PostId>,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: StaffNo,
}

/// How a plan ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanEnd {
    /// Somebody withdrew it, for this reason.
    Withdrawn(Code),
    /// Another holds in its place.
    Superseded(PlanId),
}

/// That a plan ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanEnding {
    /// How.
    pub how: PlanEnd,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: StaffNo,
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
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
    /// What it claims to reach, in the units of its aim; recomputed by separate code before it was proposed.
    pub objective: u64,
    /// What it claims that no plan can pass.
    pub bound: u64,
    /// How far the one is from the other at the most, in parts of a million.
    pub gap_ppm: u32,
    /// The days whose calls it was made from, rising.
    pub fitted: Vec<Day>,
    /// When it was proposed.
    pub proposed: Moment,
    /// By whom.
    pub proposer: StaffNo,
    /// Its trials, in order.
    pub simulations: Vec<Simulation>,
    /// Who approved it.
    pub approval: Option<PlanApproval>,
    /// Since when it holds, or held.
    pub publication: Option<PlanPublication>,
    /// How it ended.
    pub ending: Option<PlanEnding>,
}

impl Plan {
    /// How far it has come.
    pub const fn status(&self) -> PlanStatus {
        match (&self.ending, &self.publication, &self.approval) {
            (Some(PlanEnding { how: PlanEnd::Withdrawn(_), .. }), ..) => PlanStatus::Withdrawn,
            (Some(_), ..) => PlanStatus::Superseded,
            (None, Some(_), _) => PlanStatus::Published,
            (None, None, Some(_)) => PlanStatus::Approved,
            (None, None, None) => PlanStatus::Proposed,
        }
    }

    /// Every file beside the record that it names.
    pub fn files(&self) -> impl Iterator<Item = FileHash> {
        let results = self.simulations.iter().map(|one| one.result);
        [self.document, self.inputs].into_iter().chain(results)
    }
}
