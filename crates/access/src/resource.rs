//! What an action is done to.

use precinct_base::{AreaId, UnitId};
use precinct_core::IncidentId;

/// What kind of thing something is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// An area and what is in it.
    Area,
    /// An incident.
    Incident,
    /// A unit.
    Unit,
}

/// What an action is done to, and where that lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resource {
    /// What kind of thing it is.
    pub about: About,
    /// The area it lies in; 0 is the whole city.
    pub area: AreaId,
    /// The unit it is, or the one of the asker's that is on the incident.
    pub unit: Option<UnitId>,
    /// The incident it is, for the record.
    pub incident: Option<IncidentId>,
}

impl Resource {
    /// The whole city.
    pub const CITY: Self = Self::area(AreaId(0));

    /// An area and what is in it.
    pub const fn area(area: AreaId) -> Self {
        Self { about: About::Area, area, unit: None, incident: None }
    }

    /// An incident in an area; `own` is the asker's unit if that is on it.
    pub const fn incident(incident: IncidentId, area: AreaId, own: Option<UnitId>) -> Self {
        Self { about: About::Incident, area, unit: own, incident: Some(incident) }
    }

    /// A unit in an area.
    pub const fn unit(unit: UnitId, area: AreaId) -> Self {
        Self { about: About::Unit, area, unit: Some(unit), incident: None }
    }
}
