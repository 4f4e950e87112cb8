//! `access_read`: somebody was about to be shown something sensitive; it is on record before the bytes leave.

use precinct_base::{Timestamp, UnitId};
use serde::{Deserialize, Serialize};

use crate::{IncidentId, Purpose, Sensitive};

/// Somebody was about to be shown something sensitive; it is on record before the bytes leave. Who, in which role and for which area is in
/// the record itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessRead {
    /// What.
    pub what: Sensitive,
    /// Of which incident; of a track, the incident it is looked at for.
    pub incident: Option<IncidentId>,
    /// Of which unit, if it is a track.
    pub unit: Option<UnitId>,
    /// From when a track was read.
    pub from: Option<Timestamp>,
    /// Until when.
    pub to: Option<Timestamp>,
    /// What for.
    pub purpose: Purpose,
}
