//! What becomes of units.

use precinct_base::UnitId;

use super::{Doing, Duty, Tour, Unit};
use crate::clocks::Timer;
use crate::event::{AidJoined, AidLeft, UnitBack, UnitOut, UnitSet};
use crate::{IncidentId, Moment, State};

pub(crate) fn unit_described(state: &mut State, fact: &UnitSet) {
    let fact = fact.clone();
    let unit = Unit {
        call_sign: fact.call_sign,
        force: fact.force,
        capabilities: fact.capabilities,
        vehicle: fact.vehicle,
        home: fact.home,
        area: fact.area,
        members: fact.members,
        duty: state.units.get(&fact.unit).map_or(Duty::Off, |before| before.duty),
    };
    state.units.insert(fact.unit, unit);
}

pub(crate) fn went_out(state: &mut State, fact: &UnitOut, at: Moment) {
    state.unit_mut(fact.unit).turn_to(Doing::Out(fact.reason), at);
}

pub(crate) fn came_back(state: &mut State, fact: &UnitBack, at: Moment) {
    state.unit_mut(fact.unit).turn_to(Doing::Available, at);
}

pub(crate) fn aid_joined(state: &mut State, fact: &AidJoined, at: Moment) {
    let fact = fact.clone();
    let tour = Tour::Aid { until: fact.until, approver: fact.approver };
    let unit = Unit {
        call_sign: fact.call_sign,
        force: fact.force,
        capabilities: fact.capabilities,
        vehicle: fact.vehicle,
        home: None,
        area: fact.area,
        members: Vec::new(),
        duty: Duty::On { tour, doing: Doing::Available, since: at },
    };
    state.units.insert(fact.unit, unit);
    state.timers.set(Timer::Aid(fact.unit), fact.until.tick, 0);
}

pub(crate) fn aid_left(state: &mut State, fact: &AidLeft) {
    state.timers.stop(Timer::Aid(fact.unit));
    state.units.remove(&fact.unit);
}

/// A unit has a task from now on. A lent one finishes it before it goes back.
pub(crate) fn assigned(state: &mut State, unit: UnitId, incident: IncidentId, at: Moment) {
    state.unit_mut(unit).turn_to(Doing::Assigned(incident), at);
    state.timers.stop(Timer::Aid(unit));
}

/// A unit has no task any more.
pub(crate) fn freed(state: &mut State, unit: UnitId, at: Moment) {
    let freed = state.unit_mut(unit);
    freed.turn_to(Doing::Available, at);
    if let Duty::On { tour: Tour::Aid { until, .. }, .. } = freed.duty {
        state.timers.set(Timer::Aid(unit), until.tick.max(at.tick), 0);
    }
}
