//! `incidents_merged`: an incident is the same as another: its units go on under that one.

use serde::{Deserialize, Serialize};

use crate::IncidentId;

/// An incident is the same as another: its units go on under that one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentsMerged {
    /// The one that ends.
    pub from: IncidentId,
    /// The one that goes on.
    pub into: IncidentId,
}
