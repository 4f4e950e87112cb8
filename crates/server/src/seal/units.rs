//! The units that may be sent to points, and where they are.

use std::collections::BTreeMap;

use precinct_base::{LonLat, Millimetres, Millis, NodeId, Timestamp, UnitId};
use precinct_containment::{Held, Order, UnitAt};
use precinct_core::{Containment, Doing, Priority, Stage, State, Unit};
use precinct_positions::View;

use super::ask::Ask;
use crate::advise::placed;
use crate::app::App;
use crate::ground::profile;
use crate::reach::SEEN;

/// Units as they are asked about, with the age of each one's fix.
#[derive(Debug, Default)]
pub(super) struct Force {
    pub(super) units: Vec<UnitAt>,
    pub(super) fix_age: BTreeMap<UnitId, Option<Millis>>,
    /// Who was ordered where before.
    pub(super) previous: Vec<Order>,
}

/// Whether a unit may be sent for what is asked: it is free, on the incident already, or on something less urgent that it may be taken off.
fn may_go(state: &State, id: UnitId, unit: &Unit, ask: &Ask, priority: Priority) -> bool {
    match unit.doing() {
        Some(Doing::Available) => true,
        Some(Doing::Assigned(task)) if state.root(task) == state.root(ask.incident) => {
            let stage = state.assignment(id).map(|(_, task)| task.stage());
            stage.is_some_and(|stage| stage < Stage::Transporting)
        }
        Some(Doing::Assigned(_)) => ask.pre_empt && state.may_preempt(id, priority).is_some(),
        Some(Doing::Out(_)) | None => false,
    }
}

/// Since when each unit holds the point it was sent to, of those that stand there.
fn holds(state: &State, containment: Option<&Containment>, ask: &Ask) -> BTreeMap<UnitId, Held> {
    let points = containment.into_iter().flat_map(|known| &known.plan.points);
    let held = points.filter_map(|point| {
        let unit = point.unit?;
        let there = state.assignment(unit)?.1.on_scene?;
        let after = there.wall.0.saturating_sub(ask.left.0);
        let after = Millis(u32::try_from(after).unwrap_or(0));
        Some((unit, Held { node: point.node, since: after.saturating_add(ask.set_up) }))
    });
    held.collect()
}

/// Where a unit was seen last, or its post is: before it is looked for on the streets, which takes longer.
fn somewhere(state: &State, view: &View, id: UnitId, unit: &Unit) -> Option<LonLat> {
    let post = || Some(state.posts().get(&unit.home?)?.at);
    view.latest(id).map(|position| position.at).or_else(post)
}

/// Nobody drives faster than this, in millimetres a millisecond: 234 km/h.
const FASTEST: u64 = 65;

/// From further away than this nobody gets in time to where whoever left could be.
fn too_far(ask: &Ask, now: Timestamp) -> Millimetres {
    let (since, ahead) = (after(ask.left, now), u64::from(ask.ahead.0));
    Millimetres((u64::from(since.0) + 2 * ahead) * FASTEST)
}

impl Force {
    /// Everybody who may be sent.
    pub(super) fn of(
        app: &App,
        state: &State,
        ask: &Ask,
        containment: Option<&Containment>,
    ) -> Self {
        let mut force = Self::default();
        let Some(incident) = state.incidents().get(&state.root(ask.incident)) else { return force };
        let priority = incident.grading.priority;
        let held = holds(state, containment, ask);
        let (view, far) = (app.field.view(), too_far(ask, app.watch.wall()));
        for (&id, unit) in state.units() {
            let near =
                || somewhere(state, &view, id, unit).is_some_and(|at| at.distance(ask.at) <= far);
            if !may_go(state, id, unit, ask, priority) || !near() {
                continue;
            }
            let place = placed(&app.ground, state, &view, id, unit);
            let fresh = place.fix_age.is_none_or(|age| age <= SEEN);
            let profile = profile(unit.vehicle).filter(|&by| app.ground.network(by).is_some());
            let Some((profile, at)) = profile.zip(place.snap).filter(|_| fresh) else { continue };
            let (delay, holds) = (Millis::ZERO, held.get(&id).copied());
            force.units.push(UnitAt { unit: id, profile, at, delay, holds });
            force.fix_age.insert(id, place.fix_age);
        }
        let points = containment.into_iter().flat_map(|known| &known.plan.points);
        let order = |unit: Option<UnitId>, node: NodeId| unit.map(|unit| Order { unit, node });
        force.previous = points.filter_map(|point| order(point.unit, point.node)).collect();
        force
    }
}

/// How long something is after somebody left; nothing before.
pub(super) fn after(left: Timestamp, at: Timestamp) -> Millis {
    Millis(u32::try_from(at.0.saturating_sub(left.0).max(0)).unwrap_or(u32::MAX))
}
