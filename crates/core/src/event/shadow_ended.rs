//! `shadow_ended`: no policy is watched any more.

use serde::{Deserialize, Serialize};

/// No policy is watched any more: its end came, or somebody ended it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShadowEnded {}
