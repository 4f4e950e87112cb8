//! `unit_back`: a unit that could not be sent can be again.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

/// A unit that could not be sent can be again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitBack {
    /// Which.
    pub unit: UnitId,
}
