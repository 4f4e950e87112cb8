//! Describing units, and taking them out of service and back.

use precinct_base::{UnitId, caps};

use super::{Doing, Duty, Member, Tour, Unit, UnitRejection};
use crate::catalogue::List;
use crate::decide::Decision;
use crate::event::{UnitBack, UnitOut, UnitSet};
use crate::{Code, Nameless, Rejection, State, Thing, TooLong, TooMany};

pub(crate) fn set(state: &State, order: &UnitSet) -> Decision {
    let mut unit = order.clone();
    if state.units.get(&unit.unit).is_some_and(Unit::is_lent) {
        return Err(UnitRejection::Lent { unit: unit.unit }.into());
    }
    room(state, unit.unit)?;
    described(state, &unit.call_sign, unit.force, &mut unit.capabilities)?;
    state.area(unit.area)?;
    if let Some(home) = unit.home {
        state.post(home)?;
    }
    members(state, &mut unit.members)?;
    Ok(vec![unit.into()])
}

/// That there may be one more unit, or that it is there.
pub(super) fn room(state: &State, unit: UnitId) -> Result<(), TooMany> {
    let count = state.units.len() + usize::from(!state.units.contains_key(&unit));
    TooMany::check(Thing::Units, count, caps::UNITS)
}

/// Checks what every unit has; puts capabilities in order, each once.
pub(super) fn described(
    state: &State,
    call_sign: &str,
    force: Code,
    capabilities: &mut Vec<Code>,
) -> Result<(), Rejection> {
    if call_sign.is_empty() {
        return Err(Nameless(Thing::Unit).into());
    }
    TooLong::check(Thing::CallSign, call_sign.len(), caps::NAME_LENGTH)?;
    state.catalogue.need(List::Forces, force)?;
    capabilities.sort_unstable();
    capabilities.dedup();
    for &capability in &*capabilities {
        state.catalogue.need(List::Capabilities, capability)?;
    }
    Ok(())
}

/// Checks members and puts them in order.
pub(crate) fn members(state: &State, members: &mut [Member]) -> Result<(), Rejection> {
    TooMany::check(Thing::Members, members.len(), caps::MEMBERS)?;
    members.sort_unstable();
    for pair in members.windows(2) {
        if pair[0].staff == pair[1].staff {
            return Err(UnitRejection::Twice { staff: pair[0].staff }.into());
        }
    }
    for member in &*members {
        state.catalogue.need(List::Forces, member.force)?;
    }
    Ok(())
}

/// What a unit on duty does.
pub(crate) fn on_duty(state: &State, unit: UnitId) -> Result<Doing, Rejection> {
    Ok(state.unit(unit)?.doing().ok_or(UnitRejection::OffDuty { unit })?)
}

pub(crate) fn out(state: &State, unit: UnitId, reason: Code) -> Decision {
    match on_duty(state, unit)? {
        Doing::Available => {}
        Doing::Assigned(incident) => return Err(UnitRejection::OnTask { unit, incident }.into()),
        Doing::Out(reason) => return Err(UnitRejection::Out { unit, reason }.into()),
    }
    state.catalogue.need(List::Reasons, reason)?;
    Ok(vec![UnitOut { unit, reason }.into()])
}

pub(crate) fn back(state: &State, unit: UnitId) -> Decision {
    match on_duty(state, unit)? {
        Doing::Out(_) => Ok(vec![UnitBack { unit }.into()]),
        Doing::Available | Doing::Assigned(_) => Err(UnitRejection::NotOut { unit }.into()),
    }
}

impl Unit {
    /// Whether it is lent by another force or city.
    pub const fn is_lent(&self) -> bool {
        matches!(self.duty, Duty::On { tour: Tour::Aid { .. }, .. })
    }
}
