//! `shadow_set`: a policy is watched beside those who send units, until an instant.

use serde::{Deserialize, Serialize};

use crate::{Code, Moment};

/// A policy is watched beside those who send units, until an instant. Who wants that is in the record itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShadowSet {
    /// Its name.
    pub policy: Code,
    /// When that ends by itself.
    pub until: Moment,
}
