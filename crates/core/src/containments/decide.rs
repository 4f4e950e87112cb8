//! Ordering a containment, planning it anew, and letting everybody go.

use super::plan::{planned, recalled};
use super::{Containment, ContainmentRejection};
use crate::catalogue::List;
use crate::decide::Decision;
use crate::event::{
    ContainmentLapsed, ContainmentOrdered, ContainmentReplanned, ContainmentStoodDown,
};
use crate::order::ContainmentOrder;
use crate::{Code, ContainmentId, Fact, IncidentId, Moment, State};

/// What becomes of an order for a containment.
pub(crate) fn step(state: &State, at: Moment, order: &ContainmentOrder) -> Decision {
    match *order {
        ContainmentOrder::Begin { incident, ref plan, reason, ref approval } => {
            state.open_incident(incident)?;
            if let Some(containment) = state.containment_of(incident) {
                return Err(ContainmentRejection::Already { incident, containment }.into());
            }
            state.catalogue.need(List::Reasons, reason)?;
            let (approver, until) = (approval.approver, approval.until(state, at)?);
            let planned = planned(state, incident, (plan, reason), None)?;
            let containment = state.next_containment;
            let plan = Box::new(planned.plan);
            let ordered =
                ContainmentOrdered { containment, incident, plan, reason, approver, until };
            Ok(planned.facts.into_iter().chain([ordered.into()]).collect())
        }
        // It goes on under whoever approved it, until the same end, unless somebody approves it anew.
        ContainmentOrder::Replan { containment, ref plan, ref approval } => {
            let before = state.containment(containment)?;
            let (mut approver, mut until) = (before.approver, before.until);
            if let Some(approval) = approval {
                (approver, until) = (approval.approver, approval.until(state, at)?);
            }
            let incident = state.root(before.incident);
            let planned = planned(state, incident, (plan, before.reason), Some(before))?;
            let (incident, plan) = (before.incident, Box::new(planned.plan));
            let anew = ContainmentReplanned { containment, incident, plan, approver, until };
            Ok(planned.facts.into_iter().chain([anew.into()]).collect())
        }
        ContainmentOrder::StandDown { containment, reason } => {
            let before = state.containment(containment)?;
            state.catalogue.need(List::Reasons, reason)?;
            let incident = before.incident;
            let ends = ContainmentStoodDown { containment, incident, reason };
            Ok(freed(state, before, reason).chain([ends.into()]).collect())
        }
    }
}

/// Everybody who holds a point is recalled.
fn freed<'a>(
    state: &'a State,
    containment: &'a Containment,
    reason: Code,
) -> impl Iterator<Item = Fact> + 'a {
    let held = containment.plan.points.iter().filter_map(|point| point.unit);
    held.filter_map(move |unit| recalled(state, unit, reason))
}

/// It ends by itself, and frees everybody for the reason it was ordered for.
pub(crate) fn lapse(state: &State, containment: ContainmentId) -> Vec<Fact> {
    let Some(before) = state.containments.get(&containment) else { return Vec::new() };
    let ends = ContainmentLapsed { containment, incident: before.incident };
    freed(state, before, before.reason).chain([ends.into()]).collect()
}

/// That an incident is not sealed off any more: it is closed after that is over.
pub(crate) fn sealed_off(state: &State, incident: IncidentId) -> Result<(), ContainmentRejection> {
    let goes_on = |containment| Err(ContainmentRejection::GoesOn { incident, containment });
    state.containment_of(incident).map_or(Ok(()), goes_on)
}
