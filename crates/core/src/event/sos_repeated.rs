//! `sos_repeated`: the same unit calls again before the first call is closed.

use precinct_base::LonLat;
use serde::{Deserialize, Serialize};

use crate::SosId;

/// The same unit calls again before the first call is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SosRepeated {
    /// The open call.
    pub sos: SosId,
    /// Where the device says it is.
    pub at: Option<LonLat>,
}
