//! What becomes of clocks and calls for help.

use super::{Clock, Sos, Timer};
use crate::event::{ClockAnswered, ClockEscalated, ClockRaised, SosClosed, SosRaised, SosRepeated};
use crate::{Event, Fact, Moment, SosId, State};

pub(crate) fn raised(state: &mut State, fact: &ClockRaised, at: Moment) {
    tell(state, fact.clock, 1, at);
}

pub(crate) fn escalated(state: &mut State, fact: &ClockEscalated, at: Moment) {
    tell(state, fact.clock, fact.step.saturating_add(1), at);
}

fn tell(state: &mut State, clock: Clock, told: u8, at: Moment) {
    let due = at.later(state.again(clock)).tick;
    state.timers.set(Timer::Clock(clock), due, told);
}

pub(crate) fn answered(state: &mut State, fact: &ClockAnswered, at: Moment) {
    state.timers.set(Timer::Clock(fact.clock), at.later(fact.hold).tick, 0);
}

/// What becomes of calls for help.
pub(crate) fn sos(state: &mut State, event: &Event) {
    match &event.fact {
        Fact::SosRaised(fact) => sos_raised(state, fact, event.at),
        Fact::SosRepeated(fact) => sos_repeated(state, fact, event.at),
        Fact::SosClosed(fact) => sos_closed(state, fact),
        _ => {}
    }
}

fn sos_raised(state: &mut State, fact: &SosRaised, at: Moment) {
    let sos = Sos {
        unit: fact.unit,
        incident: fact.incident,
        raised: at,
        last: at,
        calls: 1,
        at: fact.at,
    };
    state.sos.insert(fact.sos, sos);
    state.next_sos = SosId(fact.sos.0 + 1);
}

/// A call without a place does not unsay the last one.
fn sos_repeated(state: &mut State, fact: &SosRepeated, at: Moment) {
    let sos = state.sos.get_mut(&fact.sos).expect("an event names a call that is there");
    sos.last = at;
    sos.calls = sos.calls.saturating_add(1);
    sos.at = fact.at.or(sos.at);
}

fn sos_closed(state: &mut State, fact: &SosClosed) {
    state.sos.remove(&fact.sos);
    state.timers.stop(Timer::Clock(Clock::Sos(fact.sos)));
}
