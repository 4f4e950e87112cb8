//! Proposing, trying, approving, publishing and withdrawing plans.

use std::collections::BTreeSet;

use precinct_base::{PostId, caps};

use super::{Day, Plan, PlanKind, PlanRejection};
use crate::catalogue::List;
use crate::decide::Decision;
use crate::event::{
    PlanApproved, PlanProposed, PlanPublished, PlanSimulated, PlanSuperseded, PlanWithdrawn,
    PostRemoved, PostSet,
};
use crate::posts;
use crate::{
    ApprovalRejection, By, Code, Fact, FileHash, PlanId, PlanOrder, PlannedPost, Proposal,
    Rejection, State, Thing, TooMany,
};

/// What becomes of something that is to be done with a plan.
pub(crate) fn decide(state: &State, by: By, order: &PlanOrder) -> Decision {
    match *order {
        PlanOrder::Propose(ref proposal) => propose(state, proposal),
        PlanOrder::Simulate { plan, result, ref days } => simulate(state, plan, result, days),
        PlanOrder::Approve { plan, reason } => approve(state, by, plan, reason),
        PlanOrder::Publish { plan, ref keeps, ref adds } => publish(state, plan, keeps, adds),
        PlanOrder::Withdraw { plan, reason } => withdraw(state, plan, reason),
    }
}

/// Days in order, each once.
fn days(days: &[Day]) -> Result<Vec<Day>, TooMany> {
    let once: BTreeSet<Day> = days.iter().copied().collect();
    TooMany::check(Thing::PlanDays, once.len(), caps::PLAN_DAYS)?;
    Ok(once.into_iter().collect())
}

/// A plan that something can still be done with.
fn going(state: &State, plan: PlanId) -> Result<&Plan, Rejection> {
    let known = state.plan(plan)?;
    if known.ending.is_some() {
        return Err(PlanRejection::Over { plan, status: known.status() }.into());
    }
    Ok(known)
}

fn propose(state: &State, proposal: &Proposal) -> Decision {
    let &Proposal { kind, area, parent, document, inputs, audited, .. } = proposal;
    let &Proposal { aim, objective, bound, gap_ppm, ref title, .. } = proposal;
    TooMany::check(Thing::Plans, state.plans.len() + 1, caps::PLANS)?;
    state.area(area)?;
    title.check(Thing::Plan)?;
    if let Some(parent) = parent {
        let of = state.plan(parent)?.kind;
        if of != kind {
            return Err(PlanRejection::Parent { parent, kind: of }.into());
        }
    }
    if !audited {
        return Err(PlanRejection::Unaudited.into());
    }
    let same = |plan: &Plan| plan.ending.is_none() && plan.document == document;
    if let Some((&plan, _)) = state.plans.iter().find(|(_, plan)| same(plan)) {
        return Err(PlanRejection::Known { plan }.into());
    }
    let (title, fitted) = (title.clone(), days(&proposal.fitted)?);
    let proposed = PlanProposed {
        plan: state.next_plan,
        kind,
        area,
        title,
        parent,
        document,
        inputs,
        aim,
        objective,
        bound,
        gap_ppm,
        audited,
        fitted,
    };
    Ok(vec![proposed.into()])
}

fn simulate(state: &State, plan: PlanId, result: FileHash, on: &[Day]) -> Decision {
    let known = going(state, plan)?;
    let days = days(on)?;
    if days.is_empty() {
        return Err(PlanRejection::NoDays { plan }.into());
    }
    if let Some(&day) = days.iter().find(|day| known.fitted.contains(day)) {
        return Err(PlanRejection::Fitted { plan, day }.into());
    }
    if known.simulations.iter().any(|one| one.result == result) {
        return Err(PlanRejection::TrialKnown { plan, result }.into());
    }
    TooMany::check(Thing::PlanTrials, known.simulations.len() + 1, caps::PLAN_TRIALS)?;
    Ok(vec![PlanSimulated { plan, result, days }.into()])
}

/// That a plan was tried on days it was not made from: [`simulate`] takes no others.
fn tried(plan: PlanId, known: &Plan) -> Result<(), PlanRejection> {
    if known.simulations.is_empty() { Err(PlanRejection::Untried { plan }) } else { Ok(()) }
}

