//! `plan_published`: a plan holds from now on.

use precinct_base::PostId;
use serde::{Deserialize, Serialize};

use crate::PlanId;

/// A plan holds from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanPublished {
    /// Which.
    pub plan: PlanId,
    /// The posts it stands on, rising: those that were there and those that it adds.
    pub posts: Vec<PostId>,
    /// Those of them that are there by a plan, this one or one before it, rising: they go when no plan has them any more.
    pub planned: Vec<PostId>,
}
