//! `plan_approved`: somebody else than who proposed a plan approved it.

use serde::{Deserialize, Serialize};

use crate::{Code, PlanId};

/// Somebody else than who proposed a plan approved it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanApproved {
    /// Which.
    pub plan: PlanId,
    /// Why, a reason of the catalogue.
    pub reason: Code,
}
