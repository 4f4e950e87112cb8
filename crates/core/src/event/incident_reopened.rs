//! `incident_reopened`: a closed incident is open again.

use serde::{Deserialize, Serialize};

use crate::{Code, IncidentId};

/// A closed incident is open again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentReopened {
    /// Which.
    pub incident: IncidentId,
    /// Why, a reason of the catalogue.
    pub reason: Code,
}
