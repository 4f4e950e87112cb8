//! Why a step of a unit's task cannot be taken.

use precinct_base::UnitId;

use super::Stage;
use crate::IncidentId;

/// Why a step of a unit's task cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssignmentRejection {
    /// It is there already.
    #[error("unit {unit} is on {incident} already")]
    OnIt {
        /// The unit.
        unit: UnitId,
        /// The incident.
        incident: IncidentId,
    },
    /// It is not on that incident.
    #[error("unit {unit} is not on {incident}: dispatch it first")]
    NotOnIt {
        /// The unit.
        unit: UnitId,
        /// The incident.
        incident: IncidentId,
    },
    /// What it does is too urgent to take it away.
    #[error(
        "unit {unit} is on {busy_with}, which is too urgent, or too far on, to take it for {incident}: recall it, or send another"
    )]
    Busy {
        /// The unit.
        unit: UnitId,
        /// What it does.
        busy_with: IncidentId,
        /// What it was wanted for.
        incident: IncidentId,
    },
    /// That is known.
    #[error("unit {unit} is known to be {} already: its instant stays as first told", stage.words())]
    Known {
        /// The unit.
        unit: UnitId,
        /// Which step.
        stage: Stage,
    },
    /// The instant is not between the steps before and after.
    #[error("unit {unit} cannot be {} then: it would be out of order with what is known, or in the future", stage.words())]
    Order {
        /// The unit.
        unit: UnitId,
        /// Which step.
        stage: Stage,
    },
    /// It has gone too far for that.
    #[error("unit {unit} is {}: clear it instead", stage.words())]
    TooLate {
        /// The unit.
        unit: UnitId,
        /// How far it got.
        stage: Stage,
    },
    /// It is not there yet.
    #[error("unit {unit} is not known to be on scene: report it on scene first")]
    NotOnScene {
        /// The unit.
        unit: UnitId,
    },
    /// The advice does not fit the order.
    #[error("the advice names candidate {rank} as the one taken, and unit {unit} is not it")]
    Advice {
        /// The unit.
        unit: UnitId,
        /// Which candidate, from 0.
        rank: u16,
    },
}

impl Stage {
    /// In words, after "the unit is".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Dispatched => "dispatched",
            Self::Acknowledged => "acknowledged",
            Self::EnRoute => "en route",
            Self::OnScene => "on scene",
            Self::Transporting => "transporting",
            Self::Ended => "done",
        }
    }
}
