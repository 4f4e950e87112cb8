//! `unit_preempted`: a unit was taken off a task for a more urgent one.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

use crate::IncidentId;

/// A unit was taken off a task for a more urgent one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitPreempted {
    /// The task it leaves.
    pub incident: IncidentId,
    /// Which unit.
    pub unit: UnitId,
    /// The more urgent one.
    pub for_incident: IncidentId,
}
