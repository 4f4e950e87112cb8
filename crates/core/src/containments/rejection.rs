//! Why a containment is not ordered as asked.

use precinct_base::UnitId;

use crate::{ContainmentId, IncidentId};

/// Why a containment is not ordered as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContainmentRejection {
    /// There is one already.
    #[error(
        "{incident} is sealed off by {containment} already: plan that anew, or stand it down first"
    )]
    Already {
        /// The incident.
        incident: IncidentId,
        /// The other.
        containment: ContainmentId,
    },
    /// It has no points.
    #[error("there is no point to hold: give at least one, or stand down")]
    NoPoints,
    /// A unit is to be at two points.
    #[error("unit {unit} is named at two points: a unit holds one")]
    Twice {
        /// Which.
        unit: UnitId,
    },
    /// Two points are one.
    #[error("two points are at the same place: name each place once")]
    SamePlace,
    /// The unit takes somebody away.
    #[error("unit {unit} takes somebody or something away: send another")]
    Transporting {
        /// Which.
        unit: UnitId,
    },
    /// The incident is sealed off.
    #[error("{incident} is sealed off by {containment}: stand that down first")]
    GoesOn {
        /// The incident.
        incident: IncidentId,
        /// Which.
        containment: ContainmentId,
    },
}
