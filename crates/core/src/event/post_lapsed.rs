//! `post_lapsed`: what was ordered for a post came to its end: it is open again.

use precinct_base::PostId;
use serde::{Deserialize, Serialize};

/// What was ordered for a post came to its end: it is open again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostLapsed {
    /// Which.
    pub post: PostId,
}
