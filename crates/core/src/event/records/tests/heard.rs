//! A type of record in its first version.

use serde::{Deserialize, Serialize};

/// As it is written today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heard {}
