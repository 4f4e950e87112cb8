//! `containment_stood_down`: a containment was stood down, and everybody let go.

use serde::{Deserialize, Serialize};

use crate::{Code, ContainmentId, IncidentId};

/// A containment was stood down, and everybody let go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContainmentStoodDown {
    /// Which.
    pub containment: ContainmentId,
    /// The incident it was for.
    pub incident: IncidentId,
    /// Why, a reason of the catalogue.
    pub reason: Code,
}
