//! Taking a unit off one task for a more urgent one, by the rules of the catalogue.

use precinct_base::UnitId;

use super::{AssignmentRejection, Stage};
use crate::event::UnitPreempted;
use crate::{Fact, IncidentId, Priority, Rejection, State};

/// Takes `unit` off its task for `incident`, if that is more urgent by as much as the rules ask: so much while it is on its way, so
/// much when it is on scene; never when it takes somebody away.
pub(super) fn taken_off(
    state: &State,
    incident: IncidentId,
    unit: UnitId,
) -> Result<Fact, Rejection> {
    let for_incident = incident;
    let Some((task, assignment)) = state.assignment(unit) else {
        return Err(AssignmentRejection::NotOnIt { unit, incident }.into());
    };
    let rules = &state.catalogue.rules;
    let needed = match assignment.stage() {
        Stage::Dispatched | Stage::Acknowledged | Stage::EnRoute => rules.preempt_en_route,
        Stage::OnScene => rules.preempt_on_scene,
        Stage::Transporting | Stage::Ended => 0,
    };
    let priority = |id| -> Result<Priority, Rejection> { Ok(state.incident(id)?.grading.priority) };
    let gap = priority(state.root(task))?.number().saturating_sub(priority(incident)?.number());
    if needed == 0 || gap < needed {
        return Err(AssignmentRejection::Busy { unit, busy_with: task, incident }.into());
    }
    Ok(UnitPreempted { incident: task, unit, for_incident }.into())
}
