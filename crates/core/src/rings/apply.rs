//! What becomes of rings.

use super::Ring;
use crate::clocks::Timer;
use crate::duty::LevelOrder;
use crate::event::{RingActivated, RingRetired, RingSet};
use crate::{Moment, RingId, State};

/// A ring described anew stays called out as it was.
pub(crate) fn described(state: &mut State, fact: &RingSet) {
    let RingSet { ring, ref plan } = *fact;
    let active = state.rings.get(&ring).and_then(|before| before.active);
    state.rings.insert(ring, Ring { plan: plan.clone(), active });
    state.next_ring = state.next_ring.max(RingId(ring.0.saturating_add(1)));
}

pub(crate) fn retired(state: &mut State, fact: &RingRetired) {
    state.rings.remove(&fact.ring);
}

fn order(state: &mut State, ring: RingId, order: Option<LevelOrder>) {
    state.rings.get_mut(&ring).expect("an event names a ring that is there").active = order;
}

pub(crate) fn activated(state: &mut State, fact: &RingActivated, since: Moment) {
    let RingActivated { ring, level, reason, approver, until } = *fact;
    order(state, ring, Some(LevelOrder { level, reason, approver, since, until }));
    state.timers.set(Timer::Ring(ring), until.tick, 0);
}

/// Stood down by somebody, or at its end.
pub(crate) fn stands_down(state: &mut State, ring: RingId) {
    order(state, ring, None);
    state.timers.stop(Timer::Ring(ring));
}
