//! `containment_lapsed`: a containment came to its end, and everybody was let go.

use serde::{Deserialize, Serialize};

use crate::{ContainmentId, IncidentId};

/// A containment came to its end, and everybody was let go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContainmentLapsed {
    /// Which.
    pub containment: ContainmentId,
    /// The incident it was for.
    pub incident: IncidentId,
}
