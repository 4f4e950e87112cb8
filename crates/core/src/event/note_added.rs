//! `note_added`: somebody wrote something down.

use serde::{Deserialize, Serialize};

use crate::{IncidentId, Sealed};

/// Somebody wrote something down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteAdded {
    /// Of which incident.
    pub incident: IncidentId,
    /// What, sealed.
    pub text: Sealed,
}
