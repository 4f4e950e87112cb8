//! The duty officer seals off incidents and calls rings out: whoever is at hand is sent, moved about, and let go.

use precinct_base::{AreaId, LonLat, Millis, NodeId, UnitId};
use precinct_core::{
    Approval, Code, Containment, ContainmentId, ContainmentOrder, DutyLevel, Moment, Order, RingId,
    RingOrder, RingPlan, SealPlan, SealPoint, SealProof, State, Title, Travels,
};

use super::post::World;

fn point(world: &mut World, units: u32) -> SealPoint {
    let place = world.rng.index(6) as i32;
    let unit = world.rng.chance(800).then(|| UnitId(world.rng.index(units as usize + 1) as u32));
    SealPoint {
        point: 0,
        at: LonLat::new(1_135_000_000 + place * 1_000, 221_000_000).unwrap_or_default(),
        node: NodeId(place.unsigned_abs()),
        title: Title::default(),
        unit,
        fix_age: None,
        arrival: unit.map(|_| Millis::from_seconds(90)),
        quarry: Millis::from_seconds(120),
    }
}

/// Points anywhere, held by anybody: it is for the core to say who may not.
fn plan(world: &mut World, now: Moment) -> SealPlan {
    let units = world.plan.units;
    let count = world.rng.between(1, 3);
    let mut points: Vec<SealPoint> = (0..count).map(|_| point(world, units)).collect();
    points.sort_by_key(|point| point.at);
    points.dedup_by_key(|point| point.at);
    SealPlan {
        points,
        sealed: false,
        proof: SealProof::Unknown,
        least: 1,
        travels: Travels::Car,
        left: now.wall,
        roads: Code::literal("r"),
        posts: Code::literal("p"),
    }
}

/// An incident that goes on, if one does.
fn incident(world: &mut World, state: &State) -> Option<precinct_core::IncidentId> {
    let open: Vec<_> =
        state.incidents().iter().filter(|(_, one)| one.is_open()).map(|(&id, _)| id).collect();
    (!open.is_empty()).then(|| open[world.rng.index(open.len())])
}

fn containment(world: &mut World, state: &State) -> Option<ContainmentId> {
    let all: Vec<(&ContainmentId, &Containment)> = state.containments().iter().collect();
    (!all.is_empty()).then(|| *all[world.rng.index(all.len())].0)
}

/// An order to seal something off, if there is something.
pub(super) fn seal(
    world: &mut World,
    state: &State,
    now: Moment,
    approval: Approval,
) -> Option<Order> {
    let reason = Code::literal("sealed_area");
    let order = match (world.rng.between(0, 3), containment(world, state)) {
        (0, Some(containment)) => {
            let reason = Code::literal("not_needed");
            ContainmentOrder::StandDown { containment, reason }
        }
        (1 | 2, Some(containment)) => {
            let approval = world.rng.chance(300).then_some(approval);
            ContainmentOrder::Replan { containment, plan: Box::new(plan(world, now)), approval }
        }
        _ => {
            let incident = incident(world, state)?;
            ContainmentOrder::Begin { incident, plan: Box::new(plan(world, now)), reason, approval }
        }
    };
    Some(Order::Containment(order))
}

/// An order for a ring.
pub(super) fn ring(world: &mut World, state: &State, approval: Approval) -> Order {
    let reason = Code::literal("event");
    let Some(ring) = state.rings().keys().next().copied() else {
        let title = Title { en: "Inner ring".to_owned(), zh: String::new() };
        return Order::Ring(RingOrder::Define(RingPlan {
            title,
            area: AreaId(1),
            border: Some(AreaId(1)),
            line: Vec::new(),
            travels: Travels::Car,
            crossings: Vec::new(),
            roads: Code::literal("r"),
        }));
    };
    let level = [DutyLevel::L1, DutyLevel::L2, DutyLevel::L3][world.rng.index(3)];
    Order::Ring(match world.rng.between(0, 3) {
        0 => RingOrder::StandDown { ring, reason },
        1 => RingOrder::Retire { ring: RingId(ring.0), reason },
        _ => RingOrder::Activate { ring, level, reason, approval },
    })
}
