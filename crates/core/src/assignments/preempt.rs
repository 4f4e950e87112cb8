//! Taking a unit off one task for a more urgent one, by the rules of the catalogue.

use precinct_base::UnitId;

use super::{AssignmentRejection, Stage};
use crate::event::UnitPreempted;
use crate::{Fact, IncidentId, Priority, Rejection, State};

impl State {
    /// The task that `unit` may be taken off for something of `priority`, by the rules of the catalogue: so much more urgent while it
    /// is on its way, so much when it is on scene; never when it takes somebody away. Nothing if it may not, or has no task.
    pub fn may_preempt(&self, unit: UnitId, priority: Priority) -> Option<IncidentId> {
        let (task, assignment) = self.assignment(unit)?;
        let rules = &self.catalogue.rules;
        let needed = match assignment.stage() {
            Stage::Dispatched | Stage::Acknowledged | Stage::EnRoute => rules.preempt_en_route,
            Stage::OnScene => rules.preempt_on_scene,
            Stage::Transporting | Stage::Ended => 0,
        };
        let for_task = self.incidents.get(&self.root(task))?.grading.priority;
        let gap = for_task.number().saturating_sub(priority.number());
        (needed > 0 && gap >= needed).then_some(task)
    }
}

/// Takes `unit` off its task for `incident`, if that is more urgent by as much as the rules ask.
pub(crate) fn taken_off(
    state: &State,
    incident: IncidentId,
    unit: UnitId,
) -> Result<Fact, Rejection> {
    let for_incident = incident;
    let Some((busy_with, _)) = state.assignment(unit) else {
        return Err(AssignmentRejection::NotOnIt { unit, incident }.into());
    };
    let priority = state.incident(incident)?.grading.priority;
    match state.may_preempt(unit, priority) {
        Some(task) => Ok(UnitPreempted { incident: task, unit, for_incident }.into()),
        None => Err(AssignmentRejection::Busy { unit, busy_with, incident }.into()),
    }
}
