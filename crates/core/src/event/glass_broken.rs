//! `glass_broken`: somebody acts beyond the policies in an emergency, for a while.

use serde::{Deserialize, Serialize};

use crate::{Code, Moment, StaffNo};

/// Somebody acts beyond the policies in an emergency, for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GlassBroken {
    /// Who.
    pub staff: StaffNo,
    /// Why, in a word; no catalogue is asked.
    pub reason: Code,
    /// When it ends by itself.
    pub until: Moment,
}
