//! `incident_cancelled`: there is nothing to answer.

use serde::{Deserialize, Serialize};

use crate::{Code, IncidentId};

/// There is nothing to answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentCancelled {
    /// Which.
    pub incident: IncidentId,
    /// Why, a reason of the catalogue.
    pub reason: Code,
}
