//! Which clocks run: worked out anew from what is so, whenever that changes, so that none is forgotten and none outlives its cause.
//!
//! - Unanswered: the incident is open and no unit is on it. So it runs before the first unit is sent, and again when the last one has
//!   left and nobody has closed the incident.
//! - Unacknowledged: the unit was sent and nothing was heard of it.
//! - Overdue: the unit was sent and is not there.
//! - Welfare: the unit is on scene and no other is; at a point that is held, no other at that point.
//!
//! An incident and those merged into it are one here; the grade of the one they go on under sets the times.

use precinct_base::{Millis, UnitId};

use super::{Clock, Timer};
use crate::assignments::{Assignment, Stage};
use crate::incidents::{Incidents, Numbered, family, root};
use crate::{Catalogue, ClockTimes, IncidentId, Moment, State};

/// After what time a clock runs out.
type After = fn(&ClockTimes) -> Millis;

/// Incidents that are answered as one. Replay comes by here at every step of every task, so nothing is looked up twice, and nothing
/// that may not be needed.
#[derive(Clone, Copy)]
struct Family<'a> {
    incidents: &'a Incidents,
    root: Numbered<'a>,
}

impl<'a> Family<'a> {
    fn of(incidents: &'a Incidents, incident: IncidentId) -> Option<Self> {
        Some(Self { incidents, root: root(incidents, incident)? })
    }

    fn members(self) -> impl Iterator<Item = Numbered<'a>> {
        family(self.incidents, self.root)
    }

    /// Tasks that go on.
    fn active(self) -> impl Iterator<Item = &'a Assignment> {
        let tasks = self.members().flat_map(|(_, member)| &member.assignments);
        tasks.filter(|task| task.is_active())
    }

    /// The times that its grade sets.
    fn times(self, catalogue: &Catalogue) -> &ClockTimes {
        let grading = &self.root.1.grading;
        catalogue.clocks(grading.kind, grading.priority)
    }

    /// Shows each clock that it can have: which, after what time, and whether it is to run.
    fn clocks(self, mut each: impl FnMut(Clock, After, bool)) {
        let (mut busy, mut apart) = (0, false);
        for task in self.active() {
            busy += 1;
            apart |= task.posted.is_some();
        }
        let there = |at| {
            let there = self.active().filter(|task| task.stage() == Stage::OnScene);
            there.filter(|task| !apart || task.holds() == at).count()
        };
        let together = if apart { 0 } else { there(None) };
        let unanswered = self.root.1.is_open() && busy == 0;
        for (id, _) in self.members() {
            each(Clock::Unanswered(id), |times| times.unanswered, id == self.root.0 && unanswered);
        }
        for task in self.active() {
            let (unit, stage) = (task.unit, task.stage());
            let silent = stage == Stage::Dispatched;
            let with = if apart { there(task.holds()) } else { together };
            let alone = stage == Stage::OnScene && with == 1;
            each(Clock::Unacknowledged(unit), |times| times.unacknowledged, silent);
            each(Clock::Overdue(unit), |times| times.overdue, stage < Stage::OnScene);
            each(Clock::Welfare(unit), |times| times.welfare, alone);
        }
    }
}

/// Starts the clocks that are to run and do not, and stops those that run and are not to.
pub(crate) fn refresh(state: &mut State, incident: IncidentId, at: Moment) {
    let State { incidents, catalogue, timers, .. } = state;
    let Some(family) = Family::of(incidents, incident) else { return };
    family.clocks(|clock, after, runs| {
        let timer = Timer::Clock(clock);
        if !runs {
            timers.stop(timer);
        } else if timers.get(timer).is_none() {
            timers.set(timer, at.later(after(family.times(catalogue))).tick, 0);
        }
    });
}

/// Brings forward clocks that have not rung, where the grade now asks for less time. None is put off by a grade.
pub(crate) fn shorten(state: &mut State, incident: IncidentId, at: Moment) {
    let State { incidents, catalogue, timers, .. } = state;
    let Some(family) = Family::of(incidents, incident) else { return };
    let times = family.times(catalogue);
    family.clocks(|clock, after, _| {
        let (timer, due) = (Timer::Clock(clock), at.later(after(times)).tick);
        if timers.get(timer).is_some_and(|alarm| alarm.told == 0 && alarm.due > due) {
            timers.set(timer, due, 0);
        }
    });
}

/// Stops the clocks of a unit that has no task any more.
pub(crate) fn stop_unit(state: &mut State, unit: UnitId) {
    for clock in [Clock::Unacknowledged(unit), Clock::Overdue(unit), Clock::Welfare(unit)] {
        state.timers.stop(Timer::Clock(clock));
    }
}
