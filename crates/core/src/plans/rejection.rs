//! Why a plan does not get further.

use crate::{Day, FileHash, PlanId, PlanKind, PlanStatus, StaffNo};

/// Why a plan does not get further.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanRejection {
    /// What it claims was not held against what it says.
    #[error("what the plan claims was not recomputed: audit it first")]
    Unaudited,
    /// It is there already.
    #[error("this document is proposed already, as {plan}: go on with that, or withdraw it first")]
    Known {
        /// As which.
        plan: PlanId,
    },
    /// It was made from a plan of another kind.
    #[error(
        "{parent} is a plan of {kind:?}, and this is of another kind: name another parent, or none"
    )]
    Parent {
        /// From which.
        parent: PlanId,
        /// Its kind.
        kind: PlanKind,
    },
    /// It is over.
    #[error("{plan} is {status:?}: nothing more is done with it; propose another made from it")]
    Over {
        /// Which.
        plan: PlanId,
        /// How it ended.
        status: PlanStatus,
    },
    /// It was tried on no day.
    #[error("{plan} was tried on no day: name the days")]
    NoDays {
        /// Which.
        plan: PlanId,
    },
    /// It was tried on a day that it was made from.
    #[error(
        "{plan} was made from the calls of {day}: try it on other days, of which it knows nothing"
    )]
    Fitted {
        /// Which.
        plan: PlanId,
        /// The first such day.
        day: Day,
    },
    /// That trial is with it already.
    #[error("{plan} has the trial {result} already")]
    TrialKnown {
        /// Which plan.
        plan: PlanId,
        /// Which trial.
        result: FileHash,
    },
    /// It was never tried.
    #[error("{plan} was not tried on days that it was not made from: simulate it first")]
    Untried {
        /// Which.
        plan: PlanId,
    },
    /// Who proposed it is to approve it.
    #[error("{plan} was proposed by {staff}: somebody else approves it")]
    Own {
        /// Which.
        plan: PlanId,
        /// Who.
        staff: StaffNo,
    },
    /// Somebody approved it before.
    #[error("{plan} was approved by {by} already")]
    Approved {
        /// Which.
        plan: PlanId,
        /// By whom.
        by: StaffNo,
    },
    /// Nobody approved it.
    #[error("{plan} is not approved: a second person approves it before it is published")]
    Unapproved {
        /// Which.
        plan: PlanId,
    },
    /// It holds already.
    #[error("{plan} is published already")]
    Published {
        /// Which.
        plan: PlanId,
    },
    /// A plan of patrols comes with posts.
    #[error("{plan} is a plan of patrols: it has no posts")]
    NoPosts {
        /// Which.
        plan: PlanId,
    },
}
