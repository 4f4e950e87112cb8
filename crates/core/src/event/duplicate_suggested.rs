//! `duplicate_suggested`: two open incidents may be one.

use precinct_base::{Metres, Millis};
use serde::{Deserialize, Serialize};

use crate::IncidentId;

/// Two open incidents may be one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DuplicateSuggested {
    /// The newer.
    pub incident: IncidentId,
    /// The older.
    pub of: IncidentId,
    /// How far apart they are.
    pub apart: Metres,
    /// How much later the newer was taken in.
    pub after: Millis,
}
