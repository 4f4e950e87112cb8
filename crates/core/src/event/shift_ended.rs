//! `shift_ended`: a unit went off duty.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

use crate::ShiftId;

/// A unit went off duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftEnded {
    /// The tour.
    pub shift: ShiftId,
    /// The unit.
    pub unit: UnitId,
}
