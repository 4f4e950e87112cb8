//! `incidents_unmerged`: a merge was a mistake: the incident stands by itself again.

use serde::{Deserialize, Serialize};

use crate::IncidentId;

/// A merge was a mistake: the incident stands by itself again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentsUnmerged {
    /// The one that stands again.
    pub from: IncidentId,
    /// The one it was merged into.
    pub into: IncidentId,
}
