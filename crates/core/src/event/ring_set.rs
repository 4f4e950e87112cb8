//! `ring_set`: a ring was described, or described anew.

use serde::{Deserialize, Serialize};

use crate::{RingId, RingPlan};

/// A ring was described, or described anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RingSet {
    /// Which.
    pub ring: RingId,
    /// As it was approved.
    pub plan: RingPlan,
}
