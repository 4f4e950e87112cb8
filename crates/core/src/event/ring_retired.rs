//! `ring_retired`: a ring is a ring no more.

use serde::{Deserialize, Serialize};

use crate::{Code, RingId};

/// A ring is a ring no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RingRetired {
    /// Which.
    pub ring: RingId,
    /// Why, a reason of the catalogue.
    pub reason: Code,
}
