//! `incident_resolved`: an incident was dealt with.

use serde::{Deserialize, Serialize};

use crate::{Code, IncidentId};

/// An incident was dealt with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentResolved {
    /// Which.
    pub incident: IncidentId,
    /// How, a disposition of the catalogue.
    pub disposition: Code,
}
