//! What changed when, by looking at whole states before and after each event.

use std::collections::BTreeMap;

use precinct_base::{AreaId, Instant, UnitId};
use precinct_core::{Doing, Event, IncidentId, State, Unit, apply};

/// When an event happened, whenever it was entered.
pub(crate) fn when(event: &Event) -> Instant {
    event.happened.unwrap_or(event.at).tick
}

/// What a unit does: nothing off duty, else whether it is free, and whether it has a task.
pub(crate) type Does = Option<(bool, bool)>;

/// What changed when, by looking at whole states before and after each event.
#[derive(Default)]
pub(crate) struct Changes {
    /// One more open in an area, or one less.
    pub(crate) open: Vec<(Instant, AreaId, i64)>,
    pub(crate) units: BTreeMap<UnitId, Vec<(Instant, Does)>>,
}

fn open_in(state: &State) -> BTreeMap<IncidentId, AreaId> {
    let open = state.incidents().iter().filter(|(_, one)| one.is_open());
    open.map(|(&id, one)| (id, one.place.area)).collect()
}

pub(crate) fn changes(events: &[Event]) -> Changes {
    let (mut state, mut changes) = (State::default(), Changes::default());
    for event in events {
        let (before, tick) = (open_in(&state), when(event));
        apply(&mut state, event);
        let after = open_in(&state);
        let gone = before.iter().filter(|(id, area)| after.get(id) != Some(area));
        changes.open.extend(gone.map(|(_, &area)| (tick, area, -1)));
        let new = after.iter().filter(|(id, area)| before.get(id) != Some(area));
        changes.open.extend(new.map(|(_, &area)| (tick, area, 1)));
        let ids: Vec<UnitId> = changes.units.keys().chain(state.units().keys()).copied().collect();
        for id in ids {
            let doing = state.units().get(&id).and_then(Unit::doing);
            let does =
                doing.map(|doing| (doing == Doing::Available, matches!(doing, Doing::Assigned(_))));
            let known = changes.units.entry(id).or_default();
            if known.last().is_none_or(|(_, last)| *last != does) {
                known.push((tick, does));
            }
        }
    }
    changes
}
