//! `contact_erased`: how to reach who reported an incident is gone everywhere: its key is destroyed.

use serde::{Deserialize, Serialize};

use crate::incidents::ContactEnd;
use crate::{ContactId, IncidentId};

/// How to reach who reported an incident is gone everywhere: its key is destroyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactErased {
    /// Of which incident.
    pub incident: IncidentId,
    /// Which entry.
    pub contact: ContactId,
    /// Why.
    pub why: ContactEnd,
}
