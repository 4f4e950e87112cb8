//! `incident_opened`: something happened and was taken in.

use precinct_base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Code, IncidentId, Place, Priority, Sealed, Source};

/// Something happened and was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentOpened {
    /// Its number.
    pub incident: IncidentId,
    /// Through which door it came.
    pub source: Source,
    /// When it was reported, if that is known.
    pub reported: Option<Timestamp>,
    /// Its type in the catalogue.
    pub kind: Code,
    /// How urgent it is.
    pub priority: Priority,
    /// Where.
    pub place: Place,
    /// Hazards known of the place, codes of the catalogue.
    pub hazards: Vec<Code>,
    /// What was said, sealed.
    pub text: Option<Sealed>,
}
