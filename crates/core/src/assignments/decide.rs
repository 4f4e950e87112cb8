//! Sending units, and patrols that come upon something.

use precinct_base::{UnitId, caps};

use super::preempt::taken_off;
use super::progress::{clear, decline, instant, recall, transport};
use super::{Advice, AssignmentRejection, Stage};
use crate::decide::Decision;
use crate::event::{UnitAcknowledged, UnitDispatched, UnitEnRoute, UnitOnScene, UnitOnView};
use crate::order::Step;
use crate::paper::{When, told};
use crate::units::{self, Doing, UnitRejection};
use crate::{Fact, IncidentId, Rejection, State, Thing, TooMany};

/// A step of the task of `unit` on `incident`.
pub(crate) fn step(
    state: &State,
    when: When,
    (incident, unit): (IncidentId, UnitId),
    step: &Step,
) -> Decision {
    let told = |stage, at| instant(state, when.now, (incident, unit), stage, told(at, when));
    match *step {
        Step::Dispatch(ref advice) => dispatch(state, incident, unit, advice.as_deref()),
        Step::OnView => on_view(state, incident, unit),
        Step::Acknowledge(at) => {
            let incident = told(Stage::Acknowledged, at)?;
            Ok(vec![UnitAcknowledged { incident, unit, at }.into()])
        }
        Step::EnRoute(at) => {
            let incident = told(Stage::EnRoute, at)?;
            Ok(vec![UnitEnRoute { incident, unit, at }.into()])
        }
        Step::OnScene(at) => {
            let incident = told(Stage::OnScene, at)?;
            Ok(vec![UnitOnScene { incident, unit, at }.into()])
        }
        Step::Transport(to) => transport(state, incident, unit, to),
        Step::Clear => clear(state, incident, unit),
        Step::Decline(reason) => decline(state, incident, unit, reason),
        Step::Recall(reason) => recall(state, incident, unit, reason),
    }
}

/// Frees the unit for `incident`: nothing for one that is available, a pre-emption for one on something less urgent.
fn freed(state: &State, incident: IncidentId, unit: UnitId) -> Result<Option<Fact>, Rejection> {
    let opened = state.open_incident(incident)?;
    TooMany::check(Thing::UnitsSent, opened.assignments.len() + 1, caps::ASSIGNMENTS)?;
    match units::on_duty(state, unit)? {
        Doing::Available => Ok(None),
        Doing::Out(reason) => Err(UnitRejection::Out { unit, reason }.into()),
        Doing::Assigned(task) if state.root(task) == incident => {
            Err(AssignmentRejection::OnIt { unit, incident }.into())
        }
        Doing::Assigned(_) => Ok(Some(taken_off(state, incident, unit)?)),
    }
}

/// Anybody on duty may be sent, whatever is recommended: the decision is a person's, and the advice is recorded beside it.
fn dispatch(
    state: &State,
    incident: IncidentId,
    unit: UnitId,
    advice: Option<&Advice>,
) -> Decision {
    let preempted = freed(state, incident, unit)?;
    if let Some(advice) = advice {
        check_advice(unit, advice)?;
    }
    let advice = advice.cloned().map(Box::new);
    let sent = UnitDispatched { incident, unit, advice }.into();
    Ok(preempted.into_iter().chain([sent]).collect())
}

fn check_advice(unit: UnitId, advice: &Advice) -> Result<(), Rejection> {
    TooMany::check(Thing::Candidates, advice.candidates.len(), caps::CANDIDATES)?;
    if let Some(rank) = advice.rank {
        let taken = advice.candidates.get(usize::from(rank));
        if taken.is_none_or(|taken| taken.unit != unit) {
            return Err(AssignmentRejection::Advice { unit, rank }.into());
        }
    }
    Ok(())
}

fn on_view(state: &State, incident: IncidentId, unit: UnitId) -> Decision {
    let preempted = freed(state, incident, unit)?;
    Ok(preempted.into_iter().chain([UnitOnView { incident, unit }.into()]).collect())
}
