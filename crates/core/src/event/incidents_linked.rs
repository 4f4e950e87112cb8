//! `incidents_linked`: two incidents have to do with each other.

use serde::{Deserialize, Serialize};

use crate::IncidentId;

/// Two incidents have to do with each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentsLinked {
    /// One.
    pub one: IncidentId,
    /// The other.
    pub other: IncidentId,
}