/// What is approved is the plan with its trial. Nobody approves what they proposed.
fn approve(state: &State, by: By, plan: PlanId, reason: Code) -> Decision {
    let known = going(state, plan)?;
    if let Some(before) = known.approval {
        return Err(PlanRejection::Approved { plan, by: before.by }.into());
    }
    if !by.role.approves() {
        return Err(ApprovalRejection::Role { approver: by.staff, role: by.role }.into());
    }
    if by.staff == known.proposer {
        return Err(PlanRejection::Own { plan, staff: by.staff }.into());
    }
    tried(plan, known)?;
    state.catalogue.need(List::Reasons, reason)?;
    Ok(vec![PlanApproved { plan, reason }.into()])
}

/// Whether a unit works from a post.
fn is_home(state: &State, post: PostId) -> bool {
    state.units.values().any(|unit| unit.home == Some(post))
}

/// The posts that go with a plan: those that are there by a plan, but for those that `keeps` has and those that a unit works from.
fn removals(state: &State, known: &Plan, keeps: &BTreeSet<PostId>) -> Vec<Fact> {
    let planned = known.publication.iter().flat_map(|publication| &publication.planned);
    let gone = planned.filter(|post| {
        state.posts.contains_key(post) && !keeps.contains(post) && !is_home(state, **post)
    });
    gone.map(|&post| PostRemoved { post }.into()).collect()
}

/// The gate: nothing holds that was not tried on days it was not made from, and approved by a second person. The plan of the same kind
/// and area that held until now is superseded, and the posts it had added go with it, but for those that the new one keeps.
fn publish(state: &State, plan: PlanId, keeps: &[PostId], adds: &[PlannedPost]) -> Decision {
    let known = going(state, plan)?;
    if known.publication.is_some() {
        return Err(PlanRejection::Published { plan }.into());
    }
    tried(plan, known)?;
    known.approval.ok_or(PlanRejection::Unapproved { plan })?;
    if known.kind == PlanKind::Patrol && !(keeps.is_empty() && adds.is_empty()) {
        return Err(PlanRejection::NoPosts { plan }.into());
    }
    TooMany::check(Thing::PlanPosts, keeps.len() + adds.len(), caps::PLAN_POSTS)?;
    TooMany::check(Thing::Posts, state.posts.len() + adds.len(), caps::POSTS)?;
    let keeps: BTreeSet<PostId> = keeps.iter().copied().collect();
    for &post in &keeps {
        state.post(post)?;
    }
    let added = added(state, adds)?;
    let before = state.plans.iter().find(|&(&id, one)| {
        id != plan
            && (one.kind, one.area) == (known.kind, known.area)
            && one.publication.is_some()
            && one.ending.is_none()
    });
    let new = || added.iter().map(|post| post.post);
    let inherited = before.iter().filter_map(|(_, one)| one.publication.as_ref());
    let inherited = inherited.flat_map(|one| &one.planned).copied();
    let planned: BTreeSet<PostId> =
        inherited.filter(|post| keeps.contains(post)).chain(new()).collect();
    let posts = keeps.iter().copied().chain(new()).collect::<BTreeSet<_>>().into_iter().collect();
    let published = PlanPublished { plan, posts, planned: planned.into_iter().collect() };
    let mut facts = vec![published.into()];
    facts.extend(added.into_iter().map(Fact::from));
    if let Some((&old, one)) = before {
        facts.push(PlanSuperseded { plan: old, by: plan }.into());
        facts.extend(removals(state, one, &keeps));
    }
    Ok(facts)
}

/// Posts that are added, under numbers that no post has, nor one of a plan had.
fn added(state: &State, adds: &[PlannedPost]) -> Result<Vec<PostSet>, Rejection> {
    let of_plans = state.plans.values().filter_map(|plan| plan.publication.as_ref());
    let of_plans = of_plans.filter_map(|publication| publication.posts.last());
    let last = state.posts.keys().next_back().into_iter().chain(of_plans).max();
    let last = last.map_or(0, |last| last.0);
    let numbered = (1..).zip(adds).map(|(n, add)| {
        let &PlannedPost { kind, area, at, hours, level, ref title } = add;
        let post = PostId(last.saturating_add(n));
        let set = PostSet { post, kind, area, at, hours, level, title: title.clone() };
        posts::set(state, &set)?;
        Ok(set)
    });
    numbered.collect()
}

fn withdraw(state: &State, plan: PlanId, reason: Code) -> Decision {
    let known = going(state, plan)?;
    state.catalogue.need(List::Reasons, reason)?;
    let mut facts = vec![PlanWithdrawn { plan, reason }.into()];
    facts.extend(removals(state, known, &BTreeSet::new()));
    Ok(facts)
}
