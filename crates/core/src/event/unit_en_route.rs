//! `unit_en_route`: a unit is on its way.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

use crate::{IncidentId, Moment};

/// A unit is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitEnRoute {
    /// Which incident.
    pub incident: IncidentId,
    /// Which unit.
    pub unit: UnitId,
    /// When it set out, if that was reported later.
    pub at: Option<Moment>,
}
