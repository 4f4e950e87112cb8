//! Why a policy is not watched.

use precinct_base::Millis;

use super::Shadow;

/// Why a policy is not watched, or not watched any less.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShadowRejection {
    /// Too short to say anything, or so long that nobody remembers it.
    #[error(
        "a policy is watched for {} minutes at least and {} at most, not for {} ms: give another end",
        Shadow::SHORTEST.0 / 60_000, Shadow::LONGEST.0 / 60_000, lasts.0
    )]
    Lasts {
        /// What was asked.
        lasts: Millis,
    },
    /// There is none to end.
    #[error("no policy is watched: there is nothing to end")]
    NotSet,
}
