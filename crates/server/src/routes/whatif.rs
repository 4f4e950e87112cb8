//! What if: plans tried on days that were, held against each other, and put with the plan that they prove.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::Event;
use futures_util::Stream;
use precinct_access::{Action, Resource};
use precinct_base::AreaId;
use precinct_core::{Code, Day, Plan, PlanId, PlanOrder, Purpose};
use precinct_wire::{
    Answer, CallSourceDoc, Coded, Nothing, PlanTrialBody, Problem, RunDoc, TraceDoc, TrialBody,
    TrialDoc, TrialRunDoc,
};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::plans::plan_for;
use super::runs::{self, Long};
use crate::app::App;
use crate::door::{Asker, Body, Failure, Key, Path, Query, Wish, give};
use crate::runs::Run;
use crate::tried::{Question, Tried, document, trace, work};

/// What these runs are.
const TRIAL: Code = Code::literal("trial");

/// Runs that try plans.
struct Trial;

impl Long for Trial {
    const WHAT: Code = TRIAL;
    type Body = TrialBody;
    type Question = Question;
    type Came = Tried;
    type Doc = TrialDoc;

    fn area(_: &TrialBody) -> AreaId {
        Resource::CITY.area
    }
    fn read(app: &App, body: &TrialBody) -> Result<Question, Failure> {
        Question::read(app, body)
    }
    fn work(app: &App, of: Question, run: &Run) -> Result<Option<Arc<Tried>>, String> {
        work(app, of, run)
    }
    fn document(came: &Tried) -> TrialDoc {
        document(came)
    }
}

/// Days whose calls are there: of the city's own record, and of files in the folder `calls` of its data
#[utoipa::path(get, path = "/api/v1/whatif/days", tag = "whatif", responses((status = 200, body = Vec<CallSourceDoc>), (status = "4XX", body = Problem)))]
async fn days(
    State(app): State<Arc<App>>,
    asker: Asker,
) -> Result<Json<Vec<CallSourceDoc>>, Failure> {
    app.may(&asker, Action::MakePlans, &Resource::CITY, None)?;
    let read = tokio::task::spawn_blocking(move || app.planning.sources.all(&app));
    read.await.map_err(Failure::inside)?.map(Json).map_err(Failure::inside)
}

/// Try one plan, or two against each other, on days that were: the same core, advice and roads, the same calls and the same chance for both. It runs on threads of its own, at low priority, and is watched and cancelled by its number
#[utoipa::path(post, path = "/api/v1/whatif/runs", tag = "whatif", request_body = TrialBody, responses((status = 200, body = RunDoc), (status = "4XX", body = Problem), (status = 503, description = "Too many wait already", body = Problem)))]
async fn begin(
    State(app): State<Arc<App>>,
    asker: Asker,
    Body(body): Body<TrialBody>,
) -> Result<Json<RunDoc>, Failure> {
    runs::begin::<Trial>(app, &asker, body).await.map(Json)
}

/// Trials that are known still, the newest first
#[utoipa::path(get, path = "/api/v1/whatif/runs", tag = "whatif", responses((status = 200, body = Vec<RunDoc>), (status = "4XX", body = Problem)))]
async fn all(State(app): State<Arc<App>>, asker: Asker) -> Result<Json<Vec<RunDoc>>, Failure> {
    runs::all(&app, &asker, TRIAL).map(Json)
}

/// A trial, and what it came to once it is over
#[utoipa::path(get, path = "/api/v1/whatif/runs/{run}", tag = "whatif", responses((status = 200, body = TrialRunDoc), (status = "4XX", body = Problem)))]
async fn one(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(id): Path<u64>,
) -> Result<Json<TrialRunDoc>, Failure> {
    let (run, result) = runs::one::<Trial>(&app, &asker, id)?;
    Ok(Json(TrialRunDoc { run, result }))
}

/// How a trial stands, as it goes, several times a second at most, until it is over
#[utoipa::path(get, path = "/api/v1/whatif/runs/{run}/progress", tag = "whatif", responses((status = 200, body = RunDoc, content_type = "text/event-stream"), (status = "4XX", body = Problem)))]
async fn progress(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(id): Path<u64>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let run = runs::run(&app, &asker, TRIAL, id)?;
    Ok(runs::watched(&app, run))
}

