//! What a picture of the board has to take over, as it happens: the things that changed, whole, so that whoever shows them folds no records.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::Stream;
use futures_util::stream::unfold;
use precinct_access::Action;
use precinct_base::AreaId;
use precinct_core::{State as City, Subject};
use precinct_wire::{
    AreaDoc, ChangeDoc, CheckpointDoc, ContainmentDoc, GoneDoc, PlanDoc, PostDoc, Problem,
    Recorded, RingDoc, ShiftDoc, TimeDoc, unit,
};
use serde::Deserialize;
use tokio::sync::watch;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::board::{Sees, area_of_subject, clocks_of, sees, sos_of, time_doc, unit_area, visible};
use super::looking::news;
use super::sealing::containment_area;
use super::stream::resumed;
use crate::app::App;
use crate::door::{Asker, Failure, Query};
use crate::live::Told;

/// No more changes a second than an eye can follow: what happens meanwhile is told in one.
const BETWEEN: Duration = Duration::from_millis(80);
/// Told at least so often, so that who watches knows that the line holds.
const BEAT: Duration = Duration::from_secs(4);

/// From where.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
struct From {
    /// The record the picture is after: the `seq` of the board or of the last change.
    from: Option<u64>,
}

struct Watcher {
    app: Arc<App>,
    asker: Asker,
    after: u64,
    head: watch::Receiver<u64>,
    closing: watch::Receiver<bool>,
    looks: watch::Receiver<u64>,
    /// The last change of who looks at what that was told.
    looked: u64,
    waiting: VecDeque<Event>,
}

/// What changes on the board, whole, several times a second at most. Resume with Last-Event-ID: nothing is missed. Between changes an event `time` tells the city's time, so that who watches knows that the line holds; an event `looking` tells who looks at an incident, all of them
#[utoipa::path(get, path = "/api/v1/board/changes", tag = "board", params(From), responses((status = 200, body = ChangeDoc, content_type = "text/event-stream"), (status = "4XX", body = Problem)))]
async fn changes(
    State(app): State<Arc<App>>,
    asker: Asker,
    headers: HeaderMap,
    Query(From { from }): Query<From>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    Sees::new(&app, &asker, Action::ReadBoard).anything()?;
    let (after, head) = resumed(&app, &headers, from)?;
    let closing = app.closing.subscribe();
    let (looks, waiting) = (app.looking.watch(), VecDeque::new());
    let watcher = Watcher { app, asker, after, head, closing, looks, looked: 0, waiting };
    let told = unfold(watcher, |mut watcher| async move {
        let event = watcher.next().await?;
        Some((Ok(event), watcher))
    });
    Ok(Sse::new(told).keep_alive(KeepAlive::default()))
}

impl Watcher {
    async fn next(&mut self) -> Option<Event> {
        if let Some(event) = self.waiting.pop_front() {
            return Some(event);
        }
        tokio::select! {
            () = tokio::time::sleep(BETWEEN) => {}
            _ = self.closing.changed() => return None,
        }
        loop {
            let told = match self.app.feed.since(self.after).await {
                Ok(told) => told,
                Err(error) => {
                    tracing::warn!(%error, "a watcher is left");
                    return None;
                }
            };
            if let Some(last) = told.last() {
                self.after = last.seq;
                let change = change(&self.app, &self.asker, &told)?;
                let event = Event::default().id(change.seq.to_string()).event("change");
                return event.json_data(&change).ok();
            }
            let mut sees = Sees::new(&self.app, &self.asker, Action::ReadBoard);
            self.waiting.extend(news(&self.app, &mut sees, &mut self.looked));
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            tokio::select! {
                changed = self.head.changed() => changed.ok()?,
                changed = self.looks.changed() => changed.ok()?,
                () = tokio::time::sleep(BEAT) => {
                    let time: TimeDoc = time_doc(&self.app);
                    return Event::default().event("time").json_data(&time).ok();
                }
                _ = self.closing.changed() => return None,
            }
        }
    }
}

/// The subjects of records, and with them whatever they hang together with: units on an incident, the incident of a unit.
fn subjects(city: &City, told: &[Told]) -> BTreeSet<Subject> {
    let facts = told.iter().flat_map(|told| told.entry.facts.iter());
    let mut found: BTreeSet<Subject> = facts.flat_map(precinct_core::Fact::about).collect();
    let mut more = Vec::new();
    for subject in &found {
        match subject {
            Subject::Incident(id) => {
                let tasks = city.incidents().get(id).into_iter().flat_map(|one| &one.assignments);
                more.extend(tasks.map(|task| Subject::Unit(task.unit)));
                more.extend(city.containment_of(*id).map(Subject::Containment));
            }
            Subject::Unit(id) => {
                let task = city.units().get(id).and_then(precinct_core::Unit::task);
                more.extend(task.map(Subject::Incident));
                // It may have left its point.
                let held = task.and_then(|task| city.containment_of(task));
                more.extend(held.map(Subject::Containment));
            }
            _ => {}
        }
    }
    found.extend(more);
    found
}

