//! Containment: looking at the points first, ordering them, planning them anew, and letting everybody go.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_access::{Action, Resource};
use precinct_core::{ContainmentId, ContainmentOrder, IncidentId, Order, State as City};
use precinct_wire::{
    AskSeal, OrderSealBody, Problem, ReasonBody, ReplanBody, SealDoc, SealPointDoc, SeenBody,
    SpreadDoc,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::seal_live;
use crate::app::App;
use crate::door::{Asker, Body, Failure, Path, Wish, commands};
use crate::seal::{Ask, Named, Seen, What};

/// The incident of a containment that goes on, as a thing to do something to.
pub(super) fn resource(app: &App, asker: &Asker, id: ContainmentId) -> Result<Resource, Failure> {
    let incident = app.board.look(|state, _| Some(state.containments().get(&id)?.incident));
    let over =
        || Failure::missing(format!("{id} does not go on: it was never ordered, or it is over"));
    asker.incident(app, incident.ok_or_else(over)?.0)
}

/// A plan as a document.
pub(super) fn document(city: &City, (id, solved): &Named, incident: IncidentId) -> SealDoc {
    let (plan, found) = (&solved.plan, &solved.found);
    let point = |point| SealPointDoc::new(city, point);
    let spread = solved.spread.iter();
    SealDoc {
        id: id.clone(),
        at: solved.at.into(),
        at_seq: solved.seq,
        incident: incident.0,
        points: plan.points.iter().map(point).collect(),
        sealed: plan.sealed,
        proof: plan.proof,
        least: plan.least,
        missing: found.missing,
        missing_at_least: found.missing_at_least,
        lost: found.lost.len() as u32,
        doubted: found.doubted.iter().map(|&at| at as u32).collect(),
        spread: spread
            .map(|(after, area)| SpreadDoc { after_ms: after.0, geometry: area.into() })
            .collect(),
        since: solved.since.into(),
        units: solved.units,
        took_ms: solved.took.0,
    }
}

/// Answers what is watched, on a thread that nobody waits for.
async fn answer(app: Arc<App>, what: What, incident: IncidentId) -> Result<Json<SealDoc>, Failure> {
    let made = tokio::task::spawn_blocking(move || {
        let named = app.seals.solve(&app, &what)?;
        Ok(app.board.look(|city, _| document(city, &named, incident)))
    });
    made.await.map_err(Failure::inside)?.map(Json)
}

/// Somebody left an incident: the fewest points that cut every way out, and who is at each in time. Nothing is ordered, and nothing of it is recorded
#[utoipa::path(post, path = "/api/v1/containments/preview", tag = "containments", request_body = AskSeal, responses((status = 200, body = SealDoc), (status = "4XX", body = Problem)))]
async fn preview(
    State(app): State<Arc<App>>,
    asker: Asker,
    Body(body): Body<AskSeal>,
) -> Result<Json<SealDoc>, Failure> {
    app.may(&asker, Action::Recommend, &asker.incident(&app, body.incident)?, None)?;
    let now = app.watch.wall();
    let ask = app.board.look(|state, _| Ask::of(state, &body, now))?;
    let incident = ask.incident;
    answer(app, What::Preview(Box::new(ask)), incident).await
}

/// Where whoever left was seen, for a containment that goes on: it is planned with that from now on. It is held in memory and in no record
#[utoipa::path(post, path = "/api/v1/containments/{containment}/sightings", tag = "containments", request_body = SeenBody, responses((status = 200, body = SealDoc), (status = "4XX", body = Problem)))]
async fn seen(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(id): Path<u32>,
    Body(body): Body<SeenBody>,
) -> Result<Json<SealDoc>, Failure> {
    let id = ContainmentId(id);
    app.may(&asker, Action::SealOff, &resource(&app, &asker, id)?, None)?;
    let seen = Seen::new(body, app.watch.wall())?;
    let ask = app.seals.asked(&app, id)?.seen(seen);
    let incident = ask.incident;
    app.seals.takes_over(&app, ask);
    answer(app, What::Containment(id), incident).await
}

commands! {
    /// Order a preview: each unit is sent to its point, until an instant and on somebody's approval
    post "/api/v1/incidents/{incident}/containment", "containments", order(incident: u32; OrderSealBody) =>
        |app: &App, asker: &Asker, (incident,), body: OrderSealBody| {
            let resource = asker.incident(app, incident)?;
            app.may(asker, Action::Approve, &Resource::area(resource.area), None)?;
            let approval = App::approval(asker, body.approval)?;
            let (ask, plan) = app.seals.to_order(&body.preview)?;
            let (incident, reason) = (IncidentId(incident), body.reason);
            if ask.incident != incident {
                return Err(Failure::conflict(format!("the preview is of {}", ask.incident)));
            }
            app.seals.takes_over(app, ask);
            let plan = Box::new(plan);
            let order = ContainmentOrder::Begin { incident, plan, reason, approval };
            Ok(Wish::of_incident(Action::SealOff, resource, Order::Containment(order)))
        };
    /// Hold the points of this preview from now on: units are sent to new ones and let go from those that are not needed
    post "/api/v1/containments/{containment}/replan", "containments", replan(containment: u32; ReplanBody) =>
        |app: &App, asker: &Asker, (id,), body: ReplanBody| {
            let containment = ContainmentId(id);
            let resource = resource(app, asker, containment)?;
            app.may(asker, Action::SealOff, &resource, None)?;
            let (ask, plan) = app.seals.to_order(&body.preview)?;
            of_this(app, containment, ask.incident)?;
            let approval = body.approval.map(|approval| App::approval(asker, approval)).transpose()?;
            if approval.is_some() {
                app.may(asker, Action::Approve, &Resource::area(resource.area), None)?;
            }
            app.seals.takes_over(app, ask);
            let plan = Box::new(plan);
            let order = ContainmentOrder::Replan { containment, plan, approval };
            Ok(Wish::of_incident(Action::SealOff, resource, Order::Containment(order)))
        };
    /// Stand a containment down: everybody who holds a point is let go
    post "/api/v1/containments/{containment}/stand-down", "containments", stand_down(containment: u32; ReasonBody) =>
        |app: &App, asker: &Asker, (id,), ReasonBody { reason }| {
            let containment = ContainmentId(id);
            let resource = resource(app, asker, containment)?;
            let order = ContainmentOrder::StandDown { containment, reason };
            Ok(Wish::of_incident(Action::SealOff, resource, Order::Containment(order)))
        };
}

/// That a preview is of the incident of this containment, or of one that is now the same.
fn of_this(app: &App, id: ContainmentId, incident: IncidentId) -> Result<(), Failure> {
    if app.board.look(|state, _| state.containment_of(incident)) == Some(id) {
        return Ok(());
    }
    Err(Failure::conflict(format!("the preview is of {incident}, and {id} is of another")))
}

/// Every door of containments.
pub(crate) fn all() -> OpenApiRouter<Arc<App>> {
    routes().routes(routes!(preview)).routes(routes!(seen)).merge(seal_live::routes())
}
