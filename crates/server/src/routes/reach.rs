//! Reach 1-3-5 of those who are free, and who is within minutes of a place.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use precinct_access::Action;
use precinct_base::{AreaId, LonLat, Millis, PostId, UnitId, caps};
use precinct_core::Doing;
use precinct_roads::{Profile, Scratch, Snap, Way};
use precinct_wire::{
    FeatureKind, FeaturesKind, PostWithinDoc, Problem, ReachBandDoc, ReachDoc, ReachFeatureDoc,
    UnitWithinDoc, WithinDoc, unit,
};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::board::Sees;
use crate::advise::placed;
use crate::app::App;
use crate::door::{Asker, Failure, Query, unless_known};
use crate::ground::{STREET, profile};
use crate::reach::{Band, Picture, SEEN, Wish, open_posts};

/// The reach that is asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Wanted {
    /// Minutes, with commas; 1,3,5 if nothing is said.
    minutes: Option<String>,
    /// `free`: from the units that are free now. From them too if nothing is said of units or posts.
    units: Option<String>,
    /// `open`: from the posts that are open now.
    posts: Option<String>,
    /// Outlines of what is in this box alone, more finely: west,south,east,north in degrees. Shares are of the whole city.
    bbox: Option<String>,
}

/// Whether something is asked for in the one way there is.
fn asked(value: Option<&str>, name: &str, only: &str) -> Result<bool, Failure> {
    match value {
        None => Ok(false),
        Some(value) if value == only => Ok(true),
        Some(_) => Err(Failure::bad(format!("`{name}` is {only}, or left out"))),
    }
}

fn minutes(text: &str) -> Result<Millis, Failure> {
    let minutes = text.trim().parse().ok().filter(|one| (1..=caps::REACH_MINUTES).contains(one));
    let most = caps::REACH_MINUTES;
    minutes
        .map(Millis::from_minutes)
        .ok_or_else(|| Failure::bad(format!("`minutes` are whole numbers from 1 to {most}")))
}

fn thresholds(text: &str) -> Result<Vec<Millis>, Failure> {
    let within: BTreeSet<Millis> = text.split(',').map(minutes).collect::<Result<_, _>>()?;
    if within.len() > caps::REACH_BANDS {
        let most = caps::REACH_BANDS;
        return Err(Failure::bad(format!(
            "{} thresholds are too many: at most {most}",
            within.len()
        )));
    }
    Ok(within.into_iter().collect())
}

/// The areas whose units an asker sees; none is all.
fn areas(app: &App, asker: &Asker) -> Result<Option<BTreeSet<AreaId>>, Failure> {
    let mut sees = Sees::new(app, asker, Action::ReadPositions);
    sees.anything()?;
    if sees.area(AreaId(0)) {
        return Ok(None);
    }
    let all: Vec<AreaId> = app.board.look(|city, _| city.areas().keys().copied().collect());
    Ok(Some(all.into_iter().filter(|&area| sees.area(area)).collect()))
}

/// Where the units that are free now could be within minutes by road, as outlines, and how much of demand and streets that is. It follows
/// the units: asked for again it is at most two seconds old
#[utoipa::path(get, path = "/api/v1/reach", tag = "positions", params(Wanted), responses((status = 200, body = ReachDoc, content_type = "application/geo+json"), (status = 304, description = "It is as it was"), (status = "4XX", body = Problem)))]
async fn reach(
    State(app): State<Arc<App>>,
    asker: Asker,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let areas = areas(&app, &asker)?;
    let posts = asked(wanted.posts.as_deref(), "posts", "open")?;
    let units = asked(wanted.units.as_deref(), "units", "free")? || !posts;
    let bbox = wanted.bbox.as_deref().map(str::parse).transpose().map_err(Failure::bad)?;
    let within = thresholds(wanted.minutes.as_deref().unwrap_or("1,3,5"))?;
    let wish = Wish { within, units, posts, areas, bbox };
    let made = tokio::task::spawn_blocking(move || app.reaches.picture(&app, &wish));
    let picture = made.await.map_err(Failure::inside)?;
    let form = [("content-type", "application/geo+json")];
    let tag = format!("W/\"{}-{}\"", picture.at.0, picture.number);
    Ok(unless_known(&headers, &tag, || (form, Json(document(&picture))).into_response()))
}

fn document(picture: &Picture) -> ReachDoc {
    let feature = |band: &Band| ReachFeatureDoc {
        kind: FeatureKind::Feature,
        geometry: (&band.area).into(),
        properties: ReachBandDoc {
            minutes: band.within.0 / 60_000,
            demand: band.demand,
            streets: band.streets,
        },
    };
    ReachDoc {
        kind: FeaturesKind::FeatureCollection,
        at: picture.at.into(),
        units_seen: picture.counted.fresh,
        units_at_post: picture.counted.at_post,
        units_stale: picture.counted.stale,
        units_off_road: picture.counted.off_road,
        posts: picture.counted.posts,
        features: picture.bands.iter().map(feature).collect(),
    }
}

