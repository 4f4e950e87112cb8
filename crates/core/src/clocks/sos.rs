//! An officer's call for help: never filtered, never delayed, never refused.

use precinct_base::{LonLat, UnitId};
use serde::{Deserialize, Serialize};

use super::{Clock, Timer};
use crate::catalogue::List;
use crate::decide::Decision;
use crate::event::{ClockRaised, SosClosed, SosRaised, SosRepeated};
use crate::{Code, Fact, IncidentId, Missing, Moment, SosId, State, Unit};

/// An officer's call for help that is not closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sos {
    /// The unit whose device called. It may be unknown or off duty: the call counts all the same.
    pub unit: UnitId,
    /// What the unit was sent to.
    pub incident: Option<IncidentId>,
    /// When it first called.
    pub raised: Moment,
    /// When it last called.
    pub last: Moment,
    /// How often it called.
    pub calls: u32,
    /// Where the device last said it was.
    pub at: Option<LonLat>,
}

/// Somebody is told at once. A call that was answered and comes again is told again at once.
pub(crate) fn raise(state: &State, unit: UnitId, at: Option<LonLat>) -> Vec<Fact> {
    let open = state.sos.iter().find(|(_, sos)| sos.unit == unit);
    let (sos, call): (SosId, Fact) = if let Some((&sos, _)) = open {
        (sos, SosRepeated { sos, at }.into())
    } else {
        let incident = state.units.get(&unit).and_then(Unit::task);
        let sos = state.next_sos;
        (sos, SosRaised { sos, unit, incident, at }.into())
    };
    let clock = Clock::Sos(sos);
    let ringing = state.timers.get(Timer::Clock(clock)).is_some_and(|alarm| alarm.told > 0);
    if ringing {
        return vec![call];
    }
    vec![call, ClockRaised { clock, tell: state.told(clock, 0) }.into()]
}

pub(crate) fn close(state: &State, sos: SosId, outcome: Code) -> Decision {
    if !state.sos.contains_key(&sos) {
        return Err(Missing::Sos(sos).into());
    }
    state.catalogue.need(List::Dispositions, outcome)?;
    Ok(vec![SosClosed { sos, outcome }.into()])
}
