//! `plan_superseded`: another plan holds in the place of this one.

use serde::{Deserialize, Serialize};

use crate::PlanId;

/// Another plan holds in the place of this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanSuperseded {
    /// Which.
    pub plan: PlanId,
    /// By which.
    pub by: PlanId,
}
