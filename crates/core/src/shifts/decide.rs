//! Planning, cancelling, starting and ending tours of duty.

use precinct_base::{Millis, UnitId, caps};

use super::rest::{Span, WEEK_MS, apart, rested};
use super::{Shift, ShiftRejection};
use crate::catalogue::List;
use crate::decide::Decision;
use crate::event::{ShiftCancelled, ShiftEnded, ShiftPlanned, ShiftStarted};
use crate::units::{self, Duty, UnitRejection};
use crate::{Code, Member, Moment, Rejection, ShiftId, StaffNo, State, Thing, TooMany};

/// Nobody can be planned in two places; who waives a rule of rest is recorded only if one is broken.
pub(crate) fn plan(state: &State, order: &ShiftPlanned) -> Decision {
    let mut plan = order.clone();
    let shift = plan.shift;
    if state.shifts.contains_key(&shift) {
        return Err(ShiftRejection::Taken { shift }.into());
    }
    TooMany::check(Thing::Tours, state.shifts.len() + 1, caps::SHIFTS)?;
    own(state, plan.unit)?;
    let lasts = plan.ends.0.saturating_sub(plan.starts.0);
    if !(1..=WEEK_MS).contains(&lasts) {
        return Err(ShiftRejection::Ends { shift }.into());
    }
    if plan.members.is_empty() {
        return Err(ShiftRejection::NoCrew { shift }.into());
    }
    units::members(state, &mut plan.members)?;
    let kept = keeps_rules(state, shift, &plan.members, (plan.starts, plan.ends), plan.waived)?;
    if kept {
        plan.waived = None;
    }
    Ok(vec![plan.into()])
}

/// That a unit is ours, not lent.
fn own(state: &State, unit: UnitId) -> Result<(), Rejection> {
    if state.unit(unit)?.is_lent() {
        return Err(ShiftRejection::Lent { unit }.into());
    }
    Ok(())
}

/// Whether every rule of rest is kept; an error if one is broken that nobody waived.
fn keeps_rules(
    state: &State,
    but: ShiftId,
    members: &[Member],
    tour: Span,
    waived: Option<StaffNo>,
) -> Result<bool, ShiftRejection> {
    let mut kept = true;
    for member in members {
        let others = state.tours_of(member.staff, but);
        apart(member.staff, tour, &others)?;
        match rested(&state.catalogue.rules, member.staff, tour, &others) {
            Ok(()) => {}
            Err(_) if waived.is_some() => kept = false,
            Err(broken) => return Err(broken),
        }
    }
    Ok(kept)
}

pub(crate) fn cancel(state: &State, shift: ShiftId, reason: Code) -> Decision {
    if state.shift(shift)?.began.is_some() {
        return Err(ShiftRejection::Begun { shift }.into());
    }
    state.catalogue.need(List::Reasons, reason)?;
    Ok(vec![ShiftCancelled { shift, reason }.into()])
}

/// A tour begins when it is its time by the calendar. A tour that began late or was planned before the last one overran is looked
/// at anew.
pub(crate) fn start(state: &State, at: Moment, shift: ShiftId) -> Decision {
    let tour = state.shift(shift)?;
    let unit = tour.unit;
    if tour.began.is_some() {
        return Err(ShiftRejection::Begun { shift }.into());
    }
    own(state, unit)?;
    if state.unit(unit)?.duty != Duty::Off {
        return Err(ShiftRejection::UnitOn { unit }.into());
    }
    in_time(tour, shift, at, state.catalogue.rules.early)?;
    for member in &tour.members {
        if let Some(shift) = state.tours.get(&member.staff).and_then(|tours| tours.on) {
            return Err(ShiftRejection::MemberOn { staff: member.staff, shift }.into());
        }
    }
    keeps_rules(state, shift, &tour.members, (at.wall.max(tour.starts), tour.ends), tour.waived)?;
    Ok(vec![ShiftStarted { shift, unit }.into()])
}

fn in_time(tour: &Shift, shift: ShiftId, at: Moment, early: Millis) -> Result<(), ShiftRejection> {
    if at.wall.0.saturating_add(i64::from(early.0)) < tour.starts.0 {
        return Err(ShiftRejection::Early { shift, early });
    }
    if at.wall >= tour.ends {
        return Err(ShiftRejection::Over { shift });
    }
    Ok(())
}

/// A unit goes off duty when it has no task.
pub(crate) fn end(state: &State, shift: ShiftId) -> Decision {
    let tour = state.shift(shift)?;
    if tour.began.is_none() {
        return Err(ShiftRejection::NotBegun { shift }.into());
    }
    let unit = tour.unit;
    if let Some(incident) = state.unit(unit)?.task() {
        return Err(UnitRejection::OnTask { unit, incident }.into());
    }
    Ok(vec![ShiftEnded { shift, unit }.into()])
}
