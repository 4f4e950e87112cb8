//! `unit_transporting`: a unit takes somebody or something away.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

use crate::{Destination, IncidentId};

/// A unit takes somebody or something away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitTransporting {
    /// Which incident.
    pub incident: IncidentId,
    /// Which unit.
    pub unit: UnitId,
    /// Where to.
    pub to: Destination,
}
