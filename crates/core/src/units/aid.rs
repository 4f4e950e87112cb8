//! Mutual aid: units lent by another force or city, until an instant and on somebody's approval.

use precinct_base::UnitId;

use super::UnitRejection;
use super::decide::{described, room};
use crate::decide::Decision;
use crate::event::{AidJoined, AidLeft};
use crate::order::Loan;
use crate::{Moment, State};

pub(crate) fn join(state: &State, at: Moment, loan: &Loan) -> Decision {
    let Loan { unit, ref call_sign, force, ref capabilities, vehicle, area, approval } = *loan;
    if state.units.contains_key(&unit) {
        return Err(UnitRejection::Taken { unit }.into());
    }
    room(state, unit)?;
    let (call_sign, mut capabilities) = (call_sign.clone(), capabilities.clone());
    described(state, &call_sign, force, &mut capabilities)?;
    state.area(area)?;
    let (approver, until) = (approval.approver, approval.until(state, at)?);
    Ok(vec![
        AidJoined { unit, call_sign, force, capabilities, vehicle, area, approver, until }.into(),
    ])
}

/// A lent unit goes back when it has no task.
pub(crate) fn leave(state: &State, unit: UnitId) -> Decision {
    let lent = state.unit(unit)?;
    if !lent.is_lent() {
        return Err(UnitRejection::NotLent { unit }.into());
    }
    if let Some(incident) = lent.task() {
        return Err(UnitRejection::OnTask { unit, incident }.into());
    }
    Ok(vec![AidLeft { unit }.into()])
}
