//! `contact_kept`: how to reach who reported an incident was kept, apart from the record.

use serde::{Deserialize, Serialize};

use crate::{ContactId, IncidentId, Moment};

/// How to reach who reported an incident was kept, apart from the record and under a key of its own. What it says is not in here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactKept {
    /// Of which incident.
    pub incident: IncidentId,
    /// Which entry.
    pub contact: ContactId,
    /// When it is erased at the latest.
    pub until: Moment,
}
