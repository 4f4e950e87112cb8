//! Shifts: tours of duty planned, begun and ended; who is on; rules of rest.

pub(crate) mod apply;
mod decide;
mod rejection;
mod rest;

use precinct_base::{Timestamp, UnitId};
use serde::{Deserialize, Serialize};

pub(crate) use self::decide::{cancel, end, plan, start};
pub use self::rejection::ShiftRejection;
use crate::{Member, Moment, ShiftId, StaffNo};

/// A tour of duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
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
    /// When it began; none is not yet.
    pub began: Option<Moment>,
}

/// What is known of a member's tours: enough for the rules of rest, nothing of what was done in them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tours {
    /// The tour the member is on.
    pub on: Option<ShiftId>,
    /// Tours planned, by id, rising.
    pub planned: Vec<ShiftId>,
    /// Ended tours of the last seven days, start and end.
    pub ended: Vec<(Timestamp, Timestamp)>,
}
