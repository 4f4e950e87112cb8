//! The way by road, street by street.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use precinct_access::{Action, Resource};
use precinct_base::{LonLat, UnitId, caps};
use precinct_core::Vehicle;
use precinct_roads::{Network, Route, Scratch, Snap, Step, Turn, thinned};
use precinct_wire::{
    AskWay, LineDoc, Problem, TurnName, WayDoc, WayEndDoc, WayFrom, WayStreetDoc, WayTo,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::door::{Asker, Body, Failure};
use crate::ground::{Ground, name_doc, profile};

/// The quickest way by road, street by street: from a unit or a place, to an incident or a place. A crew asks for its own unit
#[utoipa::path(post, path = "/api/v1/routes", tag = "places", request_body = AskWay, responses((status = 200, body = WayDoc), (status = "4XX", body = Problem)))]
async fn way(
    State(app): State<Arc<App>>,
    asker: Asker,
    Body(body): Body<AskWay>,
) -> Result<Json<WayDoc>, Failure> {
    let start = from(&app, &asker, body.from)?;
    let end = to(&app, &asker, body.to)?;
    let answer = tokio::task::spawn_blocking(move || answer(&app, start, end, body.vehicle));
    answer.await.map_err(Failure::inside)?.map(Json)
}

/// Where a way begins.
#[derive(Clone, Copy)]
enum Start {
    Unit(UnitId),
    Place(LonLat),
}

fn from(app: &App, asker: &Asker, from: WayFrom) -> Result<Start, Failure> {
    let (start, resource) = match (from.unit, from.at) {
        (Some(unit), None) => (Start::Unit(UnitId(unit)), Asker::unit(app, unit)?),
        (None, Some(at)) => (Start::Place(at.0), Resource::area(app.ground.area(at.0))),
        _ => return Err(Failure::bad("`from` names a unit or a place: one of the two")),
    };
    app.may(asker, Action::FindWay, &resource, None)?;
    Ok(start)
}

/// Whoever sees an incident may ask for the way there; so may the crew that is on it, wherever that is. Where streets lead is no secret.
fn to(app: &App, asker: &Asker, to: WayTo) -> Result<LonLat, Failure> {
    match (to.incident, to.at) {
        (Some(incident), None) => {
            let resource = asker.incident(app, incident)?;
            let seen = Resource::area(resource.area);
            app.may(asker, Action::FindWay, &resource, None)
                .or_else(|_| app.may(asker, Action::ReadBoard, &seen, None))?;
            let id = precinct_core::IncidentId(incident);
            let at = app.board.look(|state, _| state.incidents().get(&id).map(|one| one.place.at));
            at.ok_or_else(|| Failure::missing(format!("{id} has left the board")))
        }
        (None, Some(at)) => Ok(at.0),
        _ => Err(Failure::bad("`to` names an incident or a place: one of the two")),
    }
}

/// How somebody goes, on which streets, from where there, and how old that place is.
struct Departure {
    vehicle: Vehicle,
    network: Arc<Network>,
    snap: Snap,
    fix_age_ms: Option<u32>,
}

fn departure(app: &App, start: Start, vehicle: Option<Vehicle>) -> Result<Departure, Failure> {
    let (vehicle, placed) = match start {
        Start::Place(_) => (vehicle.unwrap_or(Vehicle::Car), None),
        Start::Unit(unit) => {
            let known = app.board.look(|state, _| crate::advise::place_of(app, state, unit));
            let (own, placed) = known.ok_or_else(|| {
                Failure::conflict(format!("unit {unit} is not on duty: nobody knows where it is"))
            })?;
            (vehicle.unwrap_or(own), Some((placed, own)))
        }
    };
    app.ground.turn(app.watch.wall());
    let network = profile(vehicle).and_then(|profile| app.ground.network(profile));
    let network = network
        .ok_or_else(|| Failure::conflict("there are no streets for that vehicle in this city"))?;
    let far = |what: &str| Failure::conflict(format!("there is no street near {what}"));
    let (snap, fix_age_ms) = match (start, placed) {
        (_, Some((placed, own))) => {
            let snap = placed.snap.ok_or_else(|| far("where the unit is"))?;
            // On streets that are not open to another vehicle it starts at the nearest that are.
            let moved = if own == vehicle { Some(snap) } else { stand(app, vehicle, snap.at) };
            let snap = moved.ok_or_else(|| far("where the unit is"))?;
            (snap, placed.fix_age.map(|age| age.0))
        }
        (Start::Place(at), None) => (end(&network, at).ok_or_else(|| far("the start"))?, None),
        (Start::Unit(_), None) => return Err(far("where the unit is")),
    };
    Ok(Departure { vehicle, network, snap, fix_age_ms })
}

fn stand(app: &App, vehicle: Vehicle, at: LonLat) -> Option<Snap> {
    app.ground.stand(profile(vehicle)?, at)
}

fn end(network: &Network, at: LonLat) -> Option<Snap> {
    network.snap(at, &crate::ground::STREET)
}

fn answer(
    app: &App,
    start: Start,
    to: LonLat,
    vehicle: Option<Vehicle>,
) -> Result<WayDoc, Failure> {
    let from = departure(app, start, vehicle)?;
    let network = &from.network;
    let to =
        end(network, to).ok_or_else(|| Failure::conflict("there is no street near the end"))?;
    let route = network.route(&mut Scratch::default(), &from.snap, &to);
    let route = route.ok_or_else(|| Failure::conflict("there is no way by road within a day"))?;
    Ok(document(&app.ground, &from, &to, &route))
}

fn document(ground: &Ground, from: &Departure, to: &Snap, route: &Route) -> WayDoc {
    let place = |snap: &Snap, fix_age_ms| WayEndDoc {
        at: snap.at.into(),
        off_road_m: snap.distance.metres().0.into(),
        fix_age_ms,
    };
    let mut path = route.path(&from.network);
    if path.is_empty() {
        // There already: a line has two places (RFC 7946, section 3.1.4).
        path = vec![from.snap.at, to.at];
    }
    let line = thinned(&path, caps::WAY_PLACES);
    WayDoc {
        travel_ms: route.time.0,
        length_m: route.length().metres().0.into(),
        vehicle: from.vehicle,
        from: place(&from.snap, from.fix_age_ms),
        to: place(to, None),
        line: LineDoc::LineString(line.into_iter().map(Into::into).collect()),
        streets: streets(ground, &route.steps(&from.network)),
    }
}

/// Steps that go straight on along what is called the same are one street.
fn streets(ground: &Ground, steps: &[Step]) -> Vec<WayStreetDoc> {
    let mut streets: Vec<(WayStreetDoc, u64)> = Vec::with_capacity(steps.len());
    for step in steps {
        let street = name_doc(ground.map.names().get(step.name));
        match streets.last_mut() {
            Some((last, length)) if step.turn == Turn::Straight && last.street == street => {
                *length += step.length.0;
                last.travel_ms = last.travel_ms.saturating_add(step.time.0);
            }
            _ => {
                let (turn, travel_ms) = (turn(step.turn), step.time.0);
                let at = step.at.into();
                streets.push((
                    WayStreetDoc { turn, street, length_m: 0, travel_ms, at },
                    step.length.0,
                ));
            }
        }
    }
    let measured = |(street, length): (WayStreetDoc, u64)| WayStreetDoc {
        length_m: precinct_base::Millimetres(length).metres().0.into(),
        ..street
    };
    streets.into_iter().map(measured).collect()
}

const fn turn(turn: Turn) -> TurnName {
    match turn {
        Turn::Start => TurnName::Start,
        Turn::Straight => TurnName::Straight,
        Turn::Left => TurnName::Left,
        Turn::Right => TurnName::Right,
        Turn::Round => TurnName::Round,
    }
}

/// This door.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(way))
}
