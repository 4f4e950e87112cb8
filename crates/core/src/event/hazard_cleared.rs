//! `hazard_cleared`: a hazard of the place is gone.

use serde::{Deserialize, Serialize};

use crate::{Code, IncidentId};

/// A hazard of the place is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HazardCleared {
    /// Which.
    pub incident: IncidentId,
    /// What.
    pub hazard: Code,
}
