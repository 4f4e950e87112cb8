//! Reading the board: everything that is so by now, for those who may see it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use precinct_access::{Action, Resource};
use precinct_base::{AreaId, UnitId};
use precinct_core::{IncidentId, Missing, Moment, SosId, State as City, Subject};
use precinct_wire::{
    AreaDoc, BoardDoc, CheckpointDoc, ClockDoc, ClockName, ContainmentDoc, FixDoc, IncidentDoc,
    LookedAtDoc, Page, PageWish, PostDoc, Problem, RingDoc, ShiftDoc, SosDoc, TimeDoc, UnitDoc,
    described, unit,
};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::sealing::{checkpoints_of, containment_area, containments_of, rings_of};
use crate::app::App;
use crate::door::{Asker, Failure, Path, Query, known_by, tagged, tagged_with};
use crate::ground::Ground;

/// Remembers which areas an asker sees.
pub(crate) struct Sees<'a> {
    app: &'a App,
    asker: &'a Asker,
    action: Action,
    known: BTreeMap<AreaId, bool>,
}

impl<'a> Sees<'a> {
    pub(crate) const fn new(app: &'a App, asker: &'a Asker, action: Action) -> Self {
        Self { app, asker, action, known: BTreeMap::new() }
    }

    /// Whether the asker sees what is in that area.
    pub(crate) fn area(&mut self, area: AreaId) -> bool {
        let Self { app, asker, action, known } = self;
        *known
            .entry(area)
            .or_insert_with(|| app.may(asker, *action, &Resource::area(area), None).is_ok())
    }

    /// That the asker sees anything: a refusal that names the whole city if not.
    pub(crate) fn anything(&mut self) -> Result<(), Failure> {
        let grants = self.asker.principal.grants.iter().map(|grant| grant.area);
        let own = self.asker.principal.unit;
        let own = own.and_then(|unit| Asker::unit(self.app, unit.0).ok()).map(|unit| unit.area);
        let areas: Vec<AreaId> = grants.chain(own).collect();
        if areas.into_iter().any(|area| self.area(area)) {
            return Ok(());
        }
        self.app.may(self.asker, self.action, &Resource::CITY, None).map(|_| ())
    }
}

/// The areas an asker sees, worked out before the board is looked at: the board must not be asked while it is looked at.
pub(crate) fn visible(app: &App, asker: &Asker) -> Result<BTreeMap<AreaId, bool>, Failure> {
    let areas: Vec<AreaId> = app.board.look(|city, _| city.areas().keys().copied().collect());
    visible_of(app, asker, areas)
}

/// The same of areas that are given: those of a board as it was.
pub(super) fn visible_of(
    app: &App,
    asker: &Asker,
    areas: impl IntoIterator<Item = AreaId>,
) -> Result<BTreeMap<AreaId, bool>, Failure> {
    let mut sees = Sees::new(app, asker, Action::ReadBoard);
    sees.anything()?;
    for area in areas.into_iter().chain([AreaId(0)]) {
        sees.area(area);
    }
    Ok(sees.known)
}

pub(crate) fn sees(visible: &BTreeMap<AreaId, bool>, area: AreaId) -> bool {
    visible.get(&area).copied().unwrap_or(false)
}

pub(super) fn unit_area(city: &City, unit: UnitId) -> AreaId {
    city.units().get(&unit).map_or(AreaId(0), |unit| unit.area)
}

/// The area of a thing of the board; none if it is not there any more.
pub(super) fn area_of_subject(city: &City, subject: Subject) -> Option<AreaId> {
    match subject {
        Subject::Incident(id) => city.incidents().get(&id).map(|incident| incident.place.area),
        Subject::Unit(id) => city.units().get(&id).map(|unit| unit.area),
        Subject::Shift(id) => city.shifts().get(&id).map(|shift| unit_area(city, shift.unit)),
        Subject::Post(id) => city.posts().get(&id).map(|post| post.area),
        Subject::Plan(id) => city.plans().get(&id).map(|plan| plan.area),
        Subject::Area(id) => Some(id),
        Subject::Ring(id) => city.rings().get(&id).map(|ring| ring.plan.area),
        Subject::Containment(id) => {
            city.containments().get(&id).map(|known| containment_area(city, known))
        }
        Subject::Sos(id) => city.sos().get(&id).map(|sos| unit_area(city, sos.unit)),
        Subject::Catalogue | Subject::Policies => Some(AreaId(0)),
    }
}

