//! Describing rings, calling them out and standing them down.

use precinct_base::{PostKind, caps};

use super::{Crossing, RingPlan, RingRejection};
use crate::catalogue::List;
use crate::decide::Decision;
use crate::event::{RingActivated, RingRetired, RingSet, RingStoodDown};
use crate::order::RingOrder;
use crate::{Moment, Rejection, State, Thing, TooLong, TooMany};

/// The fewest places that a closed line can have.
const FEWEST: usize = 3;

/// What becomes of an order for a ring.
pub(crate) fn step(state: &State, at: Moment, order: &RingOrder) -> Decision {
    match *order {
        RingOrder::Define(ref plan) => {
            TooMany::check(Thing::Rings, state.rings.len() + 1, caps::RINGS)?;
            described(state, plan)?;
            Ok(vec![RingSet { ring: state.next_ring, plan: plan.clone() }.into()])
        }
        RingOrder::Change { ring, ref plan } => {
            state.ring(ring)?;
            described(state, plan)?;
            Ok(vec![RingSet { ring, plan: plan.clone() }.into()])
        }
        RingOrder::Retire { ring, reason } => {
            if state.ring(ring)?.active.is_some() {
                return Err(RingRejection::Active { ring }.into());
            }
            state.catalogue.need(List::Reasons, reason)?;
            Ok(vec![RingRetired { ring, reason }.into()])
        }
        // An order replaces the one before it; each has its own end.
        RingOrder::Activate { ring, level, reason, ref approval } => {
            state.ring(ring)?;
            state.catalogue.need(List::Reasons, reason)?;
            let (approver, until) = (approval.approver, approval.until(state, at)?);
            Ok(vec![RingActivated { ring, level, reason, approver, until }.into()])
        }
        RingOrder::StandDown { ring, reason } => {
            if state.ring(ring)?.active.is_none() {
                return Err(RingRejection::Idle { ring }.into());
            }
            state.catalogue.need(List::Reasons, reason)?;
            Ok(vec![RingStoodDown { ring, reason }.into()])
        }
    }
}

/// Checks what every ring has.
fn described(state: &State, plan: &RingPlan) -> Result<(), Rejection> {
    plan.title.check(Thing::Ring)?;
    state.area(plan.area)?;
    match plan.border {
        Some(border) if plan.line.is_empty() => _ = state.area(border)?,
        None if plan.line.len() >= FEWEST => {}
        _ => return Err(RingRejection::Line.into()),
    }
    TooMany::check(Thing::RingPlaces, plan.line.len(), caps::RING_PLACES)?;
    TooMany::check(Thing::Crossings, plan.crossings.len(), caps::RING_CROSSINGS)?;
    plan.crossings.iter().try_for_each(|crossing| crosses(state, crossing))
}

/// A crossing is manned by a checkpoint or by nobody. Roads may have no name.
fn crosses(state: &State, crossing: &Crossing) -> Result<(), Rejection> {
    for text in [&crossing.title.en, &crossing.title.zh] {
        TooLong::check(Thing::RoadName, text.len(), caps::NAME_LENGTH)?;
    }
    let Some(post) = crossing.post else { return Ok(()) };
    match state.post(post)?.kind {
        PostKind::Checkpoint => Ok(()),
        kind => Err(RingRejection::Post { post, kind }.into()),
    }
}
