//! `ring_lapsed`: what was ordered for a ring came to its end.

use serde::{Deserialize, Serialize};

use crate::RingId;

/// What was ordered for a ring came to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RingLapsed {
    /// Which.
    pub ring: RingId,
}
