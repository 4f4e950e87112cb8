//! A unit's progress through its task. Instants may be told late and in any order, but must fit with those that are known.

use precinct_base::UnitId;

use super::{Assignment, AssignmentRejection, Destination, Stage};
use crate::catalogue::List;
use crate::decide::Decision;
use crate::event::{UnitCleared, UnitDeclined, UnitRecalled, UnitTransporting};
use crate::{Code, IncidentId, Moment, Rejection, State};

/// The task that `unit` has on `incident` or on one that is now the same, and where it is recorded.
fn task(
    state: &State,
    incident: IncidentId,
    unit: UnitId,
) -> Result<(IncidentId, &Assignment), Rejection> {
    state.unit(unit)?;
    let root = state.root(incident);
    state.incident(root)?;
    let task = state.assignment(unit).filter(|&(task, _)| state.root(task) == root);
    Ok(task.ok_or(AssignmentRejection::NotOnIt { unit, incident })?)
}

impl Assignment {
    /// The instants that can be told, with their stages, in order.
    fn steps(&self) -> [(Stage, Option<Moment>); 5] {
        [
            (Stage::Dispatched, Some(self.dispatched)),
            (Stage::Acknowledged, self.acknowledged),
            (Stage::EnRoute, self.en_route),
            (Stage::OnScene, self.on_scene),
            (Stage::Transporting, self.transporting.map(|(at, _)| at)),
        ]
    }

    /// Whether `stage` at `at` would be in order with every instant that is known.
    fn in_order(&self, stage: Stage, at: Moment) -> bool {
        let known = self.steps().into_iter().filter_map(|(step, known)| Some((step, known?)));
        known.into_iter().all(|(step, known)| {
            if step < stage { known.tick <= at.tick } else { at.tick <= known.tick }
        })
    }
}

/// That `unit` may be told to have reached `stage` at `at`, or now; and where its task is recorded.
pub(super) fn instant(
    state: &State,
    now: Moment,
    (incident, unit): (IncidentId, UnitId),
    stage: Stage,
    at: Option<Moment>,
) -> Result<IncidentId, Rejection> {
    let (recorded, assignment) = task(state, incident, unit)?;
    if assignment.steps().iter().any(|&(step, known)| step == stage && known.is_some()) {
        return Err(AssignmentRejection::Known { unit, stage }.into());
    }
    let at = at.unwrap_or(now);
    if at.tick > now.tick || !assignment.in_order(stage, at) {
        return Err(AssignmentRejection::Order { unit, stage }.into());
    }
    Ok(recorded)
}

pub(super) fn transport(
    state: &State,
    incident: IncidentId,
    unit: UnitId,
    to: Destination,
) -> Decision {
    let (incident, assignment) = task(state, incident, unit)?;
    match assignment.stage() {
        Stage::OnScene => {}
        stage @ (Stage::Transporting | Stage::Ended) => {
            return Err(AssignmentRejection::Known { unit, stage }.into());
        }
        _ => return Err(AssignmentRejection::NotOnScene { unit }.into()),
    }
    if let Destination::Post(post) = to {
        state.post(post)?;
    }
    Ok(vec![UnitTransporting { incident, unit, to }.into()])
}

/// A task may be over at any stage: what was never reported stays unknown.
pub(super) fn clear(state: &State, incident: IncidentId, unit: UnitId) -> Decision {
    let (incident, _) = task(state, incident, unit)?;
    Ok(vec![UnitCleared { incident, unit }.into()])
}

/// A task that ends before its unit is at `last`.
fn ends_before(
    state: &State,
    incident: IncidentId,
    unit: UnitId,
    (last, reason): (Stage, Code),
) -> Result<IncidentId, Rejection> {
    let (incident, assignment) = task(state, incident, unit)?;
    let stage = assignment.stage();
    if stage >= last {
        return Err(AssignmentRejection::TooLate { unit, stage }.into());
    }
    state.catalogue.need(List::Reasons, reason)?;
    Ok(incident)
}

/// A crew may decline until it is on scene.
pub(super) fn decline(state: &State, incident: IncidentId, unit: UnitId, reason: Code) -> Decision {
    let incident = ends_before(state, incident, unit, (Stage::OnScene, reason))?;
    Ok(vec![UnitDeclined { incident, unit, reason }.into()])
}

/// A unit may be told to turn back until it takes somebody away.
pub(super) fn recall(state: &State, incident: IncidentId, unit: UnitId, reason: Code) -> Decision {
    let incident = ends_before(state, incident, unit, (Stage::Transporting, reason))?;
    Ok(vec![UnitRecalled { incident, unit, reason }.into()])
}
