//! `duplicate_dismissed`: two incidents are not one.

use serde::{Deserialize, Serialize};

use crate::IncidentId;

/// Two incidents are not one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DuplicateDismissed {
    /// The newer.
    pub incident: IncidentId,
    /// The older.
    pub of: IncidentId,
}
