//! `unit_on_scene`: a unit is there.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

use crate::{IncidentId, Moment};

/// A unit is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitOnScene {
    /// Which incident.
    pub incident: IncidentId,
    /// Which unit.
    pub unit: UnitId,
    /// When it arrived, if that was reported later.
    pub at: Option<Moment>,
}
