//! `policy_set`: other policies hold from now on.

use serde::{Deserialize, Serialize};

use crate::PolicyVersion;

/// Other policies hold from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicySet {
    /// Which: the hash of their text.
    pub version: PolicyVersion,
}
