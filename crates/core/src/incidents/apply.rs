//! What becomes of incidents.

use super::{Ending, Grading, Incident, Note, Status};
use crate::clocks::{Timer, refresh, shorten};
use crate::event::{
    DuplicateDismissed, DuplicateSuggested, HazardCleared, HazardNoted, IncidentArchived,
    IncidentCancelled, IncidentMoved, IncidentOpened, IncidentRegraded, IncidentReopened,
    IncidentResolved, IncidentsLinked, IncidentsMerged, IncidentsUnmerged, NoteAdded, TextErased,
};
use crate::lookup::{insert, remove};
use crate::paper::When;
use crate::{IncidentId, Moment, Sealed, StaffNo, State};

pub(crate) fn opened(state: &mut State, fact: &IncidentOpened, when: When, by: StaffNo) {
    let fact = fact.clone();
    let (kind, priority) = (fact.kind, fact.priority);
    let When { now, then: at, entered } = when;
    let note = |text| Note { at, entered, by, text };
    let incident = Incident {
        opened: at,
        entered,
        by,
        source: fact.source,
        reported: fact.reported,
        grading: Grading { at, by, kind, priority, reason: None },
        earlier_gradings: Vec::new(),
        place: fact.place,
        earlier_places: Vec::new(),
        hazards: fact.hazards,
        notes: fact.text.map(note).into_iter().collect(),
        contact: None,
        media: Vec::new(),
        erased: false,
        status: Status::Open,
        ending_entered: None,
        assignments: Vec::new(),
        links: Vec::new(),
        suggested: Vec::new(),
        dismissed: Vec::new(),
        merged: Vec::new(),
    };
    state.incidents.insert(fact.incident, incident);
    state.next_incident = IncidentId(fact.incident.0 + 1);
    refresh(state, fact.incident, now);
}

pub(crate) fn suggested(state: &mut State, fact: &DuplicateSuggested) {
    insert(&mut state.incident_mut(fact.incident).suggested, fact.of);
}

pub(crate) fn dismissed(state: &mut State, fact: &DuplicateDismissed) {
    let incident = state.incident_mut(fact.incident);
    remove(&mut incident.suggested, &fact.of);
    insert(&mut incident.dismissed, fact.of);
}

/// The clocks of `from` stop; those of its units go on under `into`, shortened if that is more urgent.
pub(crate) fn merged(state: &mut State, fact: &IncidentsMerged, at: Moment) {
    let &IncidentsMerged { from, into } = fact;
    state.incident_mut(from).status = Status::Merged { into, at };
    insert(&mut state.incident_mut(into).merged, from);
    refresh(state, from, at);
    shorten(state, from, at);
}

pub(crate) fn unmerged(state: &mut State, fact: &IncidentsUnmerged, at: Moment) {
    let &IncidentsUnmerged { from, into } = fact;
    state.incident_mut(from).status = Status::Open;
    remove(&mut state.incident_mut(into).merged, &from);
    refresh(state, from, at);
    refresh(state, into, at);
}

pub(crate) fn linked(state: &mut State, fact: &IncidentsLinked) {
    let &IncidentsLinked { one, other } = fact;
    insert(&mut state.incident_mut(one).links, other);
    insert(&mut state.incident_mut(other).links, one);
}

pub(crate) fn noted(state: &mut State, fact: &NoteAdded, when: When, by: StaffNo) {
    let text = fact.text.clone();
    let When { then: at, entered, .. } = when;
    state.incident_mut(fact.incident).notes.push(Note { at, entered, by, text });
}

pub(crate) fn regraded(state: &mut State, fact: &IncidentRegraded, at: Moment, by: StaffNo) {
    let &IncidentRegraded { incident, kind, priority, reason } = fact;
    let grading = Grading { at, by, kind, priority, reason: Some(reason) };
    let regraded = state.incident_mut(incident);
    let before = std::mem::replace(&mut regraded.grading, grading);
    regraded.earlier_gradings.push(before);
    shorten(state, incident, at);
}

pub(crate) fn moved(state: &mut State, fact: &IncidentMoved) {
    let moved = state.incident_mut(fact.incident);
    let before = std::mem::replace(&mut moved.place, fact.place.clone());
    moved.earlier_places.push(before);
}

pub(crate) fn hazard_noted(state: &mut State, fact: &HazardNoted) {
    insert(&mut state.incident_mut(fact.incident).hazards, fact.hazard);
}

pub(crate) fn hazard_cleared(state: &mut State, fact: &HazardCleared) {
    remove(&mut state.incident_mut(fact.incident).hazards, &fact.hazard);
}

pub(crate) fn cancelled(state: &mut State, fact: &IncidentCancelled, when: When) {
    close(state, fact.incident, Ending::Cancelled(fact.reason), when);
}

pub(crate) fn resolved(state: &mut State, fact: &IncidentResolved, when: When) {
    close(state, fact.incident, Ending::Resolved(fact.disposition), when);
}

/// It stays on the board for as long after it was entered as any other, however long it has been over.
fn close(state: &mut State, incident: IncidentId, how: Ending, when: When) {
    let closed = state.incident_mut(incident);
    closed.status = Status::Closed { how, at: when.then };
    closed.ending_entered = when.entered;
    let leaves = when.now.later(state.catalogue.rules.keep_closed);
    state.timers.set(Timer::Archive(incident), leaves.tick, 0);
    refresh(state, incident, when.now);
}

pub(crate) fn reopened(state: &mut State, fact: &IncidentReopened, at: Moment) {
    let reopened = state.incident_mut(fact.incident);
    (reopened.status, reopened.ending_entered) = (Status::Open, None);
    state.timers.stop(Timer::Archive(fact.incident));
    refresh(state, fact.incident, at);
}

/// Links to it go with it: what they say stays in the record.
pub(crate) fn archived(state: &mut State, fact: &IncidentArchived) {
    let id = fact.incident;
    state.timers.stop(Timer::Archive(id));
    let gone = state.incidents.remove(&id).expect("an event names an incident that is there");
    for &other in &gone.links {
        remove(&mut state.incident_mut(other).links, &id);
    }
    // What it was merged into goes after it.
    if let Status::Merged { into, .. } = gone.status {
        remove(&mut state.incident_mut(into).merged, &id);
    }
}

/// What was written is gone; when and by whom stays.
pub(crate) fn erased(state: &mut State, fact: &TextErased) {
    let Some(incident) = state.incidents.get_mut(&fact.incident) else { return };
    incident.erased = true;
    for note in &mut incident.notes {
        note.text = Sealed(Box::default());
    }
    let places = incident.earlier_places.iter_mut().chain([&mut incident.place]);
    for address in places.filter_map(|place| place.address.as_mut()) {
        *address = Sealed(Box::default());
    }
}
