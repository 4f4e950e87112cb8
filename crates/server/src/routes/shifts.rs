//! Tours of duty.

use precinct_access::{Action, Resource};
use precinct_base::AreaId;
use precinct_core::{Missing, Order, Purpose, ShiftId};
use precinct_wire::{Coded, ReasonBody, ShiftBody, WhenBody};

use crate::app::App;
use crate::door::{Asker, Failure, Wish, commands};

fn of(
    app: &App,
    shift: u32,
    action: Action,
    order: impl FnOnce(ShiftId) -> Order,
) -> Result<Wish, Failure> {
    let id = ShiftId(shift);
    let unit = app.board.look(|state, _| state.shifts().get(&id).map(|shift| shift.unit));
    let missing = || Failure::from(Missing::Shift(id));
    let unit = unit.ok_or_else(missing)?;
    let area = app.board.look(|state, _| state.units().get(&unit).map(|unit| unit.area));
    let resource = Resource::unit(unit, area.unwrap_or(AreaId(0)));
    Ok(Wish::of_purpose(action, resource, Purpose::Duty, order(id)))
}

commands! {
    /// Plan a tour of duty
    post "/api/v1/shifts", "shifts", plan(; ShiftBody) =>
        |app: &App, asker: &Asker, (), body: ShiftBody| {
            let resource = Asker::unit(app, body.unit)?;
            if let Some(waived) = body.waived {
                app.may(asker, Action::Approve, &Resource::area(resource.area), None)?;
                if waived != asker.principal.staff {
                    return Err(Failure::forbidden("whoever waives a rule of rest plans the tour, in their own name").coded(Coded::shift_waiver()));
                }
            }
            let order = Order::PlanShift(body.order(app.new_shift()));
            Ok(Wish::of_purpose(Action::PlanShifts, resource, Purpose::Planning, order))
        };
    /// Go on duty
    post "/api/v1/shifts/{shift}/start", "shifts", start(shift: u32; WhenBody) =>
        |app, _: &Asker, (shift,), WhenBody { happened_at }| Ok(of(app, shift, Action::StartTour, |shift| Order::StartShift { shift })?.happened(happened_at));
    /// Go off duty
    post "/api/v1/shifts/{shift}/end", "shifts", end(shift: u32; WhenBody) =>
        |app, _: &Asker, (shift,), WhenBody { happened_at }| Ok(of(app, shift, Action::StartTour, |shift| Order::EndShift { shift })?.happened(happened_at));
    /// Do without a planned tour
    post "/api/v1/shifts/{shift}/cancel", "shifts", cancel(shift: u32; ReasonBody) =>
        |app, _: &Asker, (shift,), ReasonBody { reason }| of(app, shift, Action::PlanShifts, |shift| Order::CancelShift { shift, reason });
}
