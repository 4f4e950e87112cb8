//! `shift_planned`: a tour of duty was planned.

use precinct_base::{Timestamp, UnitId};
use serde::{Deserialize, Serialize};

use crate::{Member, ShiftId, StaffNo};

/// A tour of duty was planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftPlanned {
    /// Which.
    pub shift: ShiftId,
    /// The unit.
    pub unit: UnitId,
    /// Who crews it.
    pub members: Vec<Member>,
    /// When it is to start.
    pub starts: Timestamp,
    /// When it is to end.
    pub ends: Timestamp,
    /// Who approved that a rule of rest is broken, if one is.
    pub waived: Option<StaffNo>,
}
