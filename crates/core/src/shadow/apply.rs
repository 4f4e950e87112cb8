//! What becomes of the policy that is watched.

use super::Shadow;
use crate::clocks::Timer;
use crate::event::ShadowSet;
use crate::{Moment, StaffNo, State};

pub(crate) fn set(state: &mut State, fact: &ShadowSet, since: Moment, by: StaffNo) {
    let ShadowSet { policy, until } = *fact;
    state.shadow = Some(Shadow { policy, by, since, until });
    state.timers.set(Timer::Shadow, until.tick, 0);
}

pub(crate) fn ended(state: &mut State) {
    state.shadow = None;
    state.timers.stop(Timer::Shadow);
}
