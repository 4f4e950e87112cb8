//! What happens, as it happens: server-sent events that can be resumed at any record.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::Stream;
use futures_util::stream::unfold;
use precinct_access::Action;
use precinct_base::{AreaId, PostId, UnitId};
use precinct_core::{IncidentId, ShiftId, State as City};
use precinct_wire::{Problem, Recorded};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::watch;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::board::Sees;
use super::looking::news;
use crate::app::App;
use crate::door::{Asker, Failure, Query};
use crate::live::Told;

/// From where.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
struct From {
    /// The last record that is known already: the next one comes first. None is from now on.
    from: Option<u64>,
}

/// One watcher.
struct Watcher {
    app: Arc<App>,
    asker: Asker,
    /// The last record that was told.
    after: u64,
    head: watch::Receiver<u64>,
    closing: watch::Receiver<bool>,
    waiting: VecDeque<Event>,
    looks: watch::Receiver<u64>,
    /// The last change of who looks at what that was told.
    looked: u64,
}

/// The last record that a watcher knows, by its header or its query, and the number of the newest as it rises.
pub(super) fn resumed(
    app: &App,
    headers: &HeaderMap,
    from: Option<u64>,
) -> Result<(u64, watch::Receiver<u64>), Failure> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let head = app.feed.watch();
    let newest = *head.borrow();
    let after = last.or(from).unwrap_or(newest);
    if after > newest {
        return Err(Failure::bad(format!(
            "record {after} is not there yet, the last is {newest}: the record was restored from a copy; load the board anew"
        )));
    }
    Ok((after, head))
}

/// What happens, record by record. Resume with Last-Event-ID: nothing is missed. Events `looking`, without a number, tell who looks at an incident
#[utoipa::path(get, path = "/api/v1/stream", tag = "board", params(From), responses((status = 200, body = Recorded, content_type = "text/event-stream"), (status = "4XX", body = Problem)))]
async fn stream(
    State(app): State<Arc<App>>,
    asker: Asker,
    headers: HeaderMap,
    Query(From { from }): Query<From>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    Sees::new(&app, &asker, Action::ReadBoard).anything()?;
    let (after, head) = resumed(&app, &headers, from)?;
    let closing = app.closing.subscribe();
    let (looks, waiting) = (app.looking.watch(), VecDeque::new());
    let watcher = Watcher { app, asker, after, head, closing, waiting, looks, looked: 0 };
    let told = unfold(watcher, |mut watcher| async move {
        let event = watcher.next().await?;
        Some((Ok(event), watcher))
    });
    Ok(Sse::new(told).keep_alive(KeepAlive::default()))
}

impl Watcher {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            let told = match self.app.feed.since(self.after).await {
                Ok(told) => told,
                Err(error) => {
                    tracing::warn!(%error, "a watcher is left");
                    return None;
                }
            };
            if told.is_empty() {
                let mut sees = Sees::new(&self.app, &self.asker, Action::ReadBoard);
                self.waiting.extend(news(&self.app, &mut sees, &mut self.looked));
                if let Some(event) = self.waiting.pop_front() {
                    return Some(event);
                }
                tokio::select! {
                    changed = self.head.changed() => changed.ok()?,
                    changed = self.looks.changed() => changed.ok()?,
                    _ = self.closing.changed() => return None,
                }
                continue;
            }
            self.after = told.last()?.seq;
            self.take(&told)?;
        }
    }

    /// Puts records in line; none if the watcher may not watch any more.
    fn take(&mut self, told: &[Told]) -> Option<()> {
        let mut sees = Sees::new(&self.app, &self.asker, Action::ReadBoard);
        sees.anything().ok()?;
        for told in told {
            let record = recorded(&self.app, &mut sees, told);
            let event = Event::default().id(told.seq.to_string()).event("record");
            self.waiting.push_back(event.json_data(&record).ok()?);
        }
        Some(())
    }
}

/// A record, with what is in it of areas that are seen.
pub(super) fn recorded(app: &App, sees: &mut Sees<'_>, told: &Told) -> Recorded {
    let Told { seq, entry } = told;
    let mut record =
        Recorded::new(*seq, entry.at, &entry.by, &entry.facts).happened(entry.happened);
    if !sees.area(AreaId(0)) {
        record.events.retain(|event| {
            let area = app.board.look(|city, _| area_of(city, event));
            area.is_some_and(|area| sees.area(area))
        });
    }
    record
}

/// The area of what an event is about; none if that is not on the board any more.
fn area_of(city: &City, event: &Value) -> Option<AreaId> {
    let fields = event.as_object()?.values().next()?;
    let fields = fields.get("clock").unwrap_or(fields);
    let number = |name: &str| fields.get(name)?.as_u64().and_then(|n| u32::try_from(n).ok());
    let incident = |id| city.incidents().get(&IncidentId(id)).map(|incident| incident.place.area);
    let unit = |id| city.units().get(&UnitId(id)).map(|unit| unit.area);
    let of_incident = ["incident", "from", "one", "unanswered"].into_iter().find_map(number);
    let of_unit = ["unit", "unacknowledged", "overdue", "welfare"].into_iter().find_map(number);
    let shift = |id| city.shifts().get(&ShiftId(id)).and_then(|shift| unit(shift.unit.0));
    let post = |id| city.posts().get(&PostId(id)).map(|post| post.area);
    of_incident
        .and_then(incident)
        .or_else(|| of_unit.and_then(unit))
        .or_else(|| number("shift").and_then(shift))
        .or_else(|| number("post").and_then(post))
        .or_else(|| number("area").map(AreaId))
}

/// This door.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(stream))
}
