//! From a plan to facts: who is recalled, who is sent, and which numbers the points have.

use std::collections::BTreeMap;

use precinct_base::{LonLat, UnitId, caps};

use super::{Containment, ContainmentRejection, SealPlan};
use crate::assignments::{Stage, for_more_urgent};
use crate::event::{UnitDispatched, UnitRecalled};
use crate::units::{self, Doing, UnitRejection};
use crate::{Code, Fact, IncidentId, Rejection, State, Thing, TooLong, TooMany};

/// What is planned for an incident: the facts that send its units, and the plan with its points numbered.
pub(super) struct Planned {
    pub(super) facts: Vec<Fact>,
    pub(super) plan: SealPlan,
}

/// Plans `incident` anew: units that no point needs are recalled for `reason`, and those whose place changes are sent anew.
pub(super) fn planned(
    state: &State,
    incident: IncidentId,
    (plan, reason): (&SealPlan, Code),
    before: Option<&Containment>,
) -> Result<Planned, Rejection> {
    checked(plan)?;
    let held = before.map(held).unwrap_or_default();
    let mut facts = Vec::new();
    let named = |unit: UnitId| plan.points.iter().find(|point| point.unit == Some(unit));
    for &unit in held.keys().filter(|&&unit| named(unit).is_none()) {
        facts.extend(recalled(state, unit, reason));
    }
    for point in &plan.points {
        let Some(unit) = point.unit else { continue };
        if held.get(&unit) != Some(&point.at) {
            let here = held.contains_key(&unit);
            send(state, (incident, here), (unit, reason), &mut facts)?;
        }
    }
    let sent = facts.iter().filter(|fact| matches!(fact, Fact::UnitDispatched(_))).count();
    let known = state.incident(incident)?.assignments.len();
    TooMany::check(Thing::UnitsSent, known + sent, caps::ASSIGNMENTS)?;
    Ok(Planned { facts, plan: numbered(plan, before) })
}

/// Where the units that hold points are to be.
fn held(containment: &Containment) -> BTreeMap<UnitId, LonLat> {
    containment.plan.points.iter().filter_map(|point| Some((point.unit?, point.at))).collect()
}

fn checked(plan: &SealPlan) -> Result<(), Rejection> {
    if plan.points.is_empty() {
        return Err(ContainmentRejection::NoPoints.into());
    }
    TooMany::check(Thing::SealPoints, plan.points.len(), caps::SEAL_POINTS)?;
    let mut units: Vec<UnitId> = plan.points.iter().filter_map(|point| point.unit).collect();
    units.sort_unstable();
    if let Some(twice) = units.windows(2).find(|two| two[0] == two[1]) {
        return Err(ContainmentRejection::Twice { unit: twice[0] }.into());
    }
    let mut places: Vec<LonLat> = plan.points.iter().map(|point| point.at).collect();
    places.sort_unstable();
    if places.windows(2).any(|two| two[0] == two[1]) {
        return Err(ContainmentRejection::SamePlace.into());
    }
    for text in plan.points.iter().flat_map(|point| [&point.title.en, &point.title.zh]) {
        TooLong::check(Thing::RoadName, text.len(), caps::NAME_LENGTH)?;
    }
    Ok(())
}

/// That a unit is told to turn back, if it is on a task.
pub(super) fn recalled(state: &State, unit: UnitId, reason: Code) -> Option<Fact> {
    let (incident, _) = state.assignment(unit)?;
    Some(UnitRecalled { incident, unit, reason }.into())
}

/// Sends a unit to its point. One that is on the incident already, or at a point, is told anew where to go, so that it acknowledges that.
fn send(
    state: &State,
    (incident, here): (IncidentId, bool),
    (unit, reason): (UnitId, Code),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    match units::on_duty(state, unit)? {
        Doing::Available => {}
        Doing::Out(reason) => return Err(UnitRejection::Out { unit, reason }.into()),
        Doing::Assigned(task) if here || state.root(task) == incident => {
            let stage = state.assignment(unit).map(|(_, assignment)| assignment.stage());
            if stage >= Some(Stage::Transporting) {
                return Err(ContainmentRejection::Transporting { unit }.into());
            }
            facts.extend(recalled(state, unit, reason));
        }
        Doing::Assigned(_) => facts.push(for_more_urgent(state, incident, unit)?),
    }
    facts.push(UnitDispatched { incident, unit, advice: None }.into());
    Ok(())
}

/// A point keeps its number as long as it stays where it is; a new one has a number that none had before.
fn numbered(plan: &SealPlan, before: Option<&Containment>) -> SealPlan {
    let mut plan = plan.clone();
    let mut next = before.map_or(1, |before| before.next_point);
    for point in &mut plan.points {
        let same =
            before.and_then(|before| before.plan.points.iter().find(|one| one.at == point.at));
        point.point = same.map_or(next, |same| same.point);
        if same.is_none() {
            next = next.saturating_add(1);
        }
    }
    plan
}
