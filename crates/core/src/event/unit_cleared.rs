//! `unit_cleared`: a unit has done its task and is free.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

use crate::IncidentId;

/// A unit has done its task and is free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitCleared {
    /// Which incident.
    pub incident: IncidentId,
    /// Which unit.
    pub unit: UnitId,
}
