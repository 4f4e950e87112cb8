//! How many lanes of a checkpoint at which hour, by what was counted there.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_access::{Action, Resource};
use precinct_base::{Millis, PostId, Timestamp, caps};
use precinct_containment::{Queue, lanes_for};
use precinct_core::{Checkpoint, Tally};
use precinct_wire::{LaneHourDoc, LanesPlanDoc, Problem};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::checkpoints::area;
use crate::app::App;
use crate::door::{Asker, Failure, Path, Query};

/// How long one may wait if nothing is said.
const WAIT: Millis = Millis::from_minutes(2);
const HOUR_MS: i64 = 3_600_000;

/// How long one may wait.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
struct Wish {
    /// How long a vehicle may wait on average; none is two minutes.
    wait_ms: Option<u32>,
}

/// How many lanes each hour of the day needs, so that vehicles do not wait longer on average than they may: by the entries at hand, and at the best
/// pace that a lane has kept in one of them
#[utoipa::path(get, path = "/api/v1/checkpoints/{post}/lanes", tag = "checkpoints", params(Wish), responses((status = 200, body = LanesPlanDoc), (status = "4XX", body = Problem)))]
async fn plan(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(post): Path<u32>,
    Query(wish): Query<Wish>,
) -> Result<Json<LanesPlanDoc>, Failure> {
    let post = PostId(post);
    app.may(&asker, Action::ReadBoard, &Resource::area(area(&app, post)?), None)?;
    let known = app.board.look(|city, _| city.checkpoints().get(&post).cloned());
    let wait = wish.wait_ms.map_or(WAIT, Millis);
    Ok(Json(document(&app, post, &known.unwrap_or_default(), wait)))
}

/// Vehicles that came in an hour of the day, and for how long that was counted.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    vehicles: u64,
    ms: u64,
}

fn document(app: &App, post: PostId, checkpoint: &Checkpoint, wait: Millis) -> LanesPlanDoc {
    let mut hours = [Counted::default(); 24];
    for count in checkpoint.holding() {
        put(app, &mut hours, &count.tally);
    }
    // Vehicles an hour through one lane, at the best.
    let pace = |(lanes, tally): (u8, &Tally)| {
        let lasted = u64::try_from(tally.until.0 - tally.from.0).ok()?;
        (u64::from(tally.vehicles) * 3_600_000).checked_div(lasted * u64::from(lanes))
    };
    let paces = checkpoint.holding().filter_map(|count| pace((count.lanes, &count.tally)));
    let per_lane = paces.max().filter(|pace| *pace > 0).and_then(|pace| u32::try_from(pace).ok());
    let told = (0..).zip(hours).filter_map(|(hour, counted)| {
        let an_hour = (counted.vehicles * 3_600_000).checked_div(counted.ms)?;
        let vehicles = u32::try_from(an_hour).unwrap_or(u32::MAX);
        let found = lanes_for(vehicles, per_lane?, wait, caps::CHECKPOINT_LANES);
        let queue: Option<Queue> = found.map(|found| found.1);
        Some(LaneHourDoc {
            hour,
            vehicles,
            lanes: found.map(|found| found.0),
            wait_ms: queue.map(|queue| queue.wait.0),
        })
    });
    LanesPlanDoc { post: post.0, wait_ms: wait.0, per_lane, hours: told.collect() }
}

/// Puts what was counted into the hours of the day it was counted in, each its part by time.
fn put(app: &App, hours: &mut [Counted; 24], tally: &Tally) {
    let lasted = u64::try_from(tally.until.0 - tally.from.0).unwrap_or(0);
    let (mut at, mut told) = (tally.from.0, 0);
    while at < tally.until.0 {
        let end = (at.div_euclid(HOUR_MS) + 1).saturating_mul(HOUR_MS).min(tally.until.0);
        let hour = app.ground.hour_of_week(Timestamp(at)).index() % 24;
        let passed = u64::try_from(end - tally.from.0).unwrap_or(0);
        let by_now = u64::from(tally.vehicles) * passed / lasted.max(1);
        hours[hour].vehicles += by_now - told;
        hours[hour].ms += u64::try_from(end - at).unwrap_or(0);
        (at, told) = (end, by_now);
    }
}

/// This door.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(plan))
}
