//! Presence: how much of the streets is passed within an interval, and which hot spots were visited and are due.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use precinct_access::Action;
use precinct_base::{AreaId, Bounds, MultiPolygon, SegmentId, Timestamp, caps};
use precinct_city::HotSpot;
use precinct_positions::presence::{Stay, WITHIN_MIN};
use precinct_statistics::Scope;
use precinct_wire::{
    At, Bbox, FeatureKind, FeaturesKind, HotSpotDoc, HotSpotsDoc, LineDoc, PresenceDoc,
    PresenceFeatureDoc, PresenceStreetDoc, PresenceStreetsDoc, Problem, Time,
};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::statistics::scope;
use crate::app::App;
use crate::door::{Asker, Failure, Query};
use crate::field::Last;
use crate::ground::name_doc;
use crate::presence::{
    HOUR_MS, Period, Shares, Streets, interval, of_known, on_streets, shares, stays,
};

/// The interval that is taken if none is said: minutes.
const WITHIN: u32 = 60;
/// The period that is taken if none is said: a day.
const DAY_MS: i64 = 24 * HOUR_MS;

/// What is asked.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Wanted {
    /// The beginning of the period, by the city's calendar; a day before its end if nothing is said. It is cut to a full hour.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Time>,
    /// The end of the period, which is not in it; now if nothing is said. It is filled up to a full hour.
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Time>,
    /// An area: what is in it and in the areas below it. All that the asker may see if nothing is said.
    area: Option<u32>,
    /// The interval within which a unit has to pass, in minutes: 15, 30, 60 or 120; 60 if nothing is said.
    within: Option<u32>,
}

/// What is asked of the streets in a box.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct InBox {
    /// The beginning of the period, by the city's calendar; a day before its end if nothing is said. It is cut to a full hour.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Time>,
    /// The end of the period, which is not in it; now if nothing is said. It is filled up to a full hour.
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Time>,
    /// The interval within which a unit has to pass, in minutes: 15, 30, 60 or 120; 60 if nothing is said.
    within: Option<u32>,
    /// The box: west,south,east,north in degrees.
    bbox: String,
}

/// What is asked of hot spots.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct OfSpots {
    /// The beginning of the period, by the city's calendar; a day before its end if nothing is said. It is cut to a full hour.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Time>,
    /// The end of the period, which is not in it; now if nothing is said. It is filled up to a full hour.
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Time>,
    /// An area: what is in it and in the areas below it. All that the asker may see if nothing is said.
    area: Option<u32>,
}

fn period(from: Option<Time>, until: Option<Time>, now: Timestamp) -> Result<Period, Failure> {
    let until = until.map_or(now.0, |until| until.0.0);
    let from = from.map_or(until.saturating_sub(DAY_MS), |from| from.0.0);
    if from >= until {
        return Err(Failure::bad("`from` is before `until`"));
    }
    let full = |ms: i64| ms.div_euclid(HOUR_MS).saturating_mul(HOUR_MS);
    let within = full(from)..full(until.saturating_add(HOUR_MS - 1));
    if within.end.saturating_sub(within.start) > caps::PRESENCE_PERIOD_MS + HOUR_MS {
        let days = caps::PRESENCE_PERIOD_MS / DAY_MS;
        let what = format!("a period is at most {days} days: ask for a shorter one");
        return Err(Failure::bad(what));
    }
    Ok(Period { within, now })
}

fn wanted_interval(within: Option<u32>) -> Result<usize, Failure> {
    interval(within.unwrap_or(WITHIN)).ok_or_else(|| {
        let all = WITHIN_MIN.map(|minutes| minutes.to_string()).join(", ");
        Failure::bad(format!("`within` is one of the intervals that are counted: {all} minutes"))
    })
}

/// How much of street-time, weighed by demand, a unit passed within an interval: the presence rate, over a period and an area, with how much of it is known
#[utoipa::path(get, path = "/api/v1/presence", tag = "presence", params(Wanted), responses((status = 200, body = PresenceDoc), (status = "4XX", body = Problem)))]
async fn presence(
    State(app): State<Arc<App>>,
    asker: Asker,
    Query(wanted): Query<Wanted>,
) -> Result<Json<PresenceDoc>, Failure> {
    let scope = scope(&app, &asker, Action::ReadFigures, wanted.area.map(AreaId))?;
    let period = period(wanted.from, wanted.until, app.watch.wall())?;
    let interval = wanted_interval(wanted.within)?;
    let made = tokio::task::spawn_blocking(move || {
        let late = app.field.presence.late();
        let shares = shares(&app, &scope, &period, interval).map_err(Failure::inside)?;
        let Shares { hours, demand, streets, passes, by_hour } = shares;
        let (from, until) = (Timestamp(period.within.start), Timestamp(period.within.end));
        let (from, until, now) = (from.into(), until.into(), period.now.into());
        let within_min = WITHIN_MIN[interval];
        Ok(PresenceDoc {
            from,
            until,
            now,
            within_min,
            hours,
            demand,
            streets,
            passes,
            late,
            by_hour,
        })
    });
    made.await.map_err(Failure::inside)?.map(Json)
}

/// Presence street by street in a box of the map, as `GeoJSON`, also of streets nobody passed
#[utoipa::path(get, path = "/api/v1/presence/streets", tag = "presence", params(InBox), responses((status = 200, body = PresenceStreetsDoc, content_type = "application/geo+json"), (status = "4XX", body = Problem)))]
async fn streets(
    State(app): State<Arc<App>>,
    asker: Asker,
    Query(wanted): Query<InBox>,
) -> Result<Response, Failure> {
    let scope = scope(&app, &asker, Action::ReadFigures, None)?;
    let period = period(wanted.from, wanted.until, app.watch.wall())?;
    let interval = wanted_interval(wanted.within)?;
    let bbox: Bbox = wanted.bbox.parse().map_err(Failure::bad)?;
    let made = tokio::task::spawn_blocking(move || picture(&app, &scope, &period, interval, &bbox));
    let made = made.await.map_err(Failure::inside)??;
    Ok(([("content-type", "application/geo+json")], Json(made)).into_response())
}

