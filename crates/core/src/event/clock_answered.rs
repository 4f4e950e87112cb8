//! `clock_answered`: somebody answered for a clock and says when to ask again.

use precinct_base::Millis;
use serde::{Deserialize, Serialize};

use crate::Clock;

/// Somebody answered for a clock and says when to ask again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockAnswered {
    /// Which.
    pub clock: Clock,
    /// It is asked again after this, if it still stands.
    pub hold: Millis,
}
