//! What becomes of units' tasks.

use precinct_base::UnitId;

use super::{Assignment, Outcome, Stage};
use crate::clocks::{refresh, stop_unit};
use crate::containments::leaves;
use crate::event::{
    UnitAcknowledged, UnitCleared, UnitDeclined, UnitDispatched, UnitEnRoute, UnitOnScene,
    UnitOnView, UnitPreempted, UnitRecalled, UnitTransporting,
};
use crate::paper::When;
use crate::units::{assigned, freed};
use crate::{IncidentId, State};

fn begins(state: &mut State, incident: IncidentId, unit: UnitId, on_view: bool, when: When) {
    let at = when.then;
    let seen = on_view.then_some(at);
    let reached = if on_view { Stage::OnScene } else { Stage::Dispatched };
    state.incident_mut(incident).assignments.push(Assignment {
        unit,
        on_view,
        dispatched: at,
        acknowledged: seen,
        en_route: seen,
        on_scene: seen,
        transporting: None,
        ended: None,
        posted: None,
        paper: when.entered.map(|entered| (reached, entered)).into_iter().collect(),
    });
    assigned(state, unit, incident, at);
    refresh(state, incident, when.now);
}

/// Changes the task of `unit` on `incident`, and with it which clocks run.
fn change(
    state: &mut State,
    (incident, unit): (IncidentId, UnitId),
    (when, stage): (When, Stage),
    how: impl FnOnce(&mut Assignment),
) {
    let mut assignments = state.incident_mut(incident).assignments.iter_mut().rev();
    let task = assignments.find(|task| task.unit == unit && task.is_active());
    let task = task.expect("an event names a task that goes on");
    how(task);
    task.paper.extend(when.entered.map(|entered| (stage, entered)));
    refresh(state, incident, when.now);
}

pub(crate) fn dispatched(state: &mut State, fact: &UnitDispatched, when: When) {
    begins(state, fact.incident, fact.unit, false, when);
}

pub(crate) fn came_upon(state: &mut State, fact: &UnitOnView, when: When) {
    begins(state, fact.incident, fact.unit, true, when);
}

pub(crate) fn acknowledged(state: &mut State, fact: &UnitAcknowledged, when: When) {
    let (at, stage) = (fact.at.unwrap_or(when.then), Stage::Acknowledged);
    change(state, (fact.incident, fact.unit), (when, stage), |task| task.acknowledged = Some(at));
}

pub(crate) fn en_route(state: &mut State, fact: &UnitEnRoute, when: When) {
    let (at, stage) = (fact.at.unwrap_or(when.then), Stage::EnRoute);
    change(state, (fact.incident, fact.unit), (when, stage), |task| task.en_route = Some(at));
}

pub(crate) fn on_scene(state: &mut State, fact: &UnitOnScene, when: When) {
    let (at, stage) = (fact.at.unwrap_or(when.then), Stage::OnScene);
    change(state, (fact.incident, fact.unit), (when, stage), |task| task.on_scene = Some(at));
}

pub(crate) fn transporting(state: &mut State, fact: &UnitTransporting, when: When) {
    let (at, to, stage) = (when.then, fact.to, Stage::Transporting);
    let of = (fact.incident, fact.unit);
    leaves_point(state, of.1);
    change(state, of, (when, stage), |task| task.transporting = Some((at, to)));
}

/// A unit holds its point no more, if it held one.
fn leaves_point(state: &mut State, unit: UnitId) {
    let held = state.assignment(unit).and_then(|(_, task)| task.holds());
    leaves(state, held);
}

fn ends(state: &mut State, of: (IncidentId, UnitId), when: When, how: Outcome) {
    let at = when.then;
    leaves_point(state, of.1);
    stop_unit(state, of.1);
    freed(state, of.1, at);
    change(state, of, (when, Stage::Ended), |task| task.ended = Some((at, how)));
}

pub(crate) fn cleared(state: &mut State, fact: &UnitCleared, when: When) {
    ends(state, (fact.incident, fact.unit), when, Outcome::Cleared);
}

pub(crate) fn declined(state: &mut State, fact: &UnitDeclined, when: When) {
    ends(state, (fact.incident, fact.unit), when, Outcome::Declined(fact.reason));
}

pub(crate) fn recalled(state: &mut State, fact: &UnitRecalled, when: When) {
    ends(state, (fact.incident, fact.unit), when, Outcome::Recalled(fact.reason));
}

pub(crate) fn preempted(state: &mut State, fact: &UnitPreempted, when: When) {
    let how = Outcome::Preempted(fact.for_incident);
    ends(state, (fact.incident, fact.unit), when, how);
}
