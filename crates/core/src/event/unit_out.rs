//! `unit_out`: a unit on duty cannot be sent for a while.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

use crate::Code;

/// A unit on duty cannot be sent for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitOut {
    /// Which.
    pub unit: UnitId,
    /// Why, a reason of the catalogue.
    pub reason: Code,
}
