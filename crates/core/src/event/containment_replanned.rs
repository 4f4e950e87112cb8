//! `containment_replanned`: a containment was planned anew: these points are to be held from now on. Units were recalled and sent by the records before it.

use serde::{Deserialize, Serialize};

use crate::{ContainmentId, IncidentId, Moment, SealPlan, StaffNo};

/// A containment was planned anew: these points are to be held from now on. Units were recalled and sent by the records before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContainmentReplanned {
    /// Which.
    pub containment: ContainmentId,
    /// The incident it is for.
    pub incident: IncidentId,
    /// The points, who holds them, and how far that was proven.
    pub plan: Box<SealPlan>,
    /// Who approved it.
    pub approver: StaffNo,
    /// When it ends by itself.
    pub until: Moment,
}
