//! Where posts could stand, and runs that choose among those places.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::Event;
use futures_util::Stream;
use precinct_access::{Action, Resource};
use precinct_base::AreaId;
use precinct_core::Code;
use precinct_planner::{Answer, Binding, Claims};
use precinct_wire::{
    AreaClaimDoc, CandidatesBody, ClaimsDoc, NameDoc, Nothing, Problem, RunDoc, SiteCandidateDoc,
    SiteCandidatesDoc, SiteGradeDoc, SitedPostDoc, SitingBody, SitingDoc, SitingRunDoc,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::runs::{self, Long};
use crate::app::App;
use crate::describe::title;
use crate::door::{Asker, Body, Failure, Path};
use crate::runs::Run;
use crate::sited::{Question, Sited, Stand, is_in, stands, work};

/// Runs that choose among places.
pub(super) struct Siting;

impl Long for Siting {
    const WHAT: Code = SITING;
    type Body = SitingBody;
    type Question = Question;
    type Came = Sited;
    type Doc = SitingDoc;

    fn area(body: &SitingBody) -> AreaId {
        AreaId(body.candidates.area.unwrap_or(0))
    }
    fn read(app: &App, body: &SitingBody) -> Result<Question, Failure> {
        Question::read(app, body)
    }
    fn work(app: &App, of: Question, run: &Run) -> Result<Option<Arc<Sited>>, String> {
        work(app, of, run)
    }
    fn document(came: &Sited) -> SitingDoc {
        document(came)
    }
}

/// What these runs are.
pub(super) const SITING: Code = Code::literal("siting");

/// What a place is called on the board.
fn name(stand: &Stand, number: usize) -> NameDoc {
    (&title(&stand.place.name, &format!("Standby {}", number + 1))).into()
}

/// The grades of the city, and how much of an area's demand each has.
fn grades(app: &App, area: AreaId) -> Vec<SiteGradeDoc> {
    let city = &app.ground.city;
    let all = city.thresholds.all().iter();
    let grade = |one: &precinct_city::Threshold| SiteGradeDoc {
        grade: one.grade.clone(),
        minutes: one.within.0.div_ceil(60_000),
        demand: 0,
    };
    let mut grades: Vec<SiteGradeDoc> = all.map(grade).collect();
    let last = grades.len().saturating_sub(1);
    for demand in city.demand.iter().filter(|demand| is_in(app, demand.at, area)) {
        if let Some(grade) = grades.get_mut(usize::from(demand.grade.0).min(last)) {
            grade.demand += u64::from(demand.weight);
        }
    }
    grades
}

/// Where posts could stand: where they do, at street corners near demand, at sites, and at places of one's own choice
#[utoipa::path(post, path = "/api/v1/planning/candidates", tag = "planning", request_body = CandidatesBody, responses((status = 200, body = SiteCandidatesDoc), (status = "4XX", body = Problem)))]
async fn candidates(
    State(app): State<Arc<App>>,
    asker: Asker,
    Body(body): Body<CandidatesBody>,
) -> Result<Json<SiteCandidatesDoc>, Failure> {
    let area = Resource::area(AreaId(body.area.unwrap_or(0)));
    app.may(&asker, Action::ReadPlans, &area, None)?;
    let asked = body.places.len();
    let found = tokio::task::spawn_blocking(move || {
        let stands = stands(&app, &body)?;
        Ok::<_, Failure>((stands, grades(&app, AreaId(body.area.unwrap_or(0)))))
    });
    let (stands, grades) = found.await.map_err(Failure::inside)??;
    let listed = stands.iter().filter(|stand| stand.origin == "listed").count();
    let one = |(number, stand): (usize, &Stand)| SiteCandidateDoc {
        at: stand.place.at.into(),
        name: name(stand, number),
        origin: stand.origin.to_owned(),
        post: stand.post.map(|post| post.0),
    };
    let candidates = stands.iter().enumerate().map(one).collect();
    Ok(Json(SiteCandidatesDoc { candidates, off_road: (asked - listed) as u32, grades }))
}

/// Have the planner choose among them. It runs on a thread of its own, at low priority, and is watched and cancelled by its number
#[utoipa::path(post, path = "/api/v1/planning/runs", tag = "planning", request_body = SitingBody, responses((status = 200, body = RunDoc), (status = "4XX", body = Problem), (status = 503, description = "Too many wait already", body = Problem)))]
async fn begin(
    State(app): State<Arc<App>>,
    asker: Asker,
    Body(body): Body<SitingBody>,
) -> Result<Json<RunDoc>, Failure> {
    runs::begin::<Siting>(app, &asker, body).await.map(Json)
}

/// Runs of the planner that are known still, the newest first
#[utoipa::path(get, path = "/api/v1/planning/runs", tag = "planning", responses((status = 200, body = Vec<RunDoc>), (status = "4XX", body = Problem)))]
async fn all(State(app): State<Arc<App>>, asker: Asker) -> Result<Json<Vec<RunDoc>>, Failure> {
    runs::all(&app, &asker, SITING).map(Json)
}

/// A run of the planner, and what it came to once it is over
#[utoipa::path(get, path = "/api/v1/planning/runs/{run}", tag = "planning", responses((status = 200, body = SitingRunDoc), (status = "4XX", body = Problem)))]
async fn one(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(id): Path<u64>,
) -> Result<Json<SitingRunDoc>, Failure> {
    let (run, result) = runs::one::<Siting>(&app, &asker, id)?;
    Ok(Json(SitingRunDoc { run, result }))
}

/// How a run of the planner stands, as it goes, several times a second at most, until it is over
#[utoipa::path(get, path = "/api/v1/planning/runs/{run}/progress", tag = "planning", responses((status = 200, body = RunDoc, content_type = "text/event-stream"), (status = "4XX", body = Problem)))]
async fn progress(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(id): Path<u64>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let run = runs::run(&app, &asker, SITING, id)?;
    Ok(runs::watched(&app, run))
}

/// Cancel a run of the planner: the best so far is kept, with how far from the best of all it may be
#[utoipa::path(post, path = "/api/v1/planning/runs/{run}/cancel", tag = "planning", request_body = Nothing, responses((status = 200, body = RunDoc), (status = "4XX", body = Problem)))]
async fn cancel(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(id): Path<u64>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<RunDoc>, Failure> {
    runs::cancel(&app, &asker, SITING, id).map(Json)
}

/// Start a run of the planner again: the same is asked, of the city as it is by now
#[utoipa::path(post, path = "/api/v1/planning/runs/{run}/again", tag = "planning", request_body = Nothing, responses((status = 200, body = RunDoc), (status = "4XX", body = Problem), (status = 503, description = "Too many wait already", body = Problem)))]
async fn again(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(id): Path<u64>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<RunDoc>, Failure> {
    runs::again::<Siting>(app, &asker, id).await.map(Json)
}

fn claims(claims: &Claims) -> ClaimsDoc {
    let reached = claims.demand.saturating_sub(claims.beyond);
    let area =
        |&(area, [demand, covered]): &(u32, [u64; 2])| AreaClaimDoc { area, demand, covered };
    ClaimsDoc {
        demand: claims.demand,
        covered: claims.covered,
        twice: claims.twice,
        beyond: claims.beyond,
        mean_ms: claims.weighted_ms.checked_div(reached).unwrap_or(0),
        longest_ms: claims.longest.0,
        areas: claims.areas.iter().map(area).collect(),
    }
}

/// What the place is called at which one more post would help most.
fn next(question: &Question, answer: &Answer) -> Option<NameDoc> {
    let next = answer.binds.iter().find_map(|bind| match *bind {
        Binding::Posts { next, .. } => Some(next as usize),
        _ => None,
    });
    next.map(|next| name(&question.stands[next], next))
}

fn document(sited: &Sited) -> SitingDoc {
    let (question, answer) = (&sited.question, &sited.plan.answer);
    let post = |&candidate: &u32| {
        let stand = &question.stands[candidate as usize];
        SitedPostDoc {
            candidate,
            at: stand.place.at.into(),
            name: name(stand, candidate as usize),
            origin: stand.origin.to_owned(),
            post: stand.post.map(|post| post.0),
            kept: stand.candidate.standing == precinct_planner::Standing::Kept,
        }
    };
    let dropped = question.stands.iter().zip(0..).filter_map(|(stand, number)| {
        let gone = stand.post.filter(|_| answer.chosen.binary_search(&number).is_err());
        gone.map(|post| post.0)
    });
    let chosen = || answer.chosen.iter().map(|&one| question.stands[one as usize].candidate);
    SitingDoc {
        aim: question.aim,
        objective: answer.objective,
        bound: answer.bound,
        gap_ppm: u32::try_from(answer.gap()).unwrap_or(u32::MAX),
        parts: answer.parts,
        proven: answer.proven,
        cancelled: answer.cancelled,
        minutes: question.ask.within.iter().map(|within| within.0 / 60_000).collect(),
        posts: answer.chosen.iter().map(post).collect(),
        dropped: dropped.collect(),
        before: claims(&sited.plan.before),
        after: claims(&sited.plan.claims),
        binds: answer.binds.iter().filter_map(|one| serde_json::to_value(one).ok()).collect(),
        next_name: next(question, answer),
        fitted: question.fitted.clone(),
        hours: question.shares.as_ref().map(|shares| shares.of_city().to_vec()),
        money: chosen().map(|one| one.money).sum(),
        staff: chosen().map(|one| one.staff).sum(),
    }
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(candidates))
        .routes(routes!(all, begin))
        .routes(routes!(one))
        .routes(routes!(progress))
        .routes(routes!(cancel))
        .routes(routes!(again))
}
