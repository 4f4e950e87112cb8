//! What a state takes in memory.

use precinct_base::{Instant, Timestamp, UnitId};
use precinct_core::{Command, IncidentId, Moment, Order, Sealed, State, Step, apply, decide};

use super::day;

/// Resident memory of this process, in bytes.
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok());
    pages.unwrap_or(0) * 4_096
}

/// An hour between incidents: no longer looked through for the same one.
const APART_MS: u64 = 3_600_000;

fn give(state: &mut State, incident: u32, order: Order) {
    let tick = Instant(u64::from(incident) * APART_MS);
    let at = Moment { tick, wall: Timestamp(1_790_000_000_000) };
    let command = Command { id: day::id(0, 0), by: day::by(), at, order };
    for event in decide(state, &command).expect("a command that is in order") {
        apply(state, &event);
    }
}

/// A line for units and one for incidents.
pub(super) fn measure() -> String {
    const UNITS: u32 = 100_000;
    const OPEN: u32 = 50_000;
    let mut state = State::default();
    let before = resident();
    for order in day::begin(UNITS, Timestamp(1_790_000_000_000)) {
        give(&mut state, 0, order);
    }
    let units = resident() - before;
    let before = resident();
    for n in 1..=OPEN {
        give(&mut state, n, Order::OpenIncident(day::intake(u64::from(n))));
        let incident = IncidentId(n);
        for unit in [UnitId(2 * n - 2), UnitId(2 * n - 1)] {
            give(&mut state, n, Order::Task { incident, unit, step: Step::Dispatch(None) });
        }
        for _ in 0..3 {
            let text = Sealed(vec![0; 120].into_boxed_slice());
            give(&mut state, n, Order::AddNote { incident, text });
        }
    }
    let incidents = resident() - before;
    assert_eq!((state.units().len(), state.incidents().len()), (UNITS as usize, OPEN as usize));
    format!(
        "Memory: {:.1} MB for 100,000 units on duty, each with its tour and member; {} bytes for an open incident with two units and three notes of 120 bytes.\n",
        units as f64 / 1e6,
        incidents / u64::from(OPEN)
    )
}
