//! `hazard_noted`: a hazard of the place became known.

use serde::{Deserialize, Serialize};

use crate::{Code, IncidentId};

/// A hazard of the place became known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HazardNoted {
    /// Which.
    pub incident: IncidentId,
    /// What, a code of the catalogue.
    pub hazard: Code,
}
