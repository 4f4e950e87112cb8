//! `incident_moved`: an incident is elsewhere than was thought. The earlier entry stands.

use serde::{Deserialize, Serialize};

use crate::{IncidentId, Place};

/// An incident is elsewhere than was thought. The earlier entry stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentMoved {
    /// Which.
    pub incident: IncidentId,
    /// Where it is.
    pub place: Place,
}
