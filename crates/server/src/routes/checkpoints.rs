//! Checkpoints: how many lanes are open, and what was counted.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_access::{Action, Resource};
use precinct_base::{AreaId, PostId};
use precinct_core::{CheckpointOrder, Order, Purpose};
use precinct_wire::{CountBody, CountDoc, LanesBody, Page, PageWish, Problem};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::board::after;
use crate::app::App;
use crate::door::{Asker, Failure, Path, Query, Wish, commands};

pub(super) fn area(app: &App, post: PostId) -> Result<AreaId, Failure> {
    let area = app.board.look(|state, _| state.posts().get(&post).map(|post| post.area));
    area.ok_or_else(|| Failure::missing(format!("there is no post {post}")))
}

fn wish(app: &App, post: u32, order: CheckpointOrder) -> Result<Wish, Failure> {
    let post = PostId(post);
    let resource = Resource::area(area(app, post)?);
    let order = Order::Checkpoint { post, order };
    Ok(Wish::of_purpose(Action::KeepCheckpoint, resource, Purpose::Duty, order))
}

commands! {
    /// Say how many lanes of a checkpoint are open, and how many people work there
    post "/api/v1/checkpoints/{post}/lanes", "checkpoints", man(post: u32; LanesBody) =>
        |app: &App, _: &Asker, (post,), LanesBody { lanes, staff }| {
            wish(app, post, CheckpointOrder::Man { lanes, staff })
        };
    /// Enter what was counted at a checkpoint: numbers, and nobody. An entry that was wrong is corrected by a later one
    post "/api/v1/checkpoints/{post}/counts", "checkpoints", count(post: u32; CountBody) =>
        |app: &App, _: &Asker, (post,), body: CountBody| wish(app, post, body.order());
}

/// What was counted at a checkpoint of late, in order of entry; what was corrected says by which entry
#[utoipa::path(get, path = "/api/v1/checkpoints/{post}/counts", tag = "checkpoints", params(PageWish), responses((status = 200, body = Page<CountDoc>), (status = "4XX", body = Problem)))]
async fn counts(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(post): Path<u32>,
    Query(wish): Query<PageWish>,
) -> Result<Json<Page<CountDoc>>, Failure> {
    let post = PostId(post);
    app.may(&asker, Action::ReadBoard, &Resource::area(area(&app, post)?), None)?;
    let after = after(&wish)?;
    Ok(Json(app.board.look(|city, _| {
        let known = city.checkpoints().get(&post).into_iter().flat_map(|one| &one.counts);
        let rising = known.map(|count| (count.count.0, CountDoc::from(count)));
        wish.page(rising.filter(|one| after.is_none_or(|after| one.0 > after)))
    })))
}

/// Every door of checkpoints.
pub(crate) fn all() -> OpenApiRouter<Arc<App>> {
    routes().routes(routes!(counts))
}
