//! `incident_archived`: a closed incident has left the board; it stays in the record.

use serde::{Deserialize, Serialize};

use crate::IncidentId;

/// A closed incident has left the board; it stays in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentArchived {
    /// Which.
    pub incident: IncidentId,
}
