//! Areas: describing them, and their duty levels.

use precinct_access::{Action, Resource};
use precinct_base::AreaId;
use precinct_core::{Order, Purpose};
use precinct_wire::{AreaBody, CatalogueBody, SetDutyLevelBody};

use crate::app::App;
use crate::door::{Asker, Wish, commands};

commands! {
    /// Replace the catalogue: types, capabilities, dispositions, reasons, hazards, grades, forces, clocks and rules
    put "/api/v1/catalogue", "board", set_catalogue(; CatalogueBody) =>
        |_: &App, _: &Asker, (), body: CatalogueBody| {
            let order = Order::SetCatalogue(Box::new(body.0));
            Ok(Wish::of_purpose(Action::SetCatalogue, Resource::CITY, Purpose::Setup, order))
        };
    /// Describe an area, or describe it anew
    put "/api/v1/areas/{area}", "areas", describe(area: u32; AreaBody) =>
        |app: &App, asker: &Asker, (area,), body: AreaBody| {
            let known = app.board.look(|state, _| state.areas().contains_key(&AreaId(area)));
            app.may_change(asker, known.then_some(AreaId(area)))?;
            let resource = Resource::area(body.parent.map_or(AreaId(0), AreaId));
            let order = Order::SetArea(body.order(AreaId(area)));
            Ok(Wish::of_purpose(Action::DescribeCity, resource, Purpose::Setup, order))
        };
    /// Order a duty level, until an instant and on somebody's approval
    post "/api/v1/areas/{area}/duty-level", "areas", duty_level(area: u32; SetDutyLevelBody) =>
        |_: &App, asker: &Asker, (area,), SetDutyLevelBody { level, reason, approval }| {
            let (area, approval) = (AreaId(area), App::approval(asker, approval)?);
            let order = Order::SetDutyLevel { area, level, reason, approval };
            Ok(Wish::of_purpose(Action::Approve, Resource::area(area), Purpose::Duty, order))
        };
}
