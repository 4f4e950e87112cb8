//! What becomes of plans.

use super::{Plan, PlanApproval, PlanEnd, PlanEnding, PlanPublication, Simulation};
use crate::event::{
    PlanApproved, PlanProposed, PlanPublished, PlanSimulated, PlanSuperseded, PlanWithdrawn,
};
use crate::{Event, Fact, Moment, PlanId, StaffNo, State};

/// What is proposed, tried and withdrawn.
pub(crate) fn tell(state: &mut State, event: &Event) {
    let (at, by) = (event.at, event.by);
    match &event.fact {
        Fact::PlanProposed(fact) => proposed(state, fact, at, by),
        Fact::PlanSimulated(fact) => simulated(state, fact, at, by),
        Fact::PlanWithdrawn(fact) => withdrawn(state, fact, at, by),
        _ => {}
    }
}

/// What is approved, holds, and holds no longer.
pub(crate) fn set(state: &mut State, event: &Event) {
    let (at, by) = (event.at, event.by);
    match &event.fact {
        Fact::PlanApproved(fact) => approved(state, fact, at, by),
        Fact::PlanPublished(fact) => published(state, fact, at, by),
        Fact::PlanSuperseded(fact) => superseded(state, fact, at, by),
        _ => {}
    }
}

fn proposed(state: &mut State, fact: &PlanProposed, at: Moment, by: StaffNo) {
    let PlanProposed { plan, kind, area, ref title, parent, document, inputs, .. } = *fact;
    let PlanProposed { aim, objective, bound, gap_ppm, ref fitted, .. } = *fact;
    let known = Plan {
        kind,
        area,
        title: title.clone(),
        parent,
        document,
        inputs,
        aim,
        objective,
        bound,
        gap_ppm,
        fitted: fitted.clone(),
        proposed: at,
        proposer: by,
        simulations: Vec::new(),
        approval: None,
        publication: None,
        ending: None,
    };
    state.plans.insert(plan, known);
    state.next_plan = PlanId(plan.0 + 1);
}

fn simulated(state: &mut State, fact: &PlanSimulated, at: Moment, by: StaffNo) {
    let PlanSimulated { plan, result, ref days } = *fact;
    let trial = Simulation { result, days: days.clone(), at, by };
    state.plan_mut(plan).simulations.push(trial);
}

fn approved(state: &mut State, fact: &PlanApproved, at: Moment, by: StaffNo) {
    let PlanApproved { plan, reason } = *fact;
    state.plan_mut(plan).approval = Some(PlanApproval { reason, at, by });
}

fn published(state: &mut State, fact: &PlanPublished, at: Moment, by: StaffNo) {
    let PlanPublished { plan, ref posts, ref planned } = *fact;
    let (posts, planned) = (posts.clone(), planned.clone());
    state.plan_mut(plan).publication = Some(PlanPublication { posts, planned, at, by });
}

fn superseded(state: &mut State, fact: &PlanSuperseded, at: Moment, by: StaffNo) {
    let how = PlanEnd::Superseded(fact.by);
    state.plan_mut(fact.plan).ending = Some(PlanEnding { how, at, by });
}

fn withdrawn(state: &mut State, fact: &PlanWithdrawn, at: Moment, by: StaffNo) {
    let how = PlanEnd::Withdrawn(fact.reason);
    state.plan_mut(fact.plan).ending = Some(PlanEnding { how, at, by });
}
