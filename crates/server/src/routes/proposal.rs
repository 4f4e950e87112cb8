//! What becomes of a run: a plan that is proposed once its claims are recomputed, held against another, and published.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_access::{Action, Resource};
use precinct_base::{AreaId, PostKind};
use precinct_core::{
    By, Hours, Plan, PlanId, PlanKind, PlanOrder, Proposal, Purpose, State as City, Title, Why,
};
use precinct_engine::Request;
use precinct_planner::audit;
use precinct_wire::{
    Answer, Coded, Nothing, PlanComparedDoc, PlanDoc, PlannedPostDoc, Problem, ProposePlanBody,
};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::planning::Question as CoverQuestion;
use super::plans::plan_for;
use super::runs;
use super::siting::SITING;
use crate::app::App;
use crate::cover::Asked;
use crate::door::{Asker, Body, Failure, Key, Path, Query, Wish, give};
use crate::runs::gap;
use crate::sited::{Document, Ingredients, Sited, again};

pub(super) fn bytes<T: Serialize>(document: &T) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(document).map_err(Failure::inside)
}

/// Holds what a run came to against times made anew, and has its documents on the disk; what is to be proposed.
fn drawn_up(
    app: &App,
    sited: &Sited,
    title: Title,
    post_kind: PostKind,
) -> Result<Proposal, Failure> {
    let table = again(app, &sited.question).map_err(Failure::conflict)?;
    if let Some(finding) = audit(&sited.plan, &table).first() {
        let failure = Failure::conflict(format!("the audit found that it is not so: {finding}"));
        return Err(failure.coded(Coded::plan_not_so(finding.to_string())));
    }
    let answer = &sited.plan.answer;
    let document = app.planning.shelf.keep(&bytes(&Document::new(app, sited, post_kind))?)?;
    let inputs = app.planning.shelf.keep(&bytes(&Ingredients::new(app, sited))?)?;
    Ok(Proposal {
        kind: PlanKind::Posts,
        area: sited.question.area,
        title,
        parent: sited.question.parent,
        document,
        inputs,
        aim: sited.question.aim.name().parse().map_err(Failure::inside)?,
        objective: answer.objective,
        bound: answer.bound,
        gap_ppm: gap(answer.objective, answer.bound),
        audited: true,
        fitted: sited.question.fitted.clone(),
    })
}

/// What a proposal is for.
pub(super) const PLANNING: Why = Why::Purpose(Purpose::Planning);

