//! `shift_started`: a unit went on duty.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

use crate::ShiftId;

/// A unit went on duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftStarted {
    /// The tour.
    pub shift: ShiftId,
    /// The unit.
    pub unit: UnitId,
}
