//! What becomes of tours of duty.

use precinct_base::{Millis, Timestamp};

use super::rest::WEEK_MS;
use super::{Shift, Tours};
use crate::event::{ShiftCancelled, ShiftEnded, ShiftPlanned, ShiftStarted};
use crate::lookup::{insert, remove};
use crate::units::{Doing, Duty, Tour};
use crate::{Member, Moment, ShiftId, State};

pub(crate) fn planned(state: &mut State, fact: &ShiftPlanned) {
    let ShiftPlanned { shift, unit, members, starts, ends, waived } = fact.clone();
    for member in &members {
        insert(&mut state.tours.entry(member.staff).or_default().planned, shift);
    }
    state.next_shift = state.next_shift.max(ShiftId(shift.0.saturating_add(1)));
    state.shifts.insert(shift, Shift { unit, members, starts, ends, waived, began: None });
}

pub(crate) fn cancelled(state: &mut State, fact: &ShiftCancelled) {
    let shift = state.shifts.remove(&fact.shift).expect("an event names a tour that is there");
    for member in &shift.members {
        change(state, member, |tours| remove(&mut tours.planned, &fact.shift));
    }
}

/// Changes what is known of a member's tours, and forgets a member of whom nothing is known.
fn change(state: &mut State, member: &Member, how: impl FnOnce(&mut Tours)) {
    let tours = state.tours.entry(member.staff).or_default();
    how(tours);
    if *tours == Tours::default() {
        state.tours.remove(&member.staff);
    }
}

pub(crate) fn started(state: &mut State, fact: &ShiftStarted, at: Moment) {
    let shift = state.shifts.get_mut(&fact.shift).expect("an event names a tour that is there");
    shift.began = Some(at);
    for member in shift.members.clone() {
        change(state, &member, |tours| {
            remove(&mut tours.planned, &fact.shift);
            tours.on = Some(fact.shift);
        });
    }
    let tour = Tour::Shift(fact.shift);
    state.unit_mut(fact.unit).duty = Duty::On { tour, doing: Doing::Available, since: at };
}

pub(crate) fn ended(state: &mut State, fact: &ShiftEnded, at: Moment) {
    let shift = state.shifts.remove(&fact.shift).expect("an event names a tour that is there");
    // By running time: the calendar may have been corrected meanwhile.
    let lasted = shift.began.map_or(Millis::ZERO, |began| at.since(began));
    let began = Timestamp(at.wall.0.saturating_sub(i64::from(lasted.0)));
    for member in &shift.members {
        change(state, member, |tours| over(tours, fact.shift, (began, at.wall)));
    }
    state.unit_mut(fact.unit).duty = Duty::Off;
}

/// What is older than seven days is forgotten: no rule asks for it.
fn over(tours: &mut Tours, shift: ShiftId, (began, ended): (Timestamp, Timestamp)) {
    tours.on = tours.on.filter(|&on| on != shift);
    tours.ended.retain(|&(_, end)| ended.0.saturating_sub(end.0) <= WEEK_MS);
    tours.ended.push((began, ended));
}
