//! Saying that one looks at an incident, and telling it to whoever watches.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::Event;
use precinct_access::{Action, Resource};
use precinct_base::AreaId;
use precinct_core::{IncidentId, Subject};
use precinct_wire::{LookingBody, LookingDoc, Problem};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::board::{Sees, area_of_subject};
use crate::app::App;
use crate::door::{Asker, Body, Failure, Path};
use crate::looking::TooManyLook;

/// Say that one looks at an incident, or is about to change it: others see it at once. Never on record; forgotten after 25 seconds, so say it again every ten or so
#[utoipa::path(put, path = "/api/v1/incidents/{incident}/looking", tag = "incidents", request_body = LookingBody, responses((status = 204), (status = "4XX", body = Problem)))]
async fn look(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(incident): Path<u32>,
    Body(LookingBody { what }): Body<LookingBody>,
) -> Result<StatusCode, Failure> {
    may(&app, &asker, incident)?;
    let now = (app.watch.wall(), Instant::now());
    let put = app.looking.put(IncidentId(incident), asker.principal.staff, what, now);
    put.map_err(|error: TooManyLook| Failure::too_often(10, error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say that one looks no more
#[utoipa::path(delete, path = "/api/v1/incidents/{incident}/looking", tag = "incidents", responses((status = 204), (status = "4XX", body = Problem)))]
async fn look_away(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(incident): Path<u32>,
) -> Result<StatusCode, Failure> {
    may(&app, &asker, incident)?;
    app.looking.go(IncidentId(incident), asker.principal.staff, Instant::now());
    Ok(StatusCode::NO_CONTENT)
}

fn may(app: &App, asker: &Asker, incident: u32) -> Result<(), Failure> {
    let resource = Resource::area(asker.incident(app, incident)?.area);
    app.may(asker, Action::ReadBoard, &resource, None).map(|_| ())
}

/// What is new of who looks at what, for somebody who has heard of all changes until `known`. The events have no number: who resumes
/// goes on with the record, and is told anew who looks.
pub(super) fn news(app: &App, sees: &mut Sees<'_>, known: &mut u64) -> Vec<Event> {
    let (version, incidents) = app.looking.since(*known);
    *known = version;
    let areas: BTreeMap<IncidentId, Option<AreaId>> = app.board.look(|city, _| {
        let area = |id| area_of_subject(city, Subject::Incident(id));
        incidents.into_iter().map(|id| (id, area(id))).collect()
    });
    let shown = areas.into_iter().filter(|(_, area)| area.is_some_and(|area| sees.area(area)));
    let event = |(id, _): (IncidentId, _)| {
        let looking = LookingDoc { incident: id.0, looking: app.looking.at(id).1 };
        Event::default().event("looking").json_data(&looking).ok()
    };
    shown.filter_map(event).collect()
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(look, look_away))
}
