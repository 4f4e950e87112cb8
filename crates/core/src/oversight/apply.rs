//! What becomes of policies and of broken glass. Reads and changed rights are on record and change no state.

use super::Glass;
use crate::clocks::Timer;
use crate::event::{GlassBroken, GlassMended, PolicySet};
use crate::{Moment, State};

pub(crate) fn policy_set(state: &mut State, fact: &PolicySet) {
    state.policy = Some(fact.version);
}

pub(crate) fn broken(state: &mut State, fact: &GlassBroken, since: Moment) {
    let GlassBroken { staff, reason, until } = *fact;
    state.glass.insert(staff, Glass { reason, since, until });
    state.timers.set(Timer::Glass(staff), until.tick, 0);
}

pub(crate) fn mended(state: &mut State, fact: &GlassMended) {
    state.glass.remove(&fact.staff);
    state.timers.stop(Timer::Glass(fact.staff));
}
