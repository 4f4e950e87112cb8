//! Clocks and calls for help: answering them.

use precinct_access::{Action, Resource};
use precinct_base::{AreaId, Millis, UnitId};
use precinct_core::{Clock, Missing, Order, Purpose, SosId};
use precinct_wire::{AnswerClockBody, CloseSosBody};

use crate::app::App;
use crate::door::{Asker, Failure, Wish, commands};

/// A unit that may not be known any more.
fn any_unit(app: &App, unit: UnitId) -> Resource {
    Asker::unit(app, unit.0).unwrap_or(Resource::unit(unit, AreaId(0)))
}

fn sos_unit(app: &App, sos: SosId) -> Result<Resource, Failure> {
    let unit = app.board.look(|state, _| state.sos().get(&sos).map(|sos| sos.unit));
    let missing = || Failure::from(Missing::Sos(sos));
    Ok(any_unit(app, unit.ok_or_else(missing)?))
}

fn answer(app: &App, asker: &Asker, body: &AnswerClockBody) -> Result<Wish, Failure> {
    let clock = Clock::from(body.clock);
    let resource = match clock {
        Clock::Unanswered(incident) => asker.incident(app, incident.0)?,
        Clock::Unacknowledged(unit) | Clock::Overdue(unit) | Clock::Welfare(unit) => {
            any_unit(app, unit)
        }
        Clock::Sos(sos) => sos_unit(app, sos)?,
    };
    let order = Order::AnswerClock { clock, hold: Millis(body.hold_ms) };
    let purpose = Purpose::Response;
    Ok(Wish::of_purpose(Action::AnswerClock, resource, purpose, order))
}

commands! {
    /// Answer a clock: somebody looked, and it asks again after a while
    post "/api/v1/clocks/answer", "clocks", answer_clock(; AnswerClockBody) =>
        |app, asker, (), body: AnswerClockBody| answer(app, asker, &body);
    /// A call for help is over
    post "/api/v1/sos/{sos}/close", "clocks", close_sos(sos: u32; CloseSosBody) =>
        |app: &App, _: &Asker, (sos,), CloseSosBody { outcome }| {
            let sos = SosId(sos);
            let order = Order::CloseSos { sos, outcome };
            Ok(Wish::of_purpose(Action::CloseSos, sos_unit(app, sos)?, Purpose::Safety, order))
        };
}
