//! That points and units agree who holds which.

use std::collections::BTreeMap;

use precinct_base::UnitId;

use super::{Rule, Unsound, active};
use crate::{Posted, State, Status, Timer};

pub(super) fn one_point(state: &State) -> Result<(), Unsound> {
    let wrong = |what| Err(Unsound { rule: Rule::OnePoint, what });
    let mut held: BTreeMap<UnitId, Posted> = BTreeMap::new();
    for (&containment, known) in state.containments() {
        let mut numbers: Vec<u32> = Vec::new();
        for point in &known.plan.points {
            numbers.push(point.point);
            let Some(unit) = point.unit else { continue };
            let posted = Posted { containment, point: point.point };
            if let Some(other) = held.insert(unit, posted) {
                return wrong(format!("unit {unit} holds {other:?} and {posted:?}"));
            }
        }
        numbers.sort_unstable();
        if numbers.windows(2).any(|two| two[0] == two[1]) {
            return wrong(format!("two points of {containment} have one number: {numbers:?}"));
        }
    }
    for (id, _, task) in active(state) {
        let holds = if task.transporting.is_none() { task.posted } else { None };
        if held.remove(&task.unit) != holds {
            return wrong(format!("unit {} is on {id} for {holds:?}", task.unit));
        }
    }
    if let Some((unit, posted)) = held.first_key_value() {
        return wrong(format!("unit {unit} holds {posted:?} and has no task"));
    }
    goes_on(state)
}

/// That every containment ends when it was said, and is of an incident that is not over.
fn goes_on(state: &State) -> Result<(), Unsound> {
    let wrong = |what| Err(Unsound { rule: Rule::OnePoint, what });
    for (&id, known) in state.containments() {
        let ends = state.timers().get(Timer::Containment(id)).map(|alarm| alarm.due);
        if ends != Some(known.until.tick) {
            return wrong(format!("{id} ends at {ends:?}"));
        }
        let root = state.incidents().get(&super::root(state, known.incident));
        if !root.is_some_and(|root| matches!(root.status, Status::Open)) {
            return wrong(format!("{id} is of {}, which is over", known.incident));
        }
    }
    Ok(())
}