/// Cancel a trial: the runs that were done under every plan are kept, with the interval over these
#[utoipa::path(post, path = "/api/v1/whatif/runs/{run}/cancel", tag = "whatif", request_body = Nothing, responses((status = 200, body = RunDoc), (status = "4XX", body = Problem)))]
async fn cancel(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(id): Path<u64>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<RunDoc>, Failure> {
    runs::cancel(&app, &asker, TRIAL, id).map(Json)
}

/// Start a trial again: the same is asked, of the city as it is by now
#[utoipa::path(post, path = "/api/v1/whatif/runs/{run}/again", tag = "whatif", request_body = Nothing, responses((status = 200, body = RunDoc), (status = "4XX", body = Problem), (status = 503, description = "Too many wait already", body = Problem)))]
async fn again(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(id): Path<u64>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<RunDoc>, Failure> {
    runs::again::<Trial>(app, &asker, id).await.map(Json)
}

/// Which day of a trial is to be watched.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Which {
    /// `one` or `other`; the one if nothing is said.
    arm: Option<String>,
    /// The day, as 2024-01-08; the first if nothing is said.
    #[param(value_type = Option<String>)]
    day: Option<Day>,
    /// The chance, from 1 to the seeds of the trial; 1 if nothing is said.
    seed: Option<u32>,
}

impl Which {
    /// The places of plan and day in the trial, and the seed.
    fn of(&self, tried: &Tried) -> Result<(usize, usize, u32), Failure> {
        let arm = match self.arm.as_deref() {
            None | Some("one") => 0,
            Some("other") if tried.arms.len() > 1 => 1,
            Some(_) => return Err(Failure::bad("`arm` is one, or other if there is another")),
        };
        let day = self.day.map_or(Some(0), |day| tried.days.iter().position(|&one| one == day));
        let day = day.ok_or_else(|| Failure::bad("that day is none of the trial"))?;
        let seed = self.seed.unwrap_or(1);
        if !(1..=tried.seeds).contains(&seed) {
            let most = tried.seeds;
            return Err(Failure::bad(format!("`seed` is 1 to {most}")));
        }
        Ok((arm, day, seed))
    }
}

/// One day of a trial under one plan, to be watched beside the same day under the other: where units drive and stand, and what became of each call. Between the instants that the core decided a unit is on the quickest way by road
#[utoipa::path(get, path = "/api/v1/whatif/runs/{run}/trace", tag = "whatif", params(("run" = u64, Path, description = "Which trial"), Which), responses((status = 200, body = TraceDoc), (status = "4XX", body = Problem), (status = 503, description = "Another is being made ready", body = Problem)))]
async fn traced(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(id): Path<u64>,
    Query(which): Query<Which>,
) -> Result<Json<TraceDoc>, Failure> {
    let run = runs::run(&app, &asker, TRIAL, id)?;
    let tried = runs::came::<Tried>(&run)?;
    let which = which.of(&tried)?;
    let of = app.clone();
    app.planning.runs.apart(move || trace(&of, &tried, which)).await?.map(Json)
}

/// The result of a trial as it is put with a plan.
#[derive(Debug, Serialize)]
struct Proof<'a> {
    /// The form it is written in.
    form: u32,
    /// The plan that was tried.
    plan: PlanId,
    /// What it came to.
    trial: &'a TrialDoc,
}

/// The result of a trial of this very plan: unchanged, as it was recorded.
fn proof(id: PlanId, plan: &Plan, trial: &TrialDoc) -> Result<Vec<u8>, Failure> {
    if u64::from(trial.runs) < trial.days.len() as u64 * u64::from(trial.seeds) {
        let failure = Failure::conflict(
            "this trial was cancelled before all its days were run as often as asked: start it again",
        );
        return Err(failure.coded(Coded::run_short()));
    }
    let is_it = |of: &precinct_wire::ArmDoc| {
        of.pure && of.plan == Some(id.0) && of.document == Some(plan.document)
    };
    if !trial.arms.iter().any(is_it) {
        let failure = Failure::conflict(format!(
            "this trial is not of {id} as it was proposed: try it without further changes"
        ));
        return Err(failure.coded(Coded::plan_other_trial(id)));
    }
    serde_json::to_vec(&Proof { form: 1, plan: id, trial }).map_err(Failure::inside)
}

/// Put a trial with the plan it was of. Its days are none that the plan was made from; its result is on the disk, under its hash, when this is answered
#[utoipa::path(
    post, path = "/api/v1/plans/{plan}/simulation", tag = "plans", request_body = PlanTrialBody,
    params(
        ("plan" = u32, Path, description = "Which plan"),
        ("Idempotency-Key" = String, Header, description = "32 hexadecimal digits: the id of the command", pattern = "^[0-9a-f]{32}$"),
        ("If-Match" = Option<String>, Header, description = "The ETag that came with the plan: nothing is done if somebody has changed it since"),
    ),
    responses(
        (status = 200, description = "Done, and on the disk", body = Answer),
        (status = 409, description = "It is of another plan, or on days that the plan was made from", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Not done", body = Problem, content_type = "application/problem+json"),
        (status = 507, description = "The disk has no room for it", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn put_with(
    State(app): State<Arc<App>>,
    asker: Asker,
    key: Key,
    Path(id): Path<u32>,
    Body(PlanTrialBody { run }): Body<PlanTrialBody>,
) -> Result<Json<Answer>, Failure> {
    let found = plan_for(&app, &asker, id, Action::MakePlans)?;
    let run = runs::run(&app, &asker, TRIAL, run)?;
    let trial: TrialDoc = run.told().ok_or_else(runs::came_to_nothing)?;
    if let Some(trouble) = app.board.trouble() {
        return Err(trouble.into());
    }
    let (id, of, days, area) = (PlanId(id), app.clone(), trial.days.clone(), found.area);
    let kept = tokio::task::spawn_blocking(move || {
        Ok::<_, Failure>(of.planning.shelf.keep(&proof(id, &found, &trial)?)?)
    });
    let result = kept.await.map_err(Failure::inside)??;
    let order = PlanOrder::Simulate { plan: id, result, days };
    let resource = Resource::area(area);
    give(
        &app,
        &asker,
        key,
        Wish::of_purpose(Action::MakePlans, resource, Purpose::Planning, order.into()),
    )
    .await
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(days))
        .routes(routes!(all, begin))
        .routes(routes!(one))
        .routes(routes!(progress))
        .routes(routes!(cancel))
        .routes(routes!(again))
        .routes(routes!(traced))
        .routes(routes!(put_with))
}
