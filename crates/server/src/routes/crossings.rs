//! Where roads cross a line, and how ready a ring is.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_access::{Action, Resource};
use precinct_base::{
    AreaId, LonLat, Metres, Millis, MultiPolygon, PostId, PostKind, Timestamp, caps,
};
use precinct_containment::{Closing, Crossing, UnitAt, close, crossings};
use precinct_core::{Doing, Post, PostState, Ring, RingId, State as City, Travels};
use precinct_roads::{Network, Profile, Scratch, Snap};
use precinct_wire::{
    AskCrossings, CrossingDoc, CrossingsDoc, GapDoc, NameDoc, Problem, ReadinessDoc,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::advice::call_sign;
use super::rings::area;
use crate::advise::{parts, placed};
use crate::app::App;
use crate::door::{Asker, Body, Failure, Path};
use crate::ground::{STREET, name_doc, profile};
use crate::reach::SEEN;
use crate::seal::{by_profile, version};

/// A checkpoint this near a crossing mans it.
const NEAR: Metres = Metres(150);
/// How long a unit takes to close a crossing once it is there.
const SET_UP: Millis = Millis::from_seconds(45);
/// A unit further away than this is no help.
const FURTHEST: Millis = Millis::from_minutes(60);

/// The streets of whoever is to be stopped.
fn streets(app: &App, travels: Travels) -> Result<Arc<Network>, Failure> {
    let profile = match travels {
        Travels::Car => Profile::PoliceCar,
        Travels::Foot => Profile::Foot,
    };
    let none = || Failure::missing("there are no streets here for whoever is to be stopped");
    app.ground.network(profile).ok_or_else(none)
}

/// The ground within a line or a border.
fn ground(app: &App, ask: &AskCrossings) -> Result<MultiPolygon, Failure> {
    if let (Some(border), true) = (ask.border, ask.line.is_empty()) {
        let none = || Failure::missing(format!("the border of area {border} is not known here"));
        return app.ground.shape(AreaId(border)).cloned().ok_or_else(none);
    }
    let (fewest, most) = (3, caps::RING_PLACES);
    if ask.border.is_some() || !(fewest..=most).contains(&ask.line.len()) {
        return Err(Failure::bad(format!(
            "give a line of {fewest} to {most} places, or the border of an area: one of the two"
        )));
    }
    let line: Vec<LonLat> = ask.line.iter().map(|at| at.0).collect();
    Ok(MultiPolygon::from_ring(line))
}

/// Every road that cars, or people on foot, can take across a line: what a ring along it would have to man
#[utoipa::path(post, path = "/api/v1/rings/crossings", tag = "rings", request_body = AskCrossings, responses((status = 200, body = CrossingsDoc), (status = "4XX", body = Problem)))]
async fn find(
    State(app): State<Arc<App>>,
    asker: Asker,
    Body(ask): Body<AskCrossings>,
) -> Result<Json<CrossingsDoc>, Failure> {
    let first = ask.line.first().map_or(AreaId(0), |at| app.ground.area(at.0));
    let resource = Resource::area(ask.border.map_or(first, AreaId));
    app.may(&asker, Action::Recommend, &resource, None)?;
    let found = tokio::task::spawn_blocking(move || {
        let network = streets(&app, ask.travels)?;
        let found = crossings(&network, &ground(&app, &ask)?);
        if found.len() > caps::RING_CROSSINGS {
            let most = caps::RING_CROSSINGS;
            return Err(Failure::bad(format!(
                "{} roads cross that line, and a ring has at most {most}: draw a shorter one",
                found.len()
            )));
        }
        Ok(app.board.look(|city, _| CrossingsDoc {
            crossings: found.iter().map(|one| document(&app, city, one)).collect(),
            roads: version(&app),
        }))
    });
    found.await.map_err(Failure::inside)?.map(Json)
}

fn document(app: &App, city: &City, crossing: &Crossing) -> CrossingDoc {
    CrossingDoc {
        at: crossing.at.into(),
        segment: crossing.roads.first().map(|road| road.place.segment.0),
        street: street(app, crossing),
        post: checkpoint(city, crossing.at).map(|post| post.0),
    }
}

fn street(app: &App, crossing: &Crossing) -> Option<NameDoc> {
    name_doc(app.ground.map.names().get(crossing.name))
}

/// The nearest checkpoint that is near enough.
fn checkpoint(city: &City, at: LonLat) -> Option<PostId> {
    let checkpoints = city.posts().iter().filter(|(_, post)| post.kind == PostKind::Checkpoint);
    let near = checkpoints.map(|(&id, post)| (post.at.distance(at), id));
    near.filter(|(distance, _)| *distance <= NEAR.millimetres()).min().map(|(_, id)| id)
}

/// Whether a checkpoint is manned now: open by its hours and orders, and not said to be empty.
fn manned(app: &App, city: &City, (id, post): (PostId, &Post), now: Timestamp) -> bool {
    let known = city.checkpoints().get(&id);
    let empty = known.is_some_and(|known| known.since.is_some() && known.staff == 0);
    let open = post.hours.contains(app.ground.hour_of_week(now));
    open && post.state() != PostState::Closed && !empty
}

/// How ready a ring is: which crossings are manned now, who could man the rest, and how soon
#[utoipa::path(get, path = "/api/v1/rings/{ring}/readiness", tag = "rings", responses((status = 200, body = ReadinessDoc), (status = "4XX", body = Problem)))]
async fn readiness(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(ring): Path<u32>,
) -> Result<Json<ReadinessDoc>, Failure> {
    let ring = RingId(ring);
    app.may(&asker, Action::Recommend, &Resource::area(area(&app, ring)?), None)?;
    let made = tokio::task::spawn_blocking(move || {
        let now = app.watch.wall();
        let (known, open, units) = app.board.look(|city, _| {
            let known = city.rings().get(&ring).cloned()?;
            let open = gaps(&app, city, &known, now);
            Some((known, open, free(&app, city)))
        })?;
        Some(ready(&app, (ring, &known), &open, &units))
    });
    let made = made.await.map_err(Failure::inside)?;
    made.map(Json).ok_or_else(|| Failure::missing(format!("there is no {ring}")))
}

/// The crossings that nobody mans now, by their place in the list.
fn gaps(app: &App, city: &City, ring: &Ring, now: Timestamp) -> Vec<usize> {
    let held = |post: Option<PostId>| {
        let known = post.and_then(|post| Some((post, city.posts().get(&post)?)));
        known.is_some_and(|known| manned(app, city, known, now))
    };
    let all = ring.plan.crossings.iter().enumerate();
    all.filter(|(_, crossing)| !held(crossing.post)).map(|(index, _)| index).collect()
}

/// The units that are free, where they are.
fn free(app: &App, city: &City) -> Vec<UnitAt> {
    let view = app.field.view();
    let units = city.units().iter();
    let units = units.filter(|(_, unit)| unit.doing() == Some(Doing::Available));
    let at = units.filter_map(|(&id, unit)| {
        let place = placed(&app.ground, city, &view, id, unit);
        let fresh = place.fix_age.is_none_or(|age| age <= SEEN);
        let profile = profile(unit.vehicle).filter(|&by| app.ground.network(by).is_some())?;
        let at = place.snap.filter(|_| fresh)?;
        Some(UnitAt { unit: id, profile, at, delay: Millis::ZERO, holds: None })
    });
    at.collect()
}

fn ready(app: &App, (id, ring): (RingId, &Ring), open: &[usize], units: &[UnitAt]) -> ReadinessDoc {
    let main = app.ground.main();
    let place = |&index: &usize| main.as_ref()?.snap(ring.plan.crossings[index].at, &STREET);
    let exits: Vec<Snap> = open.iter().filter_map(place).collect();
    let streets = app.ground.networks();
    let networks = by_profile(&streets);
    let closing = Closing { exits: &exits, units, networks, setup: SET_UP, limit: FURTHEST };
    let closed = close(&closing, &mut Scratch::default());
    // One that is far from every street is nobody's to man in time.
    let mut sent = closed.sent.iter();
    let gap = |&index: &usize| {
        let sent = place(&index).and_then(|_| *sent.next()?);
        let sign = |unit| app.board.look(|city, _| call_sign(city, unit));
        GapDoc {
            crossing: index as u32,
            unit: sent.map(|sent| sent.unit.0),
            call_sign: sent.map(|sent| sign(sent.unit)),
            arrival_ms: sent.map(|sent| sent.ready.0),
        }
    };
    let gaps: Vec<GapDoc> = open.iter().map(gap).collect();
    let all = ring.plan.crossings.len();
    let manned = all - open.len();
    let last = gaps.iter().map(|gap| gap.arrival_ms).max().unwrap_or(Some(0));
    let every = gaps.iter().all(|gap| gap.unit.is_some());
    ReadinessDoc {
        ring: id.0,
        crossings: all as u32,
        manned: manned as u32,
        share: if all == 0 { 10_000 } else { parts(manned as u64, all as u64) },
        rest_ms: last.filter(|_| every),
        gaps,
        stale: ring.plan.roads != version(app),
    }
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(find)).routes(routes!(readiness))
}
