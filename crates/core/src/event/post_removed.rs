//! `post_removed`: a post that a plan had added is no more: the plan was withdrawn, or another took its place.

use precinct_base::PostId;
use serde::{Deserialize, Serialize};

/// A post that a plan had added is no more: the plan was withdrawn, or another took its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostRemoved {
    /// Which.
    pub post: PostId,
}
