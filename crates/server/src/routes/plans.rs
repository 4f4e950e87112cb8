//! Plans on record: what they say and what proves them, who approved them, and which hold.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use precinct_access::{Action, Resource};
use precinct_base::AreaId;
use precinct_core::{FileHash, Missing, Plan, PlanId, PlanOrder, Purpose};
use precinct_wire::{Page, PageWish, PlanDoc, Problem, ReasonBody};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::board::{Sees, after, sees};
use crate::app::App;
use crate::door::{Asker, Failure, Path, Query, Wish, commands, tagged};

/// A plan, if it is there.
pub(super) fn plan(app: &App, id: u32) -> Result<Plan, Failure> {
    let id = PlanId(id);
    let found = app.board.look(|city, _| city.plans().get(&id).cloned());
    found.ok_or_else(|| Missing::Plan(id).into())
}

/// A plan that the asker may do something with.
pub(super) fn plan_for(app: &App, asker: &Asker, id: u32, action: Action) -> Result<Plan, Failure> {
    let found = plan(app, id)?;
    app.may(asker, action, &Resource::area(found.area), None)?;
    Ok(found)
}

/// Plans, all that were ever proposed
#[utoipa::path(get, path = "/api/v1/plans", tag = "plans", params(PageWish), responses((status = 200, body = Page<PlanDoc>), (status = "4XX", body = Problem)))]
async fn plans(
    State(app): State<Arc<App>>,
    asker: Asker,
    headers: HeaderMap,
    Query(wish): Query<PageWish>,
) -> Result<Response, Failure> {
    let mut seen = Sees::new(&app, &asker, Action::ReadPlans);
    seen.anything()?;
    let all: Vec<AreaId> = app.board.look(|city, _| city.areas().keys().copied().collect());
    let areas = all.into_iter().map(|area| (area, seen.area(area))).collect();
    let after = after(&wish)?;
    Ok(app.board.look(|city, seq| {
        tagged(&headers, seq, || {
            let rising =
                city.plans().range(PlanId(after.map_or(0, |after| after.saturating_add(1)))..);
            let shown = rising.filter(|(_, plan)| sees(&areas, plan.area));
            wish.page(shown.map(|(&id, plan)| (id.0, PlanDoc::new(id, plan))))
        })
    }))
}

/// A plan
#[utoipa::path(get, path = "/api/v1/plans/{plan}", tag = "plans", responses((status = 200, body = PlanDoc), (status = "4XX", body = Problem)))]
async fn one(
    State(app): State<Arc<App>>,
    asker: Asker,
    headers: HeaderMap,
    Path(id): Path<u32>,
) -> Result<Response, Failure> {
    let found = plan_for(&app, &asker, id, Action::ReadPlans)?;
    let seq = app.board.look(|_, seq| seq);
    Ok(tagged(&headers, seq, || PlanDoc::new(PlanId(id), &found)))
}

/// A document beside the record, as it was recorded.
async fn document(app: Arc<App>, file: FileHash) -> Result<Response, Failure> {
    let read = tokio::task::spawn_blocking(move || app.planning.shelf.read(file));
    let bytes = read.await.map_err(Failure::inside)??;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
    ];
    Ok((headers, bytes).into_response())
}

/// What a plan says, as it was recorded: its SHA-256 is on record
#[utoipa::path(get, path = "/api/v1/plans/{plan}/document", tag = "plans", responses((status = 200, description = "The document, byte for byte", body = Object), (status = 409, description = "It is not the one that was recorded", body = Problem), (status = "4XX", body = Problem)))]
async fn plan_document(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(id): Path<u32>,
) -> Result<Response, Failure> {
    let found = plan_for(&app, &asker, id, Action::ReadPlans)?;
    document(app, found.document).await
}

/// What a plan was made from, as it was recorded: anybody can work it out again
#[utoipa::path(get, path = "/api/v1/plans/{plan}/inputs", tag = "plans", responses((status = 200, description = "The inputs, byte for byte", body = Object), (status = 409, description = "They are not those that were recorded", body = Problem), (status = "4XX", body = Problem)))]
async fn plan_inputs(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(id): Path<u32>,
) -> Result<Response, Failure> {
    let found = plan_for(&app, &asker, id, Action::ReadPlans)?;
    document(app, found.inputs).await
}

/// The result of a trial of a plan, by its SHA-256
#[utoipa::path(get, path = "/api/v1/plans/{plan}/trials/{result}", tag = "plans", params(("plan" = u32, Path, description = "Which plan"), ("result" = String, Path, description = "Which result: 64 hexadecimal digits", pattern = "^[0-9a-f]{64}$")), responses((status = 200, description = "The result, byte for byte", body = Object), (status = 409, description = "It is not the one that was recorded", body = Problem), (status = "4XX", body = Problem)))]
async fn trial(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path((id, result)): Path<(u32, String)>,
) -> Result<Response, Failure> {
    let found = plan_for(&app, &asker, id, Action::ReadPlans)?;
    let result: FileHash = result.parse().map_err(Failure::bad)?;
    if !found.simulations.iter().any(|one| one.result == result) {
        let id = PlanId(id);
        return Err(Failure::missing(format!("{id} has no trial {result}")));
    }
    document(app, result).await
}

/// Something to do with a plan.
fn wish(
    app: &App,
    id: u32,
    action: Action,
    order: impl FnOnce(PlanId) -> PlanOrder,
) -> Result<Wish, Failure> {
    let resource = Resource::area(plan(app, id)?.area);
    let order = order(PlanId(id)).into();
    Ok(Wish::of_purpose(action, resource, Purpose::Planning, order))
}

mod deeds {
    use super::{Action, App, Asker, PlanOrder, ReasonBody, commands, wish};

    commands! {
        /// Approve a plan, as somebody else than who proposed it. What is approved is the plan with its trials
        post "/api/v1/plans/{plan}/approval", "plans", approve(plan: u32; ReasonBody) =>
            |app: &App, _: &Asker, (plan,), ReasonBody { reason }| {
                wish(app, plan, Action::ApprovePlans, |plan| PlanOrder::Approve { plan, reason })
            };
        /// Do without a plan. The posts that it had added go, but for those that a unit works from
        post "/api/v1/plans/{plan}/withdrawal", "plans", withdraw(plan: u32; ReasonBody) =>
            |app: &App, _: &Asker, (plan,), ReasonBody { reason }| {
                wish(app, plan, Action::MakePlans, |plan| PlanOrder::Withdraw { plan, reason })
            };
    }
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(plans))
        .routes(routes!(one))
        .routes(routes!(plan_document))
        .routes(routes!(plan_inputs))
        .routes(routes!(trial))
        .merge(deeds::routes())
}
