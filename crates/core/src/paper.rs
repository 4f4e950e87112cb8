//! Work that went on on paper while everything was down, and is entered afterwards: what happened, when it did, and when it was entered.
//!
//! Instants of what was entered are those at which it happened, as far as they fit with what is known. Clocks run from the entry: what
//! would have rung meanwhile does not ring for what is over.

use std::fmt;

use precinct_base::{Millis, UnitId, caps};

use crate::order::Step;
use crate::units::{Doing, Duty};
use crate::{IncidentId, Moment, Order, Rejection, ShiftId, State};

/// How far back something may lie that is entered from paper.
pub const LONGEST_BACK: Millis = Millis(caps::PAPER_MS);

/// What something that was on paper cannot have happened before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earliest {
    /// The intake of its incident.
    Intake,
    /// That the last unit was done with it.
    Done,
    /// The step of the task before.
    Step,
    /// That the unit was free, or on duty.
    Free,
    /// That the unit and its crew were off duty.
    Off,
}

impl Earliest {
    /// Its short name, which does not change.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Done => "done",
            Self::Step => "step",
            Self::Free => "free",
            Self::Off => "off",
        }
    }
}

impl fmt::Display for Earliest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Intake => "the incident was taken in",
            Self::Done => "the last unit was done with it",
            Self::Step => "the step of its task that it follows",
            Self::Free => "the unit was free, or on duty at all",
            Self::Off => "the unit and its crew were done with what they were on before",
        })
    }
}

/// Why something cannot have happened when it is said to have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperRejection {
    /// It is still to come.
    #[error(
        "it cannot have happened later than now: mend the time, or leave it out if it happens now"
    )]
    Future,
    /// It is too long ago.
    #[error("it lies more than {} hours back, and no more than that is entered from paper: write a note instead", LONGEST_BACK.0 / 3_600_000)]
    TooOld,
    /// It would come before what it follows.
    #[error("it would have happened before {0}: enter what happened in order, or mend the time")]
    Before(Earliest),
    /// It is not something that is entered from paper.
    #[error(
        "only intake, notes, the steps of units' tasks, how an incident ended, and going on and off duty are entered from paper: give this as of now"
    )]
    Other,
    /// The unit is on something else by now.
    #[error("unit {unit} is on {busy_with} by now: enter first how that ended")]
    Busy {
        /// Which unit.
        unit: UnitId,
        /// What it is on.
        busy_with: IncidentId,
    },
}

/// When something was entered, and when it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    /// When it was entered: clocks run from then on.
    pub(crate) now: Moment,
    /// When it happened.
    pub(crate) then: Moment,
    /// When it was entered, if it was on paper before.
    pub(crate) entered: Option<Moment>,
}

impl When {
    pub(crate) fn new(now: Moment, happened: Option<Moment>) -> Self {
        Self { now, then: happened.unwrap_or(now), entered: happened.map(|_| now) }
    }
}

fn not_before(earlier: Moment, then: Moment, what: Earliest) -> Result<(), PaperRejection> {
    if earlier.tick <= then.tick { Ok(()) } else { Err(PaperRejection::Before(what)) }
}

/// That what is ordered can have happened at `then`, as far as no rule of its own says so.
pub(crate) fn check(
    state: &State,
    now: Moment,
    then: Moment,
    order: &Order,
) -> Result<(), Rejection> {
    if then.tick > now.tick || then.wall > now.wall {
        return Err(PaperRejection::Future.into());
    }
    if now.since(then) > LONGEST_BACK {
        return Err(PaperRejection::TooOld.into());
    }
    match *order {
        Order::OpenIncident(_) => Ok(()),
        Order::AddNote { incident, .. } => Ok(opened(state, incident, then)?),
        Order::Task { incident, unit, ref step } => task(state, (incident, unit), then, step),
        Order::Cancel { incident, .. } | Order::Resolve { incident, .. } => {
            Ok(over(state, incident, then)?)
        }
        Order::StartShift { shift } => Ok(off(state, shift, then)?),
        Order::EndShift { shift } => Ok(on(state, shift, then)?),
        _ => Err(PaperRejection::Other.into()),
    }
}

/// That an incident had been taken in by then; nothing of one that is not there.
fn opened(state: &State, incident: IncidentId, then: Moment) -> Result<(), PaperRejection> {
    let known = state.incidents.get(&incident);
    known.map_or(Ok(()), |known| not_before(known.opened, then, Earliest::Intake))
}

/// That all that was done for an incident was over by then.
fn over(state: &State, incident: IncidentId, then: Moment) -> Result<(), PaperRejection> {
    for (id, one) in state.family(incident) {
        opened(state, id, then)?;
        for task in &one.assignments {
            not_before(task.latest(), then, Earliest::Done)?;
        }
    }
    Ok(())
}

/// That a unit was free then, or that its task had come so far. Steps that can be told late look at their order themselves.
fn task(
    state: &State,
    (incident, unit): (IncidentId, UnitId),
    then: Moment,
    step: &Step,
) -> Result<(), Rejection> {
    opened(state, incident, then)?;
    match step {
        Step::Dispatch(_) | Step::OnView => Ok(free(state, unit, then)?),
        Step::Acknowledge(_) | Step::EnRoute(_) | Step::OnScene(_) => Ok(()),
        Step::Transport(_) | Step::Clear | Step::Decline(_) | Step::Recall(_) => {
            let latest = state.assignment(unit).map(|(_, task)| task.latest());
            let step = Earliest::Step;
            Ok(latest.map_or(Ok(()), |latest| not_before(latest, then, step))?)
        }
    }
}

/// That a unit is free, and has been since before then. Of a unit that is not there or not on duty others tell.
fn free(state: &State, unit: UnitId, then: Moment) -> Result<(), PaperRejection> {
    match state.units.get(&unit).map(|unit| unit.duty) {
        Some(Duty::On { doing: Doing::Assigned(busy_with), .. }) => {
            Err(PaperRejection::Busy { unit, busy_with })
        }
        Some(Duty::On { since, .. }) => not_before(since, then, Earliest::Free),
        _ => Ok(()),
    }
}

/// That the unit of a tour and its crew were off duty from then on, as far as is known. Of a tour that is not there others tell.
fn off(state: &State, shift: ShiftId, then: Moment) -> Result<(), PaperRejection> {
    let Some(tour) = state.shifts.get(&shift) else { return Ok(()) };
    let tasks = state.incidents.values().flat_map(|incident| &incident.assignments);
    for task in tasks.filter(|task| task.unit == tour.unit) {
        not_before(task.latest(), then, Earliest::Off)?;
    }
    let ended = |staff| state.tours.get(&staff).map_or(&[][..], |tours| &tours.ended);
    let mut ends = tour.members.iter().flat_map(|member| ended(member.staff));
    if ends.any(|&(_, end)| end > then.wall) {
        return Err(PaperRejection::Before(Earliest::Off));
    }
    Ok(())
}

/// That the unit of a tour has been free since before then. That it has no task others tell.
fn on(state: &State, shift: ShiftId, then: Moment) -> Result<(), PaperRejection> {
    let unit = state.shifts.get(&shift).and_then(|tour| state.units.get(&tour.unit));
    match unit.map(|unit| unit.duty) {
        Some(Duty::On { doing: Doing::Assigned(_), .. }) => Ok(()),
        Some(Duty::On { since, .. }) => not_before(since, then, Earliest::Free),
        _ => Ok(()),
    }
}

/// The instant of a step: as it was told late, or as it was on paper.
pub(crate) fn told(at: Option<Moment>, when: When) -> Option<Moment> {
    at.or(when.entered.map(|_| when.then))
}
