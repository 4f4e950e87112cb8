//! `ring_activated`: a ring was called out at a level, until an instant and on somebody's approval.

use serde::{Deserialize, Serialize};

use crate::{Code, DutyLevel, Moment, RingId, StaffNo};

/// A ring was called out at a level, until an instant and on somebody's approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RingActivated {
    /// Which.
    pub ring: RingId,
    /// The level.
    pub level: DutyLevel,
    /// Why, a reason of the catalogue.
    pub reason: Code,
    /// Who approved it.
    pub approver: StaffNo,
    /// When it ends by itself.
    pub until: Moment,
}
