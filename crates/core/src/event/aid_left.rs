//! `aid_left`: a lent unit went back.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

/// A lent unit went back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AidLeft {
    /// Which.
    pub unit: UnitId,
}
