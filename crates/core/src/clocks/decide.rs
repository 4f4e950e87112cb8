//! Answering clocks, and recording that the calendar jumped.

use precinct_base::{Millis, Timestamp};

use super::{Clock, ClockRejection, Timer};
use crate::decide::Decision;
use crate::event::{ClockAnswered, ClockSet};
use crate::{Moment, State};

/// The shortest hold: a shorter one would ring before anybody could act.
const SHORTEST: Millis = Millis::from_seconds(1);

/// A clock may be answered before it rings: a unit that reports in has been heard of.
pub(crate) fn answer(state: &State, clock: Clock, hold: Millis) -> Decision {
    if state.timers.get(Timer::Clock(clock)).is_none() {
        return Err(ClockRejection::NotRunning { clock }.into());
    }
    let longest = state.catalogue.rules.longest_hold;
    if hold < SHORTEST || hold > longest {
        return Err(ClockRejection::Hold { asked: hold, longest }.into());
    }
    Ok(vec![ClockAnswered { clock, hold }.into()])
}

#[expect(clippy::unnecessary_wraps, reason = "a decision like the others")]
pub(crate) fn calendar_set(at: Moment, before: Timestamp) -> Decision {
    Ok(vec![ClockSet { before, after: at.wall }.into()])
}
