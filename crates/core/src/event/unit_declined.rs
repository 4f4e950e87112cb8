//! `unit_declined`: a unit cannot take its task.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

use crate::{Code, IncidentId};

/// A unit cannot take its task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitDeclined {
    /// Which incident.
    pub incident: IncidentId,
    /// Which unit.
    pub unit: UnitId,
    /// Why, a reason of the catalogue.
    pub reason: Code,
}
