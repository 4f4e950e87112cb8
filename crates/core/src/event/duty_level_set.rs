//! `duty_level_set`: the duty level of an area was raised or lowered, until an instant and on somebody's approval.

use precinct_base::AreaId;
use serde::{Deserialize, Serialize};

use crate::{Code, DutyLevel, Moment, StaffNo};

/// The duty level of an area was raised or lowered, until an instant and on somebody's approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyLevelSet {
    /// Which.
    pub area: AreaId,
    /// The level.
    pub level: DutyLevel,
    /// Why, a reason of the catalogue.
    pub reason: Code,
    /// Who approved it.
    pub approver: StaffNo,
    /// When it goes back by itself.
    pub until: Moment,
}
