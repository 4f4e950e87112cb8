//! `checkpoint_manned`: somebody said how many lanes of a checkpoint are open, and how many people work there.

use precinct_base::PostId;
use serde::{Deserialize, Serialize};

/// Somebody said how many lanes of a checkpoint are open, and how many people work there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckpointManned {
    /// Which checkpoint.
    pub post: PostId,
    /// Lanes that are open.
    pub lanes: u8,
    /// How many people work there.
    pub staff: u16,
}