/// What is told of records; none if the asker may not see the board any more.
fn change(app: &App, asker: &Asker, told: &[Told]) -> Option<ChangeDoc> {
    let areas = visible(app, asker).ok()?;
    let now = app.watch.now();
    let (whole, last) = (sees(&areas, AreaId(0)), told.last()?.seq);
    Some(app.board.look(|city, _| {
        // The board may be further on: what it has besides is told with its own records, so that whoever resumes here misses nothing.
        let mut change = ChangeDoc {
            seq: last,
            now: now.wall.into(),
            incidents: Vec::new(),
            units: Vec::new(),
            posts: Vec::new(),
            areas: Vec::new(),
            checkpoints: Vec::new(),
            rings: Vec::new(),
            containments: Vec::new(),
            shifts: Vec::new(),
            clocks: clocks_of(city, &areas, now),
            sos: sos_of(city, &areas),
            gone: GoneDoc::default(),
            catalogue: false,
            plans: Vec::new(),
            records: Vec::new(),
        };
        for subject in subjects(city, told) {
            put(&mut change, app, city, &areas, subject);
        }
        for Told { seq, entry } in told {
            let seen = entry
                .facts
                .iter()
                .filter(|fact| whole || fact.about().any(|subject| seen(city, &areas, subject)));
            let facts: Vec<_> = seen.cloned().collect();
            if !facts.is_empty() {
                change.records.push(
                    Recorded::new(*seq, entry.at, &entry.by, &facts).happened(entry.happened),
                );
            }
        }
        change
    }))
}

fn seen(city: &City, areas: &BTreeMap<AreaId, bool>, subject: Subject) -> bool {
    area_of_subject(city, subject).is_some_and(|area| sees(areas, area))
}

/// Puts a thing as it is into what is told, or says that it is gone.
fn put(
    change: &mut ChangeDoc,
    app: &App,
    city: &City,
    areas: &BTreeMap<AreaId, bool>,
    subject: Subject,
) {
    match subject {
        Subject::Incident(id) => match city.incidents().get(&id) {
            Some(one) if sees(areas, one.place.area) => {
                change.incidents.push(app.ground.incident(id, one));
            }
            _ => change.gone.incidents.push(id.0),
        },
        Subject::Unit(id) => match unit(city, id, None) {
            Some(doc) if sees(areas, unit_area(city, id)) => change.units.push(doc),
            _ => change.gone.units.push(id.0),
        },
        Subject::Shift(id) => match city.shifts().get(&id) {
            Some(shift) if sees(areas, unit_area(city, shift.unit)) => {
                change.shifts.push(ShiftDoc::new(id, shift));
            }
            _ => change.gone.shifts.push(id.0),
        },
        Subject::Post(id) => match city.posts().get(&id) {
            Some(post) if sees(areas, post.area) => {
                change.posts.push(PostDoc::new(id, post));
                let checkpoint = city.checkpoints().get(&id);
                change.checkpoints.extend(checkpoint.map(|one| CheckpointDoc::new(id, one)));
            }
            _ => change.gone.posts.push(id.0),
        },
        Subject::Plan(id) => {
            let plan = city.plans().get(&id).filter(|plan| sees(areas, plan.area));
            change.plans.extend(plan.map(|plan| PlanDoc::new(id, plan)));
        }
        Subject::Ring(id) => match city.rings().get(&id) {
            Some(ring) if sees(areas, ring.plan.area) => change.rings.push(RingDoc::new(id, ring)),
            _ => change.gone.rings.push(id.0),
        },
        Subject::Containment(id) => match city.containments().get(&id) {
            Some(known) if sees(areas, containment_area(city, known)) => {
                change.containments.push(ContainmentDoc::new(city, id, known));
            }
            _ => change.gone.containments.push(id.0),
        },
        Subject::Area(id) => {
            change.areas.extend(city.areas().get(&id).map(|area| AreaDoc::new(city, id, area)));
        }
        Subject::Sos(_) | Subject::Policies => {}
        Subject::Catalogue => change.catalogue = true,
    }
}

/// This door.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(changes))
}
