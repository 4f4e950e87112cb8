//! `glass_mended`: somebody acts within the policies again.

use serde::{Deserialize, Serialize};

use crate::StaffNo;

/// Somebody acts within the policies again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GlassMended {
    /// Who.
    pub staff: StaffNo,
}
