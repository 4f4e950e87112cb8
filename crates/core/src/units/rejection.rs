//! Why a unit is not taken as described, or cannot do what is ordered.

use precinct_base::UnitId;

use crate::{Code, IncidentId, StaffNo};

/// Why a unit is not taken as described, or cannot do what is ordered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitRejection {
    /// It is not on duty.
    #[error("unit {unit} is off duty: start its tour first")]
    OffDuty {
        /// The unit.
        unit: UnitId,
    },
    /// It has a task.
    #[error("unit {unit} is on {incident}: clear or recall it first")]
    OnTask {
        /// The unit.
        unit: UnitId,
        /// Its task.
        incident: IncidentId,
    },
    /// It is out of service.
    #[error("unit {unit} is out of service ({reason}): bring it back first")]
    Out {
        /// The unit.
        unit: UnitId,
        /// Why.
        reason: Code,
    },
    /// It is not out of service.
    #[error("unit {unit} is not out of service")]
    NotOut {
        /// The unit.
        unit: UnitId,
    },
    /// It is lent.
    #[error("unit {unit} is lent by another force: it goes back with `leave aid`")]
    Lent {
        /// The unit.
        unit: UnitId,
    },
    /// It is not lent.
    #[error("unit {unit} is one of ours: end its tour instead")]
    NotLent {
        /// The unit.
        unit: UnitId,
    },
    /// The number is taken.
    #[error("there is a unit {unit} already: give the lent one another number")]
    Taken {
        /// The number.
        unit: UnitId,
    },
    /// Somebody is in it twice.
    #[error("{staff} is named twice among the members: name each once")]
    Twice {
        /// Who.
        staff: StaffNo,
    },
}
