//! Why a clock cannot be answered as asked.

use precinct_base::Millis;

use super::Clock;

/// Why a clock cannot be answered as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockRejection {
    /// It does not run.
    #[error("{clock} does not run: its cause is gone, or never was")]
    NotRunning {
        /// Which.
        clock: Clock,
    },
    /// It is to be held too long, or not at all.
    #[error(
        "it is to be held {asked}, and may be held from 1 second to {longest}: answer it again then"
    )]
    Hold {
        /// What was asked.
        asked: Millis,
        /// The longest the rules allow.
        longest: Millis,
    },
}
