//! `unit_recalled`: a unit was told to turn back.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

use crate::{Code, IncidentId};

/// A unit was told to turn back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitRecalled {
    /// Which incident.
    pub incident: IncidentId,
    /// Which unit.
    pub unit: UnitId,
    /// Why, a reason of the catalogue.
    pub reason: Code,
}
