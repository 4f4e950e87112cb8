//! What becomes of units' tasks.

use precinct_base::UnitId;

use super::{Assignment, Outcome};
use crate::clocks::{refresh, stop_unit};
use crate::event::{
    UnitAcknowledged, UnitCleared, UnitDeclined, UnitDispatched, UnitEnRoute, UnitOnScene,
    UnitOnView, UnitPreempted, UnitRecalled, UnitTransporting,
};
use crate::units::{assigned, freed};
use crate::{IncidentId, Moment, State};

fn begins(state: &mut State, incident: IncidentId, unit: UnitId, on_view: bool, at: Moment) {
    let seen = on_view.then_some(at);
    let assignments = &mut state.incident_mut(incident).assignments;
    // Most incidents take one unit; a list that is left to itself makes room for four.
    if assignments.is_empty() {
        assignments.reserve_exact(1);
    }
    assignments.push(Assignment {
        unit,
        on_view,
        dispatched: at,
        acknowledged: seen,
        en_route: seen,
        on_scene: seen,
        transporting: None,
        ended: None,
    });
    assigned(state, unit, incident, at);
    refresh(state, incident, at);
}

/// Changes the task of `unit` on `incident`, and with it which clocks run.
fn change(
    state: &mut State,
    (incident, unit): (IncidentId, UnitId),
    now: Moment,
    how: impl FnOnce(&mut Assignment),
) {
    let mut assignments = state.incident_mut(incident).assignments.iter_mut().rev();
    let task = assignments.find(|task| task.unit == unit && task.is_active());
    how(task.expect("an event names a task that goes on"));
    refresh(state, incident, now);
}

pub(crate) fn dispatched(state: &mut State, fact: &UnitDispatched, at: Moment) {
    begins(state, fact.incident, fact.unit, false, at);
}

pub(crate) fn came_upon(state: &mut State, fact: &UnitOnView, at: Moment) {
    begins(state, fact.incident, fact.unit, true, at);
}

pub(crate) fn acknowledged(state: &mut State, fact: &UnitAcknowledged, now: Moment) {
    let at = fact.at.unwrap_or(now);
    change(state, (fact.incident, fact.unit), now, |task| task.acknowledged = Some(at));
}

pub(crate) fn en_route(state: &mut State, fact: &UnitEnRoute, now: Moment) {
    let at = fact.at.unwrap_or(now);
    change(state, (fact.incident, fact.unit), now, |task| task.en_route = Some(at));
}

pub(crate) fn on_scene(state: &mut State, fact: &UnitOnScene, now: Moment) {
    let at = fact.at.unwrap_or(now);
    change(state, (fact.incident, fact.unit), now, |task| task.on_scene = Some(at));
}

pub(crate) fn transporting(state: &mut State, fact: &UnitTransporting, now: Moment) {
    let to = fact.to;
    change(state, (fact.incident, fact.unit), now, |task| task.transporting = Some((now, to)));
}

fn ends(state: &mut State, of: (IncidentId, UnitId), at: Moment, how: Outcome) {
    stop_unit(state, of.1);
    freed(state, of.1, at);
    change(state, of, at, |task| task.ended = Some((at, how)));
}

pub(crate) fn cleared(state: &mut State, fact: &UnitCleared, at: Moment) {
    ends(state, (fact.incident, fact.unit), at, Outcome::Cleared);
}

pub(crate) fn declined(state: &mut State, fact: &UnitDeclined, at: Moment) {
    ends(state, (fact.incident, fact.unit), at, Outcome::Declined(fact.reason));
}

pub(crate) fn recalled(state: &mut State, fact: &UnitRecalled, at: Moment) {
    ends(state, (fact.incident, fact.unit), at, Outcome::Recalled(fact.reason));
}

pub(crate) fn preempted(state: &mut State, fact: &UnitPreempted, at: Moment) {
    let how = Outcome::Preempted(fact.for_incident);
    ends(state, (fact.incident, fact.unit), at, how);
}