fn picture(
    app: &App,
    scope: &Scope,
    period: &Period,
    interval: usize,
    bbox: &Bbox,
) -> Result<PresenceStreetsDoc, Failure> {
    let map = &app.ground.map;
    let known = app.streets.get_or_init(|| Streets::new(app));
    let in_box = |&segment: &SegmentId| {
        let bounds = Bounds::around(map.shape(segment));
        bounds.is_some_and(|bounds| bbox.meets(&MultiPolygon::from_bounds(bounds)))
    };
    let wanted = map.segment_ids().filter(|&segment| known.is_in(scope, segment)).filter(in_box);
    let wanted: Vec<SegmentId> = wanted.take(caps::PRESENCE_STREETS + 1).collect();
    if wanted.len() > caps::PRESENCE_STREETS {
        let most = caps::PRESENCE_STREETS;
        return Err(Failure::bad(format!(
            "there are more than {most} streets in that box: ask for a smaller one"
        )));
    }
    let (streets, minutes, hours) = on_streets(app, period, interval).map_err(Failure::inside)?;
    let feature = |segment: SegmentId| {
        let (met, passes) = streets.get(&segment).copied().unwrap_or_default();
        PresenceFeatureDoc {
            kind: FeatureKind::Feature,
            geometry: LineDoc::LineString(map.shape(segment).map(At).collect()),
            properties: PresenceStreetDoc {
                segment: segment.0,
                name: app.ground.street_name(segment),
                share: of_known(met, minutes),
                passes,
            },
        }
    };
    Ok(PresenceStreetsDoc {
        kind: FeaturesKind::FeatureCollection,
        from: Timestamp(period.within.start).into(),
        until: Timestamp(period.within.end).into(),
        within_min: WITHIN_MIN[interval],
        hours,
        features: wanted.into_iter().map(feature).collect(),
    })
}

/// The hot spots of the city: when somebody was there last, how long in the period, and which are due
#[utoipa::path(get, path = "/api/v1/hotspots", tag = "presence", params(OfSpots), responses((status = 200, body = HotSpotsDoc), (status = "4XX", body = Problem)))]
async fn hot_spots(
    State(app): State<Arc<App>>,
    asker: Asker,
    Query(wanted): Query<OfSpots>,
) -> Result<Json<HotSpotsDoc>, Failure> {
    // Whoever sees the board sees what is due: crews work by it, and no unit is named.
    let scope = scope(&app, &asker, Action::ReadBoard, wanted.area.map(AreaId))?;
    let period = period(wanted.from, wanted.until, app.watch.wall())?;
    let made = tokio::task::spawn_blocking(move || spots(&app, &scope, &period));
    made.await.map_err(Failure::inside)?.map(Json)
}

fn spots(app: &App, scope: &Scope, period: &Period) -> Result<HotSpotsDoc, Failure> {
    let (stays, hours) = stays(&app.field.presence, period).map_err(Failure::inside)?;
    let now = app.field.presence.at_spots();
    let all = app.ground.city.hot_spots.iter().zip(now.there.iter().zip(&now.last));
    let seen = all.filter(|(spot, _)| is_in(app, scope, spot));
    let told = seen.map(|(spot, (&there, &last))| {
        let of_it = stays.get(&spot.key()).map(Vec::as_slice).unwrap_or_default();
        told(app, spot, (there, last), of_it, period.now)
    });
    Ok(HotSpotsDoc {
        from: Timestamp(period.within.start).into(),
        until: Timestamp(period.within.end).into(),
        now: period.now.into(),
        hours,
        spots: told.collect(),
    })
}

fn is_in(app: &App, scope: &Scope, spot: &HotSpot) -> bool {
    match scope {
        Scope::Everywhere => true,
        Scope::Areas(wanted) => {
            let of = app.ground.city.areas_at(spot.at).into_iter();
            let mut of = of.filter_map(|area| app.ground.area_number(area.index()));
            wanted.contains(&AreaId(0)) || of.any(|area| wanted.contains(&area))
        }
    }
}

fn told(
    app: &App,
    spot: &HotSpot,
    (there, last): (u32, Last),
    stays: &[Stay],
    now: Timestamp,
) -> HotSpotDoc {
    let long = |stay: &Stay| stay.left.0.saturating_sub(stay.came.0).max(0).cast_unsigned();
    let dosed = stays.iter().filter(|stay| long(stay) >= u64::from(spot.dose.0)).count();
    let due_at = last.dosed.map(|left| left.saturating_add(i64::from(spot.every.0)));
    let time = |ms: Option<i64>| ms.map(|ms| Time(Timestamp(ms)));
    HotSpotDoc {
        key: spot.key(),
        name: name_doc(&spot.name),
        at: spot.at.into(),
        area: app.ground.area(spot.at).0,
        radius_m: spot.radius.0,
        dose_ms: spot.dose.0,
        every_ms: spot.every.0,
        there,
        last_visit: time(last.visit),
        last_dosed: time(last.dosed),
        due_at: time(due_at),
        due: there == 0 && due_at.is_none_or(|at| at <= now.0),
        visits: stays.len() as u32,
        dosed: dosed as u32,
        visited_ms: stays.iter().map(long).sum(),
    }
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(presence))
        .routes(routes!(streets))
        .routes(routes!(hot_spots))
}
