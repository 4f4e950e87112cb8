//! A containment, or a preview of one, planned anew each second while somebody watches: units move, and so may whoever left.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::Stream;
use futures_util::stream::unfold;
use precinct_access::Action;
use precinct_core::{ContainmentId, IncidentId};
use precinct_wire::{Problem, SealDoc};
use serde::Deserialize;
use tokio::sync::watch;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::containments::{document, resource};
use crate::app::App;
use crate::door::{Asker, Failure, Query};
use crate::seal::{FRESH, What};

/// What is watched: one of the two.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
struct Which {
    /// The `id` of a preview of the last ten minutes.
    preview: Option<String>,
    /// Or the number of a containment that goes on.
    containment: Option<u32>,
}

struct Watcher {
    app: Arc<App>,
    asker: Asker,
    what: What,
    incident: IncidentId,
    closing: watch::Receiver<bool>,
    first: bool,
}

/// The plan as it would be now, each second: where whoever left could be by now, and where units are. Nothing is ordered by it; a `plan` is
/// ordered by its `id`. An event `over` says that the containment is, or that what is watched cannot be planned any more, and why
#[utoipa::path(get, path = "/api/v1/containments/live", tag = "containments", params(Which), responses((status = 200, body = SealDoc, content_type = "text/event-stream"), (status = "4XX", body = Problem)))]
async fn live(
    State(app): State<Arc<App>>,
    asker: Asker,
    Query(which): Query<Which>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let (what, incident) = match (which.preview, which.containment) {
        (Some(preview), None) => {
            let known = app.seals.of_preview(&preview).ok_or_else(|| {
                Failure::missing(format!("{preview} is not known any more: ask anew"))
            })?;
            let incident = known.incident;
            (What::Preview(Box::new(known)), incident)
        }
        (None, Some(id)) => {
            let id = ContainmentId(id);
            resource(&app, &asker, id)?;
            (What::Containment(id), app.seals.asked(&app, id)?.incident)
        }
        _ => return Err(Failure::bad("name a preview or a containment: one of the two")),
    };
    app.may(&asker, Action::Recommend, &asker.incident(&app, incident.0)?, None)?;
    let closing = app.closing.subscribe();
    let watcher = Some(Watcher { app, asker, what, incident, closing, first: true });
    let told = unfold(watcher, |watcher| async move {
        let mut watcher = watcher?;
        let (event, goes_on) = watcher.next().await?;
        Some((Ok(event), goes_on.then_some(watcher)))
    });
    Ok(Sse::new(told).keep_alive(KeepAlive::default()))
}

impl Watcher {
    /// What is told next, and whether that is not the last.
    async fn next(&mut self) -> Option<(Event, bool)> {
        if !std::mem::take(&mut self.first) {
            tokio::select! {
                () = tokio::time::sleep(FRESH) => {}
                _ = self.closing.changed() => return None,
            }
        }
        match self.plan().await {
            Ok(plan) => Some((Event::default().event("plan").json_data(&plan).ok()?, true)),
            Err(failure) => {
                let why = failure.problem();
                Some((Event::default().event("over").json_data(&why).ok()?, false))
            }
        }
    }

    /// The plan as it is now, if whoever watches may still know.
    async fn plan(&self) -> Result<SealDoc, Failure> {
        let (app, incident) = (self.app.clone(), self.incident);
        app.may(&self.asker, Action::Recommend, &self.asker.incident(&app, incident.0)?, None)?;
        let what = self.what.clone();
        let made = tokio::task::spawn_blocking(move || {
            let named = app.seals.fresh(&app, &what)?;
            Ok(app.board.look(|city, _| document(city, &named, incident)))
        });
        made.await.map_err(Failure::inside)?
    }
}

/// This door.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(live))
}
