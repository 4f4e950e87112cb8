//! `plan_withdrawn`: a plan is done without.

use serde::{Deserialize, Serialize};

use crate::{Code, PlanId};

/// A plan is done without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanWithdrawn {
    /// Which.
    pub plan: PlanId,
    /// Why, a reason of the catalogue.
    pub reason: Code,
}
