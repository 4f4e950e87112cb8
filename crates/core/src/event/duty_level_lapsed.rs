//! `duty_level_lapsed`: the duty level of an area came to its end.

use precinct_base::AreaId;
use serde::{Deserialize, Serialize};

/// The duty level of an area came to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyLevelLapsed {
    /// Which.
    pub area: AreaId,
}
