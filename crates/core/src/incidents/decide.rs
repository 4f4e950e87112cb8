//! Taking incidents in and keeping them up to date. Every correction is a new entry; none overwrites.

use precinct_base::caps;

use super::duplicates::suggestions;
use super::{IncidentRejection, Place};
use crate::catalogue::List;
use crate::decide::Decision;
use crate::event::{
    HazardCleared, HazardNoted, IncidentMoved, IncidentOpened, IncidentRegraded, IncidentsLinked,
    NoteAdded,
};
use crate::order::Intake;
use crate::{
    Code, IncidentId, Moment, NotInCatalogue, Priority, Rejection, Sealed, State, Thing, TooLong,
    TooMany,
};

/// Takes an incident in and says which older ones it may be the same as.
pub(crate) fn open(state: &State, at: Moment, intake: &Intake) -> Decision {
    TooMany::check(Thing::Incidents, state.incidents.len() + 1, caps::INCIDENTS_ON_BOARD)?;
    let catalogue = &state.catalogue;
    let kind = intake.kind;
    let known = catalogue.kind(kind).ok_or(NotInCatalogue { list: List::Types, code: kind })?;
    check_place(state, &intake.place)?;
    let mut hazards = intake.hazards.clone();
    hazards.sort_unstable();
    hazards.dedup();
    TooMany::check(Thing::Hazards, hazards.len(), caps::LINKS)?;
    for &hazard in &hazards {
        catalogue.need(List::Hazards, hazard)?;
    }
    check_text(intake.text.as_ref())?;
    let incident = state.next_incident;
    let opened = IncidentOpened {
        incident,
        source: intake.source,
        reported: intake.reported,
        kind,
        priority: intake.priority.unwrap_or(known.priority),
        place: intake.place.clone(),
        hazards,
        text: intake.text.clone(),
    };
    let suggested = suggestions(state, incident, at, &intake.place);
    let contact = intake.contact.map(|kept| kept.fact(incident, at));
    Ok([opened.into()].into_iter().chain(contact).chain(suggested).collect())
}

fn check_place(state: &State, place: &Place) -> Result<(), Rejection> {
    state.area(place.area)?;
    check_text(place.address.as_ref())
}

fn check_text(text: Option<&Sealed>) -> Result<(), Rejection> {
    let bytes = text.map_or(0, |text| text.0.len());
    Ok(TooLong::check(Thing::SealedText, bytes, caps::SEALED_BYTES)?)
}

/// Something may be written down of an incident at any time until it leaves the board, unless its text was erased.
pub(crate) fn note(state: &State, incident: IncidentId, text: &Sealed) -> Decision {
    let noted = state.incident(incident)?;
    if noted.erased {
        return Err(IncidentRejection::Erased { incident }.into());
    }
    TooMany::check(Thing::Notes, noted.notes.len() + 1, caps::NOTES)?;
    check_text(Some(text))?;
    Ok(vec![NoteAdded { incident, text: text.clone() }.into()])
}

pub(crate) fn regrade(
    state: &State,
    incident: IncidentId,
    (kind, priority): (Code, Priority),
    reason: Code,
) -> Decision {
    let regraded = state.open_incident(incident)?;
    state.catalogue.need(List::Types, kind)?;
    state.catalogue.need(List::Reasons, reason)?;
    let before = &regraded.grading;
    if (before.kind, before.priority) == (kind, priority) {
        let priority = priority.number();
        return Err(IncidentRejection::SameGrade { incident, kind, priority }.into());
    }
    TooMany::check(Thing::Gradings, regraded.earlier_gradings.len() + 2, caps::CORRECTIONS)?;
    Ok(vec![IncidentRegraded { incident, kind, priority, reason }.into()])
}

/// Corrects the place, and looks again for what it may be the same as.
pub(crate) fn move_to(state: &State, at: Moment, incident: IncidentId, place: &Place) -> Decision {
    let moved = state.open_incident(incident)?;
    if moved.erased && place.address.is_some() {
        return Err(IncidentRejection::Erased { incident }.into());
    }
    check_place(state, place)?;
    TooMany::check(Thing::Places, moved.earlier_places.len() + 2, caps::CORRECTIONS)?;
    let fact = IncidentMoved { incident, place: place.clone() };
    let suggested = suggestions(state, incident, at, place);
    Ok([fact.into()].into_iter().chain(suggested).collect())
}

pub(crate) fn note_hazard(state: &State, incident: IncidentId, hazard: Code) -> Decision {
    let noted = state.open_incident(incident)?;
    state.catalogue.need(List::Hazards, hazard)?;
    if noted.hazards.contains(&hazard) {
        return Err(IncidentRejection::HazardKnown { incident, hazard }.into());
    }
    TooMany::check(Thing::Hazards, noted.hazards.len() + 1, caps::LINKS)?;
    Ok(vec![HazardNoted { incident, hazard }.into()])
}

pub(crate) fn clear_hazard(state: &State, incident: IncidentId, hazard: Code) -> Decision {
    if !state.open_incident(incident)?.hazards.contains(&hazard) {
        return Err(IncidentRejection::HazardUnknown { incident, hazard }.into());
    }
    Ok(vec![HazardCleared { incident, hazard }.into()])
}

pub(crate) fn link(state: &State, one: IncidentId, other: IncidentId) -> Decision {
    if one == other {
        return Err(IncidentRejection::Same { incident: one }.into());
    }
    let (first, second) = (state.incident(one)?, state.incident(other)?);
    if first.links.contains(&other) {
        return Err(IncidentRejection::Linked { one, other }.into());
    }
    let most = first.links.len().max(second.links.len()) + 1;
    TooMany::check(Thing::Links, most, caps::LINKS)?;
    Ok(vec![IncidentsLinked { one, other }.into()])
}
