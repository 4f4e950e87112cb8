//! What somebody is told of themselves, on duty or off: the tours they are planned for, and their unit's call for help.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_wire::{Problem, ShiftDoc, SosDoc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::door::{Asker, Failure};

/// A tour of one's own.
#[derive(Debug, Serialize, ToSchema)]
struct OwnTourDoc {
    /// What the unit is called on the air.
    call_sign: String,
    /// The tour.
    tour: ShiftDoc,
}

/// One's own duty.
#[derive(Debug, Serialize, ToSchema)]
struct OwnDutyDoc {
    /// One's unit: that of the tour under way, else of the one that is planned next.
    unit: Option<u32>,
    /// The tours one is a member of, under way and planned, the earliest first.
    tours: Vec<OwnTourDoc>,
    /// The call for help of one's own unit, if one is not closed.
    sos: Option<SosDoc>,
}

/// One's own tours of duty, and the call for help of one's unit. It is told off duty too: a tour begins before the board is seen
#[utoipa::path(get, path = "/api/v1/duty/own", tag = "shifts", responses((status = 200, body = OwnDutyDoc), (status = "4XX", body = Problem)))]
async fn own_duty(State(app): State<Arc<App>>, asker: Asker) -> Result<Json<OwnDutyDoc>, Failure> {
    let (staff, unit) = (asker.principal.staff, asker.principal.unit);
    Ok(Json(app.board.look(|city, _| {
        let mine = city
            .shifts()
            .iter()
            .filter(|(_, shift)| shift.members.iter().any(|member| member.staff == staff));
        let mut tours: Vec<OwnTourDoc> = mine
            .filter_map(|(&id, shift)| {
                let call_sign = city.units().get(&shift.unit)?.call_sign.clone();
                Some(OwnTourDoc { call_sign, tour: ShiftDoc::new(id, shift) })
            })
            .collect();
        tours.sort_by_key(|own| (own.tour.starts, own.tour.shift));
        let called = city.sos().iter().find(|(_, sos)| Some(sos.unit) == unit);
        OwnDutyDoc {
            unit: unit.map(|unit| unit.0),
            tours,
            sos: called.map(|(&id, sos)| SosDoc::new(id, sos)),
        }
    })))
}

/// This door.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(own_duty))
}