/// The newest fix of a unit, for those who may see where units are.
fn fix_of(app: &App, shown: bool, unit: UnitId) -> Option<FixDoc> {
    if shown { app.field.fix(unit, app.watch.wall()) } else { None }
}

fn may_see_fixes(app: &App, asker: &Asker) -> BTreeMap<AreaId, bool> {
    let mut sees = Sees::new(app, asker, Action::ReadPositions);
    let areas: Vec<AreaId> = app.board.look(|city, _| city.areas().keys().copied().collect());
    for area in areas.into_iter().chain([AreaId(0)]) {
        sees.area(area);
    }
    sees.known
}

/// The time of the city
#[utoipa::path(get, path = "/api/v1/clock", tag = "board", responses((status = 200, body = TimeDoc)))]
async fn clock(State(app): State<Arc<App>>) -> Json<TimeDoc> {
    Json(time_doc(&app))
}

/// The time of the city.
pub(super) fn time_doc(app: &App) -> TimeDoc {
    let drill = app.options.drill;
    TimeDoc {
        now: app.watch.wall().into(),
        speed: drill.map_or(1, |drill| drill.speed),
        drill: drill.is_some(),
        time_zone: app.ground.city.time_zone.clone(),
    }
}

/// The whole picture
#[utoipa::path(get, path = "/api/v1/board", tag = "board", responses((status = 200, body = BoardDoc), (status = "4XX", body = Problem)))]
async fn board(State(app): State<Arc<App>>, asker: Asker) -> Result<Json<BoardDoc>, Failure> {
    let areas = visible(&app, &asker)?;
    let fixes = may_see_fixes(&app, &asker);
    let now = app.watch.now();
    let fix = |id, area| fix_of(&app, sees(&fixes, area), id);
    let board = app.board.look(|city, seq| picture(&app.ground, (city, seq), &areas, now, fix));
    Ok(Json(board))
}

/// A state as a picture for somebody who sees these areas.
pub(super) fn picture(
    ground: &Ground,
    (city, seq): (&City, u64),
    areas: &BTreeMap<AreaId, bool>,
    now: Moment,
    fix: impl Fn(UnitId, AreaId) -> Option<FixDoc>,
) -> BoardDoc {
    BoardDoc {
        seq,
        now: now.wall.into(),
        incidents: incidents_of(ground, city, areas),
        units: city
            .units()
            .iter()
            .filter(|(_, unit)| sees(areas, unit.area))
            .filter_map(|(&id, known)| unit(city, id, fix(id, known.area)))
            .collect(),
        posts: posts_of(city, areas),
        areas: areas_of(city),
        checkpoints: checkpoints_of(city, areas),
        rings: rings_of(city, areas),
        containments: containments_of(city, areas),
        shifts: shifts_of(city, areas),
        clocks: clocks_of(city, areas, now),
        sos: sos_of(city, areas),
    }
}

fn incidents_of(ground: &Ground, city: &City, areas: &BTreeMap<AreaId, bool>) -> Vec<IncidentDoc> {
    let shown = city.incidents().iter().filter(|(_, one)| sees(areas, one.place.area));
    shown.map(|(&id, one)| ground.incident(id, one)).collect()
}

/// The clocks that run for what the asker sees.
pub(super) fn clocks_of(city: &City, areas: &BTreeMap<AreaId, bool>, now: Moment) -> Vec<ClockDoc> {
    let shown = |clock: &ClockDoc| {
        let area = area_of_subject(city, subject_of(clock.clock));
        area.is_some_and(|area| sees(areas, area))
    };
    ClockDoc::all(city, now).into_iter().filter(shown).collect()
}

const fn subject_of(clock: ClockName) -> Subject {
    match clock {
        ClockName::Unanswered(incident) => Subject::Incident(IncidentId(incident)),
        ClockName::Unacknowledged(unit) | ClockName::Overdue(unit) | ClockName::Welfare(unit) => {
            Subject::Unit(UnitId(unit))
        }
        ClockName::Sos(sos) => Subject::Sos(SosId(sos)),
    }
}

