//! Which clocks run: worked out anew from what is so, whenever that changes, so that none is forgotten and none outlives its cause.
//!
//! - Unanswered: the incident is open and no unit is on it. So it runs before the first unit is sent, and again when the last one has
//!   left and nobody has closed the incident.
//! - Unacknowledged: the unit was sent and nothing was heard of it.
//! - Overdue: the unit was sent and is not there.
//! - Welfare: the unit is on scene and no other is.
//!
//! An incident and those merged into it are one here; the grade of the one they go on under sets the times.

use precinct_base::{Millis, UnitId};

use super::{Clock, Timer};
use crate::assignments::Stage;
use crate::{ClockTimes, IncidentId, Moment, State};

/// Every clock that can run for a unit, with its time.
fn of_unit(unit: UnitId, times: &ClockTimes) -> [(Clock, Millis); 3] {
    [
        (Clock::Unacknowledged(unit), times.unacknowledged),
        (Clock::Overdue(unit), times.overdue),
        (Clock::Welfare(unit), times.welfare),
    ]
}

/// Clocks of the incidents that go on as `root`: which, after what time, and whether it is to run.
fn wanted(state: &State, root: IncidentId) -> Vec<(Clock, Millis, bool)> {
    let Some(incident) = state.incidents.get(&root) else { return Vec::new() };
    let grading = &incident.grading;
    let times = state.catalogue.clocks(grading.kind, grading.priority);
    let family = || state.family(root);
    let active = || {
        let assignments = family().flat_map(|(_, member)| &member.assignments);
        assignments.filter(|assignment| assignment.is_active())
    };
    let there = active().filter(|assignment| assignment.stage() == Stage::OnScene).count();
    let busy = active().count();
    let unanswered = incident.is_open() && busy == 0;
    // Replay comes by here at every step of every task: one allocation, of the right size.
    let mut clocks = Vec::with_capacity(1 + incident.merged.len() + 3 * busy);
    let alone = |(id, _)| (Clock::Unanswered(id), times.unanswered, id == root && unanswered);
    clocks.extend(family().map(alone));
    for assignment in active() {
        let stage = assignment.stage();
        for (clock, after) in of_unit(assignment.unit, times) {
            let runs = match clock {
                Clock::Unacknowledged(_) => stage == Stage::Dispatched,
                Clock::Overdue(_) => stage < Stage::OnScene,
                _ => stage == Stage::OnScene && there == 1,
            };
            clocks.push((clock, after, runs));
        }
    }
    clocks
}

/// Starts the clocks that are to run and do not, and stops those that run and are not to.
pub(crate) fn refresh(state: &mut State, incident: IncidentId, at: Moment) {
    for (clock, after, runs) in wanted(state, state.root(incident)) {
        let timer = Timer::Clock(clock);
        if !runs {
            state.timers.stop(timer);
        } else if state.timers.get(timer).is_none() {
            state.timers.set(timer, at.later(after).tick, 0);
        }
    }
}

/// Brings forward clocks that have not rung, where the grade now asks for less time. None is put off by a grade.
pub(crate) fn shorten(state: &mut State, incident: IncidentId, at: Moment) {
    for (clock, after, _) in wanted(state, state.root(incident)) {
        let (timer, due) = (Timer::Clock(clock), at.later(after).tick);
        if state.timers.get(timer).is_some_and(|alarm| alarm.told == 0 && alarm.due > due) {
            state.timers.set(timer, due, 0);
        }
    }
}

/// Stops the clocks of a unit that has no task any more.
pub(crate) fn stop_unit(state: &mut State, unit: UnitId) {
    for clock in [Clock::Unacknowledged(unit), Clock::Overdue(unit), Clock::Welfare(unit)] {
        state.timers.stop(Timer::Clock(clock));
    }
}
