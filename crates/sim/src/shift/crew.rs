//! Crews: on their way late, silent, declining, broken down, coming upon things, calling for help.

use precinct_base::{AreaId, PostId, SiteId, UnitId};
use precinct_core::{
    Code, Destination, Doing, Fact, IncidentId, Intake, Moment, Order, Place, Role, Source, State,
    Step,
};

use super::post::{Deed, Happening, World};
use super::town::place;

/// What crews make of what happened; `then` is the patrol that reported what was opened.
pub(super) fn hears(world: &mut World, fact: &Fact, then: Option<UnitId>) {
    match (fact, then) {
        (Fact::UnitDispatched(task), _) => sent(world, task.unit, task.incident),
        (Fact::IncidentOpened(opened), Some(unit)) => {
            let (incident, step) = (opened.incident, Step::OnView);
            world.send(Role::Crew, Order::Task { incident, unit, step });
        }
        (Fact::UnitOnView(seen), _) => {
            let finish = Happening::Crew(seen.unit, seen.incident, Deed::Finish);
            world.within((120, 900), finish);
        }
        _ => {}
    }
}

/// A unit was sent: what it will do about it, and when.
fn sent(world: &mut World, unit: UnitId, incident: IncidentId) {
    let mut at = world.rng.between(3, 40);
    if world.rng.chance(40) {
        return world.after(at as u64 * 1_000, Happening::Crew(unit, incident, Deed::Decline));
    }
    let silent = world.rng.chance(40);
    let steps = [
        (Deed::Acknowledge, 900, (0, 20)),
        (Deed::SetOut, 950, (10, 60)),
        (Deed::Arrive, 970, (60, 720)),
        (Deed::Transport, 100, (120, 900)),
        (Deed::Finish, 980, (120, 2_000)),
    ];
    for (deed, permille, (from, to)) in steps {
        at += world.rng.between(from, to);
        if !silent && world.rng.chance(permille) {
            world.after(at as u64 * 1_000, Happening::Crew(unit, incident, deed));
        }
    }
    if silent {
        world.after((at + 1_200) as u64 * 1_000, Happening::Crew(unit, incident, Deed::Finish));
    }
}

/// A crew does what it meant to, unless its task is another by now; some report all the same.
pub(super) fn act(
    world: &mut World,
    state: &State,
    now: Moment,
    (unit, incident, deed): (UnitId, IncidentId, Deed),
) {
    let on_it = state.units().get(&unit).and_then(precinct_core::Unit::task) == Some(incident);
    if !on_it && !world.rng.chance(100) {
        return;
    }
    let step = match deed {
        Deed::Acknowledge => Step::Acknowledge(None),
        Deed::SetOut => Step::EnRoute(told_late(world, now)),
        Deed::Arrive => Step::OnScene(told_late(world, now)),
        Deed::Transport if world.rng.chance(500) => Step::Transport(Destination::Site(SiteId(7))),
        Deed::Transport => Step::Transport(Destination::Post(PostId(world.rng.index(4) as u32))),
        Deed::Finish => Step::Clear,
        Deed::Decline => Step::Decline(Code::literal("breakdown")),
    };
    world.send(Role::Crew, Order::Task { incident, unit, step });
}

/// When it was, if it is told late. Some have their clocks wrong.
fn told_late(world: &mut World, now: Moment) -> Option<Moment> {
    if !world.rng.chance(120) {
        return None;
    }
    let ago = world.rng.between(-2_000, 60_000);
    let tick = precinct_base::Instant(now.tick.0.saturating_add_signed(-ago));
    Some(Moment { tick, wall: precinct_base::Timestamp(now.wall.0 - ago) })
}

/// What happens to a patrol between tasks.
pub(super) fn patrol(world: &mut World, state: &State) {
    world.within((60, 400), Happening::Patrol);
    let unit = UnitId(world.rng.index(world.plan.units as usize) as u32);
    match world.rng.between(0, 9) {
        0 => world.send(Role::Crew, Order::TakeOut { unit, reason: Code::literal("fuel") }),
        1 => {
            world.send(Role::Crew, Order::TakeOut { unit, reason: Code::literal("breakdown") });
            world.within((120, 1_200), Happening::Repaired(unit));
        }
        2 => {
            // The unit need not be known: the call counts.
            let unit = if world.rng.chance(200) { UnitId(9_999) } else { unit };
            let at = world.rng.chance(500).then(|| place(100, 100));
            world.send(Role::Crew, Order::RaiseSos { unit, at });
        }
        3..=5 => comes_upon(world, unit),
        _ => back(world, state),
    }
}

fn comes_upon(world: &mut World, unit: UnitId) {
    let (east, north) = (world.rng.between(-80_000, 80_000), world.rng.between(-80_000, 80_000));
    let intake = Intake {
        source: Source::Patrol,
        reported: None,
        kind: Code::literal("obstruction"),
        priority: None,
        place: Place { at: place(east, north), segment: None, address: None, area: AreaId(2) },
        hazards: Vec::new(),
        text: None,
        contact: None,
    };
    world.send_with(
        Role::Crew,
        Order::OpenIncident(intake),
        Some("a tree on the road"),
        Some(unit),
    );
}

/// Units out of service come back sooner or later.
fn back(world: &mut World, state: &State) {
    let out = state.units().iter().filter(|(_, unit)| matches!(unit.doing(), Some(Doing::Out(_))));
    let out: Vec<UnitId> = out.map(|(&id, _)| id).collect();
    if !out.is_empty() {
        let unit = out[world.rng.index(out.len())];
        world.send(Role::Crew, Order::BringBack { unit });
    }
}