/// Calls for help, for whoever sees the unit's area.
pub(super) fn sos_of(city: &City, areas: &BTreeMap<AreaId, bool>) -> Vec<SosDoc> {
    let shown = city.sos().iter().filter(|(_, sos)| sees(areas, unit_area(city, sos.unit)));
    shown.map(|(&id, sos)| SosDoc::new(id, sos)).collect()
}

fn posts_of(city: &City, areas: &BTreeMap<AreaId, bool>) -> Vec<PostDoc> {
    let shown = city.posts().iter().filter(|(_, post)| sees(areas, post.area));
    shown.map(|(&id, post)| PostDoc::new(id, post)).collect()
}

fn areas_of(city: &City) -> Vec<AreaDoc> {
    city.areas().iter().map(|(&id, area)| AreaDoc::new(city, id, area)).collect()
}

fn shifts_of(city: &City, areas: &BTreeMap<AreaId, bool>) -> Vec<ShiftDoc> {
    let shown = city.shifts().iter().filter(|(_, shift)| sees(areas, unit_area(city, shift.unit)));
    shown.map(|(&id, shift)| ShiftDoc::new(id, shift)).collect()
}

/// Which incidents are wanted.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
struct Which {
    /// Only those that are open.
    #[serde(default)]
    open: bool,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// How many at the most, 1 to 1000.
    limit: Option<u32>,
}

pub(super) fn after(wish: &PageWish) -> Result<Option<u32>, Failure> {
    wish.after().map_err(|_| Failure::bad("`cursor` is the `next` of the page before, unchanged"))
}

/// Incidents on the board
#[utoipa::path(get, path = "/api/v1/incidents", tag = "incidents", params(Which), responses((status = 200, body = Page<IncidentDoc>), (status = "4XX", body = Problem)))]
async fn incidents(
    State(app): State<Arc<App>>,
    asker: Asker,
    headers: HeaderMap,
    Query(which): Query<Which>,
) -> Result<Response, Failure> {
    let areas = visible(&app, &asker)?;
    let wish = PageWish { cursor: which.cursor, limit: which.limit };
    let after = after(&wish)?;
    Ok(app.board.look(|city, seq| {
        tagged(&headers, seq, || {
            let rising = city.incidents().range(IncidentId(after.map_or(0, |after| after + 1))..);
            let shown = rising
                .filter(|(_, one)| sees(&areas, one.place.area) && (!which.open || one.is_open()));
            wish.page(shown.map(|(&id, one)| (id.0, app.ground.incident(id, one))))
        })
    }))
}

/// An incident, and who is looking at it
#[utoipa::path(get, path = "/api/v1/incidents/{incident}", tag = "incidents", responses((status = 200, body = LookedAtDoc), (status = "4XX", body = Problem)))]
async fn one_incident(
    State(app): State<Arc<App>>,
    asker: Asker,
    headers: HeaderMap,
    Path(id): Path<u32>,
) -> Result<Response, Failure> {
    let resource = asker.incident(&app, id)?;
    app.may(&asker, Action::ReadBoard, &Resource::area(resource.area), None)?;
    let id = IncidentId(id);
    let (looks, looking) = app.looking.at(id);
    app.board.look(|city, seq| match city.incidents().get(&id) {
        Some(one) => Ok(tagged_with(&headers, (seq, looks), || LookedAtDoc {
            incident: app.ground.incident(id, one),
            looking,
        })),
        None => Err(Missing::Incident(id).into()),
    })
}

/// Units
#[utoipa::path(get, path = "/api/v1/units", tag = "units", params(PageWish), responses((status = 200, body = Page<UnitDoc>), (status = "4XX", body = Problem)))]
async fn units(
    State(app): State<Arc<App>>,
    asker: Asker,
    Query(wish): Query<PageWish>,
) -> Result<Json<Page<UnitDoc>>, Failure> {
    let areas = visible(&app, &asker)?;
    let fixes = may_see_fixes(&app, &asker);
    let after = after(&wish)?;
    Ok(Json(app.board.look(|city, _| {
        let rising = city.units().range(UnitId(after.map_or(0, |after| after.saturating_add(1)))..);
        let shown = rising.filter(|(_, unit)| sees(&areas, unit.area));
        wish.page(shown.filter_map(|(&id, known)| {
            Some((id.0, described(city, id, fix_of(&app, sees(&fixes, known.area), id))?))
        }))
    })))
}

