//! What is asked: a place, what happened there, and of whom.

use precinct_base::{AreaId, LonLat, Millis, caps};
use precinct_core::{Code, IncidentId, Moment, Need, Priority, State};

use crate::Field;

/// What a city sets about advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How far units are looked for by road.
    pub limit: Millis,
    /// A fix older than this is marked as stale.
    pub stale: Millis,
    /// A tour that ends this soon after the unit could be there is marked.
    pub tour_margin: Millis,
}

impl Default for Settings {
    /// The whole city, two minutes, a quarter of an hour. A sensible start, no norm.
    fn default() -> Self {
        Self {
            limit: Millis(caps::SEARCH_LIMIT_MS),
            stale: Millis::from_minutes(2),
            tour_margin: Millis::from_minutes(15),
        }
    }
}

/// Whom to send there? An incident is not needed: a place and a kind are, so "what if here?" can be asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// What is so now.
    pub state: &'a State,
    /// Where units are. Cover is that of the moment it was made; everything else is as `state` has it.
    pub field: &'a Field,
    /// Where.
    pub at: LonLat,
    /// The area it is in.
    pub area: AreaId,
    /// What happened, a type of the catalogue; one it does not have needs one unit of any kind.
    pub kind: Code,
    /// How urgent it is.
    pub priority: Priority,
    /// For which incident, if there is one.
    pub incident: Option<IncidentId>,
    /// When.
    pub now: Moment,
    /// What the city has set.
    pub settings: Settings,
}

impl<'a> Question<'a> {
    /// Whom to send to an incident; nothing if the state does not have it.
    pub fn of(
        state: &'a State,
        field: &'a Field,
        incident: IncidentId,
        now: Moment,
        settings: Settings,
    ) -> Option<Self> {
        let known = state.incidents().get(&incident)?;
        let (grading, place) = (known.grading, &known.place);
        Some(Self {
            state,
            field,
            at: place.at,
            area: place.area,
            kind: grading.kind,
            priority: grading.priority,
            incident: Some(incident),
            now,
            settings,
        })
    }

    /// The run card; nothing said is one unit of any kind.
    pub(crate) fn needs(&self) -> &'a [Need] {
        self.state.catalogue().kind(self.kind).map_or(&[], |kind| &kind.needs)
    }

    /// The incident it goes on under.
    pub(crate) fn root(&self) -> Option<IncidentId> {
        self.incident.map(|incident| self.state.root(incident))
    }
}
