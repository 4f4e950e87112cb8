//! Why a ring is not taken as described or called out.

use precinct_base::{PostId, PostKind};

use crate::RingId;

/// Why a ring is not taken as described or called out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RingRejection {
    /// It has no line, or two.
    #[error(
        "a ring is either a line of at least three places or the border of an area: give one of the two"
    )]
    Line,
    /// A crossing is manned by something else.
    #[error("post {post} is a {}, and a crossing is manned by a checkpoint: name another, or leave a gap", kind.name())]
    Post {
        /// The post.
        post: PostId,
        /// What it is.
        kind: PostKind,
    },
    /// It is not called out.
    #[error("{ring} is not called out: there is nothing to stand down")]
    Idle {
        /// Which.
        ring: RingId,
    },
    /// It is called out.
    #[error("{ring} is called out: stand it down first")]
    Active {
        /// Which.
        ring: RingId,
    },
}