/// A unit
#[utoipa::path(get, path = "/api/v1/units/{unit}", tag = "units", responses((status = 200, body = UnitDoc), (status = "4XX", body = Problem)))]
async fn one_unit(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(id): Path<u32>,
) -> Result<Response, Failure> {
    let area = Resource::area(Asker::unit(&app, id)?.area);
    app.may(&asker, Action::ReadBoard, &area, None)?;
    let shown = app.may(&asker, Action::ReadPositions, &area, None).is_ok();
    let fix = fix_of(&app, shown, UnitId(id));
    let (seq, found) = app.board.look(|city, seq| (seq, described(city, UnitId(id), fix)));
    let found = found.map(|unit| known_by(seq, unit));
    found.ok_or(Failure::from(Missing::Unit(UnitId(id))))
}

macro_rules! lists {
    ($($(#[$doc:meta])* get $path:tt, $tag:tt, $name:ident $doc_type:ty = $of:expr;)+) => {$(
        $(#[$doc])*
        #[utoipa::path(get, path = $path, tag = $tag, params(PageWish), responses((status = 200, body = Page<$doc_type>), (status = "4XX", body = Problem)))]
        async fn $name(
            State(app): State<Arc<App>>,
            asker: Asker,
            headers: HeaderMap,
            Query(wish): Query<PageWish>,
        ) -> Result<Response, Failure> {
            let areas = visible(&app, &asker)?;
            let after = after(&wish)?;
            Ok(app.board.look(|city, seq| {
                tagged(&headers, seq, || {
                    let all: Vec<(u32, $doc_type)> = ($of)(city, &areas);
                    wish.page(all.into_iter().filter(|one| after.is_none_or(|after| one.0 > after)))
                })
            }))
        }
    )+};
}

lists! {
    /// Posts
    get "/api/v1/posts", "posts", posts PostDoc = |city: &City, areas: &BTreeMap<AreaId, bool>| posts_of(city, areas).into_iter().map(|post| (post.post, post)).collect();
    /// Checkpoints of which somebody has said how they work: lanes, staff, sums of what was counted, and how long who joins the queue waits
    get "/api/v1/checkpoints", "checkpoints", checkpoints CheckpointDoc = |city: &City, areas: &BTreeMap<AreaId, bool>| checkpoints_of(city, areas).into_iter().map(|one| (one.post, one)).collect();
    /// Rings, with their crossings, and at which level they are called out
    get "/api/v1/rings", "rings", rings RingDoc = |city: &City, areas: &BTreeMap<AreaId, bool>| rings_of(city, areas).into_iter().map(|ring| (ring.ring, ring)).collect();
    /// Containments that go on: points, and who holds each by now
    get "/api/v1/containments", "containments", containments ContainmentDoc = |city: &City, areas: &BTreeMap<AreaId, bool>| containments_of(city, areas).into_iter().map(|one| (one.containment, one)).collect();
    /// Areas: their names and levels are no secret
    get "/api/v1/areas", "areas", areas AreaDoc = |city: &City, _: &BTreeMap<AreaId, bool>| areas_of(city).into_iter().map(|area| (area.area, area)).collect();
    /// Tours of duty, planned and under way
    get "/api/v1/shifts", "shifts", shifts ShiftDoc = |city: &City, areas: &BTreeMap<AreaId, bool>| shifts_of(city, areas).into_iter().map(|shift| (shift.shift, shift)).collect();
}

/// The catalogue: types, capabilities, dispositions, reasons, hazards, grades, forces, clocks and rules
#[utoipa::path(get, path = "/api/v1/catalogue", tag = "board", responses((status = 200, body = Object), (status = "4XX", body = Problem)))]
async fn catalogue(
    State(app): State<Arc<App>>,
    asker: Asker,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    Sees::new(&app, &asker, Action::ReadBoard).anything()?;
    Ok(app.board.look(|city, seq| tagged(&headers, seq, || city.catalogue().clone())))
}

/// These doors.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(clock))
        .routes(routes!(board))
        .routes(routes!(incidents))
        .routes(routes!(one_incident))
        .routes(routes!(units))
        .routes(routes!(one_unit))
        .routes(routes!(posts))
        .routes(routes!(checkpoints))
        .routes(routes!(rings))
        .routes(routes!(containments))
        .routes(routes!(areas))
        .routes(routes!(shifts))
        .routes(routes!(catalogue))
}
