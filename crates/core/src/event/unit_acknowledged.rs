//! `unit_acknowledged`: a unit has its task.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

use crate::{IncidentId, Moment};

/// A unit has its task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitAcknowledged {
    /// Which incident.
    pub incident: IncidentId,
    /// Which unit.
    pub unit: UnitId,
    /// When it did, if that was reported later.
    pub at: Option<Moment>,
}
