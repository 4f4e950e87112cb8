//! `unit_dispatched`: a unit was sent.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

use crate::{Advice, IncidentId};

/// A unit was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitDispatched {
    /// To which incident.
    pub incident: IncidentId,
    /// Which unit.
    pub unit: UnitId,
    /// What was recommended to who decided.
    pub advice: Option<Box<Advice>>,
}
