//! `plan_simulated`: a plan was tried on days that were, none of which it was made from. The result is beside the record, under its hash.

use serde::{Deserialize, Serialize};

use crate::{Day, FileHash, PlanId};

/// A plan was tried on days that were, none of which it was made from. The result is beside the record, under its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanSimulated {
    /// Which.
    pub plan: PlanId,
    /// The hash of the result.
    pub result: FileHash,
    /// The days, rising.
    pub days: Vec<Day>,
}
