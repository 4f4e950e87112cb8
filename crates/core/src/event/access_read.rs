//! `access_read`: somebody was about to be shown something sensitive; it is on record before the bytes leave.

use precinct_base::{Timestamp, UnitId};
use serde::{Deserialize, Serialize};

use crate::{IncidentId, MediaId, Purpose, Sensitive};

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
    /// Which picture, if it is one.
    pub media: Option<MediaId>,
    /// From when a track was read.
    pub from: Option<Timestamp>,
    /// Until when.
    pub to: Option<Timestamp>,
    /// What for.
    pub purpose: Purpose,
}

impl AccessRead {
    /// A look at something of an incident that is no picture.
    pub const fn of_incident(what: Sensitive, incident: IncidentId, purpose: Purpose) -> Self {
        let incident = Some(incident);
        Self { what, incident, unit: None, media: None, from: None, to: None, purpose }
    }

    /// A look at a picture.
    pub const fn of_media(media: MediaId, incident: IncidentId, purpose: Purpose) -> Self {
        Self { media: Some(media), ..Self::of_incident(Sensitive::Media, incident, purpose) }
    }
}

/// As it was written in version 1, before there were pictures.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AccessReadV1 {
    what: Sensitive,
    incident: Option<IncidentId>,
    unit: Option<UnitId>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    purpose: Purpose,
}

impl From<AccessReadV1> for AccessRead {
    fn from(old: AccessReadV1) -> Self {
        let AccessReadV1 { what, incident, unit, from, to, purpose } = old;
        Self { what, incident, unit, media: None, from, to, purpose }
    }
}
