//! `containment_ordered`: points round an incident are to be held, until an instant and on somebody's approval. Units were sent by the records before it.

use serde::{Deserialize, Serialize};

use crate::{Code, ContainmentId, IncidentId, Moment, SealPlan, StaffNo};

/// Points round an incident are to be held, until an instant and on somebody's approval. Units were sent by the records before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContainmentOrdered {
    /// Which.
    pub containment: ContainmentId,
    /// The incident it is for.
    pub incident: IncidentId,
    /// The points, who holds them, and how far that was proven.
    pub plan: Box<SealPlan>,
    /// Why, a reason of the catalogue.
    pub reason: Code,
    /// Who approved it.
    pub approver: StaffNo,
    /// When it ends by itself.
    pub until: Moment,
}
