//! Units: describing them, taking them out of service and back, calls for help, and units that are lent.

use precinct_access::{Action, Resource};
use precinct_base::{AreaId, UnitId};
use precinct_core::{Order, Purpose};
use precinct_wire::{LoanBody, Nothing, ReasonBody, SosBody, UnitBody};

use crate::app::App;
use crate::door::{Asker, Failure, Wish, commands};

fn own_or_any(asker: &Asker, unit: u32) -> Action {
    if asker.principal.unit == Some(UnitId(unit)) { Action::StepOwn } else { Action::StepAny }
}

fn of(
    app: &App,
    unit: u32,
    action: Action,
    purpose: Purpose,
    order: impl FnOnce(UnitId) -> Order,
) -> Result<Wish, Failure> {
    let resource = Asker::unit(app, unit)?;
    Ok(Wish::of_purpose(action, resource, purpose, order(UnitId(unit))))
}

/// A call for help counts whether or not the unit is known.
#[expect(clippy::unnecessary_wraps, reason = "as all doors do")]
fn sos(app: &App, unit: u32, body: &SosBody) -> Result<Wish, Failure> {
    let resource = Asker::unit(app, unit).unwrap_or(Resource::unit(UnitId(unit), AreaId(0)));
    let order = Order::RaiseSos { unit: UnitId(unit), at: body.at.map(|at| at.0) };
    Ok(Wish::of_purpose(Action::RaiseSos, resource, Purpose::Safety, order))
}

commands! {
    /// Describe a unit, or describe it anew
    put "/api/v1/units/{unit}", "units", describe(unit: u32; UnitBody) =>
        |app: &App, asker: &Asker, (unit,), body: UnitBody| {
            let known = app.board.look(|state, _| state.units().get(&UnitId(unit)).map(|unit| unit.area));
            app.may_change(asker, known)?;
            let resource = Resource::area(AreaId(body.area));
            let order = Order::SetUnit(body.order(UnitId(unit)));
            Ok(Wish::of_purpose(Action::DescribeCity, resource, Purpose::Setup, order))
        };
    /// It cannot be sent for a while
    post "/api/v1/units/{unit}/out", "units", out(unit: u32; ReasonBody) =>
        |app, asker: &Asker, (unit,), ReasonBody { reason }| of(app, unit, own_or_any(asker, unit), Purpose::Duty, |unit| Order::TakeOut { unit, reason });
    /// It can be sent again
    post "/api/v1/units/{unit}/back", "units", back(unit: u32; Nothing) =>
        |app, asker: &Asker, (unit,), _| of(app, unit, own_or_any(asker, unit), Purpose::Duty, |unit| Order::BringBack { unit });
    /// An officer calls for help: never refused, never delayed
    post "/api/v1/units/{unit}/sos", "units", raise_sos(unit: u32; SosBody) =>
        |app, _: &Asker, (unit,), body: SosBody| sos(app, unit, &body);
    /// A unit of another force or city is lent
    post "/api/v1/units/{unit}/aid", "units", join_aid(unit: u32; LoanBody) =>
        |_: &App, asker: &Asker, (unit,), body: LoanBody| {
            let resource = Resource::area(AreaId(body.area));
            App::approval(asker, body.approval.clone())?;
            let order = Order::JoinAid(body.loan(UnitId(unit)));
            Ok(Wish::of_purpose(Action::Approve, resource, Purpose::Duty, order))
        };
    /// A lent unit goes back
    post "/api/v1/units/{unit}/aid/end", "units", leave_aid(unit: u32; Nothing) =>
        |app, _: &Asker, (unit,), _| of(app, unit, Action::StepAny, Purpose::Duty, |unit| Order::LeaveAid { unit });
}
