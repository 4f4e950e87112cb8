//! `ring_stood_down`: a ring was stood down.

use serde::{Deserialize, Serialize};

use crate::{Code, RingId};

/// A ring was stood down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RingStoodDown {
    /// Which.
    pub ring: RingId,
    /// Why, a reason of the catalogue.
    pub reason: Code,
}
