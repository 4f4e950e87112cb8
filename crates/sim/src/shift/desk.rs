//! Dispatchers: they look at the board and do what comes to mind, mostly the right thing.

use precinct_base::{LonLat, Millis, UnitId};
use precinct_core::{
    Advice, Candidate, Code, Doing, Incident, IncidentId, Order, Priority, Role, Sealed, State,
    Status, Step,
};

use super::post::{Happening, World};
use super::town::place;

/// One look at the board.
pub(super) fn look(world: &mut World, state: &State) {
    world.within((8, 40), Happening::Desk);
    answer_clocks(world, state);
    for (&id, incident) in state.incidents() {
        match incident.status {
            Status::Open => open(world, state, id, incident),
            Status::Merged { .. } if world.rng.chance(10) => {
                world.send(Role::Dispatcher, Order::Unmerge { from: id });
            }
            Status::Closed { .. } if world.rng.chance(4) => closed(world, id),
            _ => {}
        }
    }
    for &sos in state.sos().keys() {
        if world.rng.chance(60) {
            let outcome = Code::literal("dealt_with");
            world.send(Role::Dispatcher, Order::CloseSos { sos, outcome });
        }
    }
    if world.rng.chance(30) {
        nonsense(world);
    }
}

fn answer_clocks(world: &mut World, state: &State) {
    for (clock, _) in state.timers().ringing() {
        if world.rng.chance(350) {
            let hold = Millis(world.rng.between(500, 2_000_000) as u32);
            world.send(Role::Dispatcher, Order::AnswerClock { clock, hold });
        }
    }
}

fn family_is_busy(state: &State, id: IncidentId) -> bool {
    state.family(id).any(|(_, member)| member.assignments.iter().any(|task| task.ended.is_none()))
}

fn open(world: &mut World, state: &State, id: IncidentId, incident: &Incident) {
    let incident_seen = incident.assignments.iter().any(|task| task.ended.is_some());
    if family_is_busy(state, id) {
        if world.rng.chance(30) {
            send(world, state, id, incident);
        }
    } else if incident_seen && world.rng.chance(500) {
        let endings = ["dealt_with", "nothing_found", "case_opened", "mediated"];
        let disposition = Code::literal(endings[world.rng.index(endings.len())]);
        world.send(Role::Dispatcher, Order::Resolve { incident: id, disposition });
    } else if world.rng.chance(900) {
        send(world, state, id, incident);
    }
    aside(world, id, incident);
}

/// Sends the nearest unit by its home, as far as anybody knows; for a grave matter also one that is busy with less.
fn send(world: &mut World, state: &State, incident: IncidentId, of: &Incident) {
    let takes_busy = of.grading.priority == Priority::HIGHEST && world.rng.chance(300);
    let free = state.units().iter().filter(|(_, unit)| {
        matches!(unit.doing(), Some(Doing::Available))
            || (takes_busy && matches!(unit.doing(), Some(Doing::Assigned(_))))
    });
    let home = |unit: &precinct_core::Unit| -> LonLat {
        unit.home.and_then(|home| state.posts().get(&home)).map_or(place(0, 0), |post| post.at)
    };
    let mut candidates: Vec<(u64, UnitId)> =
        free.map(|(&id, unit)| (home(unit).distance(of.place.at).0, id)).collect();
    candidates.sort_unstable();
    candidates.truncate(5);
    let count = if of.grading.priority == Priority::HIGHEST { 2 } else { 1 };
    for rank in 0..count.min(candidates.len()) {
        let unit = candidates[rank].1;
        let candidate = |&(mm, unit): &(u64, UnitId)| Candidate {
            unit,
            travel: Some(Millis((mm / 10) as u32)),
            fix_age: None,
        };
        let advice = Advice {
            candidates: candidates.iter().map(candidate).collect(),
            rank: Some(rank as u16),
            roads: Code::literal("sim"),
            posts: Code::literal("sim"),
            beside: None,
        };
        let step = Step::Dispatch(world.rng.chance(900).then(|| Box::new(advice)));
        world.send(Role::Dispatcher, Order::Task { incident, unit, step });
    }
}

/// What is done beside sending.
fn aside(world: &mut World, id: IncidentId, incident: &Incident) {
    for &of in &incident.suggested {
        match world.rng.between(0, 9) {
            0..=2 => world.send(Role::Dispatcher, Order::Merge { from: id, into: of }),
            3 => world.send(Role::Dispatcher, Order::DismissDuplicate { incident: id, of }),
            _ => {}
        }
    }
    let reason = Code::literal("new_report");
    let order = match world.rng.between(0, 400) {
        0 => Order::Cancel { incident: id, reason: Code::literal("caller_cancelled") },
        1 => {
            let kinds = ["robbery", "noise", "fire", "other"];
            let kind = Code::literal(kinds[world.rng.index(kinds.len())]);
            let number = world.rng.between(1, 5) as u8;
            let priority = Priority::new(number).unwrap_or(Priority::HIGHEST);
            Order::Regrade { incident: id, kind, priority, reason }
        }
        2 => Order::NoteHazard { incident: id, hazard: Code::literal("dog") },
        3 => Order::ClearHazard { incident: id, hazard: Code::literal("dog") },
        4 => {
            let mut moved = incident.place.clone();
            moved.at = place(world.rng.between(-9_000, 9_000), 0);
            moved.address = None;
            Order::Move { incident: id, place: moved }
        }
        5 => Order::Link { one: id, other: IncidentId(id.0.saturating_sub(1)) },
        6 => match incident.assignments.last() {
            Some(task) => {
                let step = Step::Recall(Code::literal("closer_unit"));
                Order::Task { incident: id, unit: task.unit, step }
            }
            None => return,
        },
        7..=10 => {
            let order = Order::AddNote { incident: id, text: Sealed(Box::default()) };
            return world.send_with(
                Role::Dispatcher,
                order,
                Some("caller is waiting outside 等在门口"),
                None,
            );
        }
        _ => return,
    };
    world.send(Role::Dispatcher, order);
}

fn closed(world: &mut World, incident: IncidentId) {
    let order = if world.rng.chance(400) {
        Order::Reopen { incident, reason: Code::literal("new_report") }
    } else {
        Order::EraseText { incident }
    };
    world.send(Role::DutyOfficer, order);
}

/// A slip of the hand.
fn nonsense(world: &mut World) {
    let incident = IncidentId(world.rng.between(0, 300) as u32);
    let unit = UnitId(world.rng.between(0, 30) as u32);
    let order = match world.rng.between(0, 4) {
        0 => Order::Task { incident, unit, step: Step::Clear },
        1 => Order::Task { incident, unit, step: Step::Dispatch(None) },
        2 => Order::Resolve { incident, disposition: Code::literal("nonsense") },
        3 => Order::Merge { from: incident, into: incident },
        _ => Order::Unmerge { from: incident },
    };
    world.send(Role::Dispatcher, order);
}
