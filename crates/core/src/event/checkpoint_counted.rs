//! `checkpoint_counted`: it was entered what was counted at a checkpoint: numbers of vehicles, people and things, and nobody.

use precinct_base::PostId;
use serde::{Deserialize, Serialize};

use crate::{CountId, Tally};

/// It was entered what was counted at a checkpoint: numbers of vehicles, people and things, and nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckpointCounted {
    /// Which checkpoint.
    pub post: PostId,
    /// The number of the entry.
    pub count: CountId,
    /// What was counted.
    pub tally: Tally,
    /// The earlier entry in whose place this one is right.
    pub corrects: Option<CountId>,
}
