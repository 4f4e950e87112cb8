//! Why something is not taken as it was entered for a checkpoint.

use precinct_base::{PostId, PostKind};

use crate::{Code, CountId};

/// Why something is not taken as it was entered for a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointRejection {
    /// It is none.
    #[error("post {post} is a {}: lanes and counts are those of a checkpoint", kind.name())]
    Kind {
        /// The post.
        post: PostId,
        /// What it is.
        kind: PostKind,
    },
    /// The time counted is none.
    #[error("counts are of a time that ends after it began, within {} hours, and not later than now: mend `from` and `until`", precinct_base::caps::COUNT_MS / 3_600_000)]
    Time,
    /// A number that cannot be.
    #[error("{number} {what} in one entry cannot be: at most {most}")]
    Number {
        /// Of what.
        what: &'static str,
        /// The number.
        number: u32,
        /// The limit.
        most: u32,
    },
    /// A type is named twice.
    #[error("{kind} is named twice among the finds: name each type once")]
    Twice {
        /// Which.
        kind: Code,
    },
    /// It was counted already.
    #[error(
        "{count} counts a part of that time already: correct that entry, or mend `from` and `until`"
    )]
    Overlaps {
        /// The other entry.
        count: CountId,
    },
    /// Another entry is right in its place.
    #[error("{count} was corrected by {by} already: correct that")]
    Corrected {
        /// Which.
        count: CountId,
        /// The later entry.
        by: CountId,
    },
    /// It is not among the entries that are at hand.
    #[error(
        "post {post} has no entry {count} at hand: it was never made there, or it is too old to be corrected"
    )]
    Unknown {
        /// The post.
        post: PostId,
        /// The entry.
        count: CountId,
    },
}