/// The place asked about.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Place {
    /// Longitude in degrees.
    lon: f64,
    /// Latitude in degrees.
    lat: f64,
    /// Minutes by road, 1 to 60.
    minutes: String,
    /// `free`: only units that are free.
    units: Option<String>,
    /// `open`: posts that are open now too.
    posts: Option<String>,
}

/// Which units on duty could be at a place within minutes by road, the soonest first; and which posts are as near
#[utoipa::path(get, path = "/api/v1/within", tag = "positions", params(Place), responses((status = 200, body = WithinDoc), (status = "4XX", body = Problem)))]
async fn within(
    State(app): State<Arc<App>>,
    asker: Asker,
    Query(place): Query<Place>,
) -> Result<Json<WithinDoc>, Failure> {
    let areas = areas(&app, &asker)?;
    let at = LonLat::from_degrees(place.lon, place.lat);
    let at =
        at.ok_or_else(|| Failure::bad("`lon` and `lat` are degrees: −180 to 180 and −90 to 90"))?;
    let search = Search {
        at,
        limit: minutes(&place.minutes)?,
        free: asked(place.units.as_deref(), "units", "free")?,
        posts: asked(place.posts.as_deref(), "posts", "open")?,
        areas,
    };
    let found = tokio::task::spawn_blocking(move || search.answer(&app));
    found.await.map_err(Failure::inside).map(Json)
}

struct Search {
    at: LonLat,
    limit: Millis,
    free: bool,
    posts: bool,
    areas: Option<BTreeSet<AreaId>>,
}

/// A unit on the streets of its vehicle, and how old its fix is.
type Standing = (UnitId, Profile, Snap, Option<Millis>);

impl Search {
    fn sees(&self, area: AreaId) -> bool {
        self.areas.as_ref().is_none_or(|areas| areas.contains(&area))
    }

    fn answer(&self, app: &App) -> WithinDoc {
        let now = app.watch.wall();
        app.ground.turn(now);
        let (units, posts) = app.board.look(|state, _| {
            let posts: Vec<(PostId, LonLat)> = if self.posts {
                open_posts(app, state, now, |area| self.sees(area)).collect()
            } else {
                Vec::new()
            };
            (self.standing(app, state), posts)
        });
        let mut times: Vec<(Millis, UnitId, Option<Millis>)> = Vec::new();
        let mut from_posts: Vec<(Millis, PostId)> = Vec::new();
        let main = app.ground.main().map(|network| network.profile());
        let mut scratch = Scratch::default();
        for (&by, network) in app.ground.networks().iter() {
            let Some(place) = network.snap(self.at, &STREET) else { continue };
            let place = [place];
            let reach = network.reach(&mut scratch, &place, self.limit, Way::In);
            let own = units.iter().filter(|unit| unit.1 == by);
            times.extend(
                own.filter_map(|(unit, _, snap, age)| Some((reach.at(snap)?.0, *unit, *age))),
            );
            if main == Some(by) {
                from_posts.extend(posts.iter().filter_map(|&(post, at)| {
                    Some((reach.at(&app.ground.stand(by, at)?)?.0, post))
                }));
            }
        }
        times.sort_unstable();
        from_posts.sort_unstable();
        let post =
            |&(time, post): &(Millis, PostId)| PostWithinDoc { post: post.0, travel_ms: time.0 };
        WithinDoc {
            at: self.at.into(),
            now: now.into(),
            units_in_all: times.len() as u32,
            posts_in_all: from_posts.len() as u32,
            units: app.board.look(|state, _| told(state, &times)),
            posts: from_posts.iter().take(caps::PAGE).map(post).collect(),
        }
    }

    /// Units on duty that an asker sees, where they were seen within a quarter of an hour or at their posts.
    fn standing(&self, app: &App, state: &precinct_core::State) -> Vec<Standing> {
        let view = app.field.view();
        let wanted = |doing: Option<Doing>| match doing {
            Some(Doing::Available) => true,
            doing => doing.is_some() && !self.free,
        };
        let units = state.units().iter();
        let units = units.filter(|(_, unit)| wanted(unit.doing()) && self.sees(unit.area));
        let standing = units.filter_map(|(&id, unit)| {
            let place = placed(&app.ground, state, &view, id, unit);
            let seen = place.fix_age.is_none_or(|age| age <= SEEN);
            seen.then_some((id, profile(unit.vehicle)?, place.snap?, place.fix_age))
        });
        standing.collect()
    }
}

fn told(
    state: &precinct_core::State,
    times: &[(Millis, UnitId, Option<Millis>)],
) -> Vec<UnitWithinDoc> {
    let told = times.iter().take(caps::PAGE).filter_map(|&(time, id, age)| {
        let known = unit(state, id, None)?;
        Some(UnitWithinDoc {
            unit: id.0,
            call_sign: known.call_sign,
            status: known.status,
            travel_ms: time.0,
            fix_age_ms: age.map(|age| age.0),
        })
    });
    told.collect()
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(reach)).routes(routes!(within))
}
