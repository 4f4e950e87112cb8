//! `text_erased`: the time of an incident's text is up: its key is destroyed and its text is gone everywhere.

use serde::{Deserialize, Serialize};

use crate::IncidentId;

/// The time of an incident's text is up: its key is destroyed and its text is gone everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextErased {
    /// Which.
    pub incident: IncidentId,
}
