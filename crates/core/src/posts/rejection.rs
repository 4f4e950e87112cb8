//! Why a post is not taken as described or ordered.

use precinct_base::PostId;

/// Why a post is not taken as described or ordered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PostRejection {
    /// There is no such level.
    #[error("post {post}: level {level} is none: use 1 (highest) to 3")]
    Level {
        /// The post.
        post: PostId,
        /// The level.
        level: u8,
    },
    /// There is nothing to end.
    #[error("post {post} is open already: nothing is ordered for it")]
    Open {
        /// The post.
        post: PostId,
    },
}
