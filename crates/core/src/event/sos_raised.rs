//! `sos_raised`: an officer calls for help.

use precinct_base::{LonLat, UnitId};
use serde::{Deserialize, Serialize};

use crate::{IncidentId, SosId};

/// An officer calls for help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SosRaised {
    /// Its number.
    pub sos: SosId,
    /// The unit whose device called.
    pub unit: UnitId,
    /// What the unit was sent to.
    pub incident: Option<IncidentId>,
    /// Where the device says it is.
    pub at: Option<LonLat>,
}
