//! Patrol plans, proposed: from there on they are plans like all others, with the same gate.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_access::{Action, Resource};
use precinct_base::AreaId;
use precinct_core::{Code, PlanId, PlanKind, Proposal};
use precinct_wire::{Answer, Problem, ProposePatrolBody};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::proposal::{PLANNING, bytes, proposed};
use crate::app::App;
use crate::door::{Asker, Body, Failure, Key};
use crate::patrols::Drawn;
use crate::runs::gap;

/// What a patrol plan aims at: hours of units on their beats.
const AIM: Code = Code::literal("presence");

/// Reads what is asked, and has its documents on the disk; what is to be proposed.
fn drawn_up(app: &App, body: &ProposePatrolBody) -> Result<Proposal, Failure> {
    let Drawn { patrol, ingredients, hours, most } = Drawn::read(app, body)?;
    let document = app.planning.shelf.keep(&bytes(&patrol)?)?;
    let inputs = app.planning.shelf.keep(&bytes(&ingredients)?)?;
    Ok(Proposal {
        kind: PlanKind::Patrol,
        area: AreaId(body.area.unwrap_or(0)),
        title: body.name.clone().into(),
        parent: body.parent.map(PlanId),
        document,
        inputs,
        aim: AIM,
        objective: hours,
        bound: most,
        gap_ppm: gap(hours, most),
        audited: true,
        fitted: body.fitted.clone(),
    })
}

/// Propose a patrol plan: beats, and tours of units by the hours of the week. It is tried, approved by a second person and published as plans of posts are; what it says and what it was made from are on the disk, under their hashes, when this is answered
#[utoipa::path(
    post, path = "/api/v1/plans/patrols", tag = "plans", request_body = ProposePatrolBody,
    params(("Idempotency-Key" = String, Header, description = "32 hexadecimal digits: the id of the command", pattern = "^[0-9a-f]{32}$")),
    responses(
        (status = 200, description = "Proposed, and on the disk", body = Answer),
        (status = "4XX", description = "Not proposed", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not at present: send it again with the same key", body = Problem, content_type = "application/problem+json"),
        (status = 507, description = "The disk has no room for it", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn propose_patrol(
    State(app): State<Arc<App>>,
    asker: Asker,
    key: Key,
    Body(body): Body<ProposePatrolBody>,
) -> Result<Json<Answer>, Failure> {
    let area = Resource::area(AreaId(body.area.unwrap_or(0)));
    let acting = app.may(&asker, Action::MakePlans, &area, None)?;
    proposed(app, App::by(&asker, acting, PLANNING), key, move |app| drawn_up(app, &body)).await
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(propose_patrol))
}
