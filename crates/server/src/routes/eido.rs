//! An incident for another control room.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use precinct_access::{Action, Resource};
use precinct_core::IncidentId;
use precinct_wire::{EidoDoc, Problem, eido};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::door::{Asker, Failure, Host, Path};

/// The media type of NENA-STA-021.
const FORM: &str = "application/emergency.eido+json";

/// An incident as an Emergency Incident Data Object (NENA-STA-021.1), for another control room. The agency is the name under which this server is asked
#[utoipa::path(get, path = "/api/v1/incidents/{incident}/eido", tag = "incidents", responses((status = 200, body = EidoDoc, content_type = "application/emergency.eido+json"), (status = "4XX", body = Problem)))]
async fn one(
    State(app): State<Arc<App>>,
    asker: Asker,
    host: Host,
    Path(incident): Path<u32>,
) -> Result<Response, Failure> {
    let resource = asker.incident(&app, incident)?;
    app.may(&asker, Action::ReadBoard, &Resource::area(resource.area), None)?;
    let (id, now) = (IncidentId(incident), app.watch.wall());
    let document = app.board.look(|city, _| eido(city, id, host.name(), now));
    let document = document
        .ok_or_else(|| Failure::missing(format!("{id} has left the board: look in the record")))?;
    Ok(([(header::CONTENT_TYPE, FORM)], Json(document)).into_response())
}

/// This door.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(one))
}
