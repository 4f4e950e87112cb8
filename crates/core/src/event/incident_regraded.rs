//! `incident_regraded`: an incident is of another type or urgency than it was. The earlier entry stands.

use serde::{Deserialize, Serialize};

use crate::{Code, IncidentId, Priority};

/// An incident is of another type or urgency than it was. The earlier entry stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentRegraded {
    /// Which.
    pub incident: IncidentId,
    /// Its type from now on.
    pub kind: Code,
    /// Its urgency from now on.
    pub priority: Priority,
    /// Why, a reason of the catalogue.
    pub reason: Code,
}
