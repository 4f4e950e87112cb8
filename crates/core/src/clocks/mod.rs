//! Clocks: what must be looked at in time. Each raises an event when it runs out, escalates until it is answered, and stops when
//! its cause is gone.

pub(crate) mod apply;
mod decide;
mod due;
mod rejection;
mod running;
mod sos;
mod timers;
mod wanted;

use std::fmt;

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

pub(crate) use self::decide::{answer, calendar_set};
pub(crate) use self::due::time_passes;
pub use self::rejection::ClockRejection;
pub use self::sos::Sos;
pub(crate) use self::sos::{close as close_sos, raise as raise_sos};
pub use self::timers::{Alarm, Timer, Timers};
pub(crate) use self::wanted::{refresh, shorten, stop_unit};
use crate::{IncidentId, SosId};

/// A clock that somebody has to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// Nobody was sent to an incident.
    Unanswered(IncidentId),
    /// A unit that was sent has not acknowledged.
    Unacknowledged(UnitId),
    /// A unit that was sent is not there.
    Overdue(UnitId),
    /// A unit is alone on scene and has not been heard of.
    Welfare(UnitId),
    /// An officer calls for help.
    Sos(SosId),
}

/// What runs out, and for what.
impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unanswered(incident) => write!(f, "unanswered {incident}"),
            Self::Unacknowledged(unit) => write!(f, "unacknowledged unit {unit}"),
            Self::Overdue(unit) => write!(f, "overdue unit {unit}"),
            Self::Welfare(unit) => write!(f, "welfare of unit {unit}"),
            Self::Sos(sos) => write!(f, "{sos}"),
        }
    }
}
