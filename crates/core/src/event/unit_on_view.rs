//! `unit_on_view`: a patrol came upon it and is there.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

use crate::IncidentId;

/// A patrol came upon it and is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitOnView {
    /// Which incident.
    pub incident: IncidentId,
    /// Which unit.
    pub unit: UnitId,
}
