//! Why a command is refused, and what to do.

use precinct_base::{AreaId, Instant, PostId, UnitId};

use crate::areas::AreaRejection;
use crate::assignments::AssignmentRejection;
use crate::catalogue::{CatalogueRejection, NotInCatalogue};
use crate::checkpoints::CheckpointRejection;
use crate::clocks::ClockRejection;
use crate::containments::ContainmentRejection;
use crate::incidents::IncidentRejection;
use crate::oversight::OversightRejection;
use crate::paper::PaperRejection;
use crate::plans::PlanRejection;
use crate::posts::PostRejection;
use crate::rings::RingRejection;
use crate::shadow::ShadowRejection;
use crate::shifts::ShiftRejection;
use crate::units::UnitRejection;
use crate::{ApprovalRejection, ContainmentId, IncidentId, PlanId, RingId, ShiftId, SosId, Thing};

/// Why a command is refused. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
#[expect(missing_docs, reason = "each variant is the rejection of the module it is named after")]
pub enum Rejection {
    Earlier(#[from] Earlier),
    Missing(#[from] Missing),
    NotInCatalogue(#[from] NotInCatalogue),
    TooMany(#[from] TooMany),
    TooLong(#[from] TooLong),
    Nameless(#[from] Nameless),
    Approval(#[from] ApprovalRejection),
    Catalogue(#[from] CatalogueRejection),
    Area(#[from] AreaRejection),
    Post(#[from] PostRejection),
    Plan(#[from] PlanRejection),
    Ring(#[from] RingRejection),
    Checkpoint(#[from] CheckpointRejection),
    Unit(#[from] UnitRejection),
    Shift(#[from] ShiftRejection),
    Incident(#[from] IncidentRejection),
    Assignment(#[from] AssignmentRejection),
    Containment(#[from] ContainmentRejection),
    Clock(#[from] ClockRejection),
    Oversight(#[from] OversightRejection),
    Shadow(#[from] ShadowRejection),
    Paper(#[from] PaperRejection),
}

/// A command from before the last event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the command is of running time {} ms and the last event of {} ms: give it the present instant",
    at.0, now.0
)]
pub struct Earlier {
    /// The command's.
    pub at: Instant,
    /// The last event's.
    pub now: Instant,
}

/// What a command names and is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// An area.
    #[error("there is no area {0}: describe it first, or name another")]
    Area(AreaId),
    /// A post.
    #[error("there is no post {0}: describe it first, or name another")]
    Post(PostId),
    /// A ring.
    #[error("there is no {0}: it was never described, or it was retired")]
    Ring(RingId),
    /// A containment.
    #[error("{0} does not go on: it was never ordered, or it is over")]
    Containment(ContainmentId),
    /// A unit.
    #[error("there is no unit {0}: describe it first, or name another")]
    Unit(UnitId),
    /// A tour of duty.
    #[error("there is no tour {0} planned or under way: plan it first, or name another")]
    Shift(ShiftId),
    /// An incident.
    #[error(
        "{0} is not on the board: it was never taken in, or it was archived; look in the record"
    )]
    Incident(IncidentId),
    /// An officer's call for help.
    #[error("{0} is not open: it was never raised, or it is closed")]
    Sos(SosId),
    /// A plan.
    #[error("there is no plan {0}: propose it first, or name another")]
    Plan(PlanId),
}

/// A limit is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that would be more than {most} {what}: remove some first")]
pub struct TooMany {
    /// Of what.
    pub what: Thing,
    /// The limit.
    pub most: usize,
}

impl TooMany {
    /// Whether `count` of them are few enough.
    pub(crate) const fn check(what: Thing, count: usize, most: usize) -> Result<(), Self> {
        if count <= most { Ok(()) } else { Err(Self { what, most }) }
    }
}

/// A text is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} has {bytes} bytes and may have {most}: shorten it")]
pub struct TooLong {
    /// Which.
    pub what: Thing,
    /// Its length.
    pub bytes: usize,
    /// The limit.
    pub most: usize,
}

impl TooLong {
    /// Whether a text of `bytes` is short enough.
    pub(crate) const fn check(what: Thing, bytes: usize, most: usize) -> Result<(), Self> {
        if bytes <= most { Ok(()) } else { Err(Self { what, bytes, most }) }
    }
}

/// Something has no name in either language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} has no name: give it one in English, Chinese or both")]
pub struct Nameless(pub Thing);
