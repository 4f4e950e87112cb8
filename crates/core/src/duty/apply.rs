//! What becomes of duty levels.

use super::LevelOrder;
use crate::clocks::Timer;
use crate::event::{DutyLevelLapsed, DutyLevelSet};
use crate::{Moment, State};

pub(crate) fn ordered(state: &mut State, fact: &DutyLevelSet, since: Moment) {
    let DutyLevelSet { area, level, reason, approver, until } = *fact;
    let order = LevelOrder { level, reason, approver, since, until };
    state.areas.get_mut(&area).expect("an event names an area that is there").duty = Some(order);
    state.timers.set(Timer::DutyLevel(area), until.tick, 0);
}

pub(crate) fn lapsed(state: &mut State, fact: &DutyLevelLapsed) {
    state.timers.stop(Timer::DutyLevel(fact.area));
    state.areas.get_mut(&fact.area).expect("an event names an area that is there").duty = None;
}
