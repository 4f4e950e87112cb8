//! What becomes of containments.

use super::{Containment, Posted, SealPlan};
use crate::clocks::{Timer, refresh};
use crate::event::{ContainmentOrdered, ContainmentReplanned};
use crate::{ContainmentId, Moment, State};

pub(crate) fn ordered(state: &mut State, fact: &ContainmentOrdered, at: Moment) {
    let ContainmentOrdered { containment, incident, ref plan, reason, approver, until } = *fact;
    let plan = SealPlan::clone(plan);
    let begun = Containment {
        incident,
        reason,
        approver,
        since: at,
        planned: at,
        until,
        plan,
        next_point: 1,
    };
    state.containments.insert(containment, begun);
    state.next_containment =
        state.next_containment.max(ContainmentId(containment.0.saturating_add(1)));
    taken_up(state, containment, at);
}

pub(crate) fn planned_anew(state: &mut State, fact: &ContainmentReplanned, at: Moment) {
    let ContainmentReplanned { containment, ref plan, approver, until, .. } = *fact;
    let known = containment_mut(state, containment);
    (known.plan, known.planned) = (SealPlan::clone(plan), at);
    (known.approver, known.until) = (approver, until);
    taken_up(state, containment, at);
}

fn containment_mut(state: &mut State, containment: ContainmentId) -> &mut Containment {
    state.containments.get_mut(&containment).expect("an event names a containment that goes on")
}

/// Each unit that is named takes up its point, and the end is set.
fn taken_up(state: &mut State, containment: ContainmentId, at: Moment) {
    let known = containment_mut(state, containment);
    let highest = known.plan.points.iter().map(|point| point.point).max();
    let next = highest.map_or(1, |highest| highest.saturating_add(1));
    known.next_point = known.next_point.max(next);
    let (incident, until) = (known.incident, known.until);
    let points: Vec<_> = known.plan.points.iter().map(|point| (point.point, point.unit)).collect();
    for (point, unit) in points {
        let Some((unit, task)) = unit.and_then(|unit| Some((unit, state.assignment(unit)?.0)))
        else {
            continue;
        };
        let tasks = state.incident_mut(task).assignments.iter_mut().rev();
        if let Some(task) = tasks.into_iter().find(|task| task.unit == unit && task.is_active()) {
            task.posted = Some(Posted { containment, point });
        }
    }
    state.timers.set(Timer::Containment(containment), until.tick, 0);
    refresh(state, incident, at);
}

/// A unit leaves the point that it held: nobody holds it any more.
pub(crate) fn leaves(state: &mut State, posted: Option<Posted>) {
    let Some(Posted { containment, point }) = posted else { return };
    let Some(known) = state.containments.get_mut(&containment) else { return };
    if let Some(point) = known.plan.points.iter_mut().find(|one| one.point == point) {
        point.unit = None;
    }
}

/// Stood down by somebody, or at its end. Everybody has been recalled before.
pub(crate) fn ends(state: &mut State, containment: ContainmentId) {
    state.containments.remove(&containment);
    state.timers.stop(Timer::Containment(containment));
}