/// Propose what a run came to. Before, times by road are made anew and every claim is recomputed by separate code; what the plan says and what it was made from are on the disk, under their hashes, when this is answered
#[utoipa::path(
    post, path = "/api/v1/plans", tag = "plans", request_body = ProposePlanBody,
    params(("Idempotency-Key" = String, Header, description = "32 hexadecimal digits: the id of the command", pattern = "^[0-9a-f]{32}$")),
    responses(
        (status = 200, description = "Proposed, and on the disk", body = Answer),
        (status = "4XX", description = "Not proposed", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not at present: send it again with the same key", body = Problem, content_type = "application/problem+json"),
        (status = 507, description = "The disk has no room for it", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn propose(
    State(app): State<Arc<App>>,
    asker: Asker,
    key: Key,
    Body(body): Body<ProposePlanBody>,
) -> Result<Json<Answer>, Failure> {
    let run = runs::run(&app, &asker, SITING, body.run)?;
    let acting = app.may(&asker, Action::MakePlans, &Resource::area(run.area), None)?;
    let sited = runs::came::<Sited>(&run)?;
    let (title, kind) = (body.name.into(), body.post_kind.unwrap_or(PostKind::Standby));
    proposed(app, App::by(&asker, acting, PLANNING), key, move |app| {
        drawn_up(app, &sited, title, kind)
    })
    .await
}

/// Proposes what is drawn up, with its documents on the disk before.
pub(super) async fn proposed(
    app: Arc<App>,
    by: By,
    key: Key,
    draw_up: impl FnOnce(&App) -> Result<Proposal, Failure> + Send + 'static,
) -> Result<Json<Answer>, Failure> {
    if let Some(trouble) = app.board.trouble() {
        return Err(trouble.into());
    }
    let of = app.clone();
    let drawn = tokio::task::spawn_blocking(move || draw_up(&of));
    let order = PlanOrder::Propose(Box::new(drawn.await.map_err(Failure::inside)??));
    let done = app.order(Request::new(key.id, by, order.into())).await?;
    Ok(Json(done.map_or_else(Answer::default, |done| {
        Answer::done(done.seq, done.at, done.repeated, &done.facts)
    })))
}

/// Make a plan hold, once it was tried on days it was not made from and a second person approved it. The posts it adds are on the board from now on; the plan before it is superseded, and the posts that one had added go with it
#[utoipa::path(
    post, path = "/api/v1/plans/{plan}/publication", tag = "plans", request_body = Nothing,
    params(
        ("plan" = u32, Path, description = "Which plan"),
        ("Idempotency-Key" = String, Header, description = "32 hexadecimal digits: the id of the command", pattern = "^[0-9a-f]{32}$"),
        ("If-Match" = Option<String>, Header, description = "The ETag that came with the plan: nothing is done if somebody has changed it since"),
    ),
    responses(
        (status = 200, description = "Done, and on the disk", body = Answer),
        (status = 409, description = "It was not tried, or nobody else approved it; or its document is not the one that was recorded", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Not done: somebody else has changed it since", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Not done", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn publish(
    State(app): State<Arc<App>>,
    asker: Asker,
    key: Key,
    Path(id): Path<u32>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<Answer>, Failure> {
    let found = plan_for(&app, &asker, id, Action::PublishPlans)?;
    let (id, of) = (PlanId(id), app.clone());
    let posts = tokio::task::spawn_blocking(move || match found.kind {
        PlanKind::Posts => of.plan_document(id).map(|plan| (plan.keeps(), plan.adds())),
        PlanKind::Patrol => Ok((Vec::new(), Vec::new())),
    });
    let (keeps, adds) = posts.await.map_err(Failure::inside)??;
    let order = PlanOrder::Publish { plan: id, keeps, adds };
    let resource = Resource::area(found.area);
    let wish = Wish::of_purpose(Action::PublishPlans, resource, Purpose::Planning, order.into());
    give(&app, &asker, key, wish).await
}

/// Which plans are held against each other.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Both {
    /// The one.
    one: u32,
    /// The other; the posts that are on the board by now if nothing is said.
    other: Option<u32>,
}

/// Police posts of an area that are on the board.
fn today(city: &City, area: AreaId) -> Vec<PlannedPostDoc> {
    let within = |one: AreaId| city.up(one).any(|(above, _)| above == area) || one == area;
    let posts = city.posts().iter();
    let posts = posts.filter(|(_, post)| post.kind.is_police() && within(post.area));
    let post = |(&id, post): (&precinct_base::PostId, &precinct_core::Post)| PlannedPostDoc {
        post: Some(id.0),
        at: post.at.into(),
        name: (&post.title).into(),
        hours: post.hours,
    };
    posts.map(post).collect()
}

/// The posts a plan has.
fn planned(app: &App, id: PlanId) -> Result<Vec<PlannedPostDoc>, Failure> {
    let document = app.plan_document(id)?;
    let post = |post: &crate::sited::DocumentPost| PlannedPostDoc {
        post: post.post.map(|post| post.0),
        at: post.at.into(),
        name: (&post.title).into(),
        hours: Hours::ALWAYS,
    };
    Ok(document.posts.iter().map(post).collect())
}

fn asked(posts: &[PlannedPostDoc]) -> Vec<Asked> {
    posts.iter().map(|post| Asked { at: post.at.0, hours: post.hours }).collect()
}

/// Two plans against each other, or one against the posts that are on the board: their posts, what each covers, which areas and places gain and which lose
#[utoipa::path(get, path = "/api/v1/plans/compare", tag = "plans", params(Both), responses((status = 200, body = PlanComparedDoc), (status = "4XX", body = Problem)))]
async fn compare(
    State(app): State<Arc<App>>,
    asker: Asker,
    Query(Both { one, other }): Query<Both>,
) -> Result<Json<PlanComparedDoc>, Failure> {
    let first = plan_for(&app, &asker, one, Action::ReadPlans)?;
    let second = other.map(|other| plan_for(&app, &asker, other, Action::ReadPlans)).transpose()?;
    if [Some(&first), second.as_ref()].into_iter().flatten().any(|one| one.kind != PlanKind::Posts)
    {
        return Err(Failure::conflict("a patrol plan has no posts to compare: try it instead"));
    }
    let compared = tokio::task::spawn_blocking(move || {
        let one_posts = planned(&app, PlanId(one))?;
        let other_posts = match other {
            Some(other) => planned(&app, PlanId(other))?,
            None => app.board.look(|city, _| today(city, first.area)),
        };
        let (asked, against) = (asked(&one_posts), asked(&other_posts));
        let cover = CoverQuestion::of(asked, against, first.area).answer(&app);
        let document = |id: u32, plan: &Plan| PlanDoc::new(PlanId(id), plan);
        Ok(PlanComparedDoc {
            one: document(one, &first),
            other: other.zip(second).map(|(id, plan)| document(id, &plan)),
            one_posts,
            other_posts,
            cover,
        })
    });
    compared.await.map_err(Failure::inside)?.map(Json)
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(propose)).routes(routes!(compare)).routes(routes!(publish))
}
