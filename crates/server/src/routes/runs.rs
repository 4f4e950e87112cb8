//! What doors of long computations have in common: which an asker sees, how they are watched and cancelled.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::Stream;
use futures_util::stream::unfold;
use precinct_access::{Action, Resource};
use precinct_core::Code;
use precinct_wire::{RunDoc, RunStatus};
use tokio::sync::watch;

use super::board::Sees;
use crate::app::App;
use crate::door::{Asker, Failure};
use crate::runs::{Run, Seen};

/// No more news of a run a second than an eye can follow.
const BETWEEN: Duration = Duration::from_millis(250);

/// Runs whose area an asker plans for, the newest first.
pub(super) fn all(app: &App, asker: &Asker, what: Code) -> Result<Vec<RunDoc>, Failure> {
    let mut sees = Sees::new(app, asker, Action::MakePlans);
    sees.anything()?;
    let runs = app.planning.runs.all(what).into_iter().filter(|run| sees.area(run.area));
    Ok(runs.map(|run| run.document()).collect())
}

/// A run whose area an asker plans for.
pub(super) fn run(app: &App, asker: &Asker, what: Code, id: u64) -> Result<Arc<Run>, Failure> {
    // That there is no such run is told to who may see any.
    Sees::new(app, asker, Action::MakePlans).anything()?;
    let run = app.planning.runs.get(what, id)?;
    app.may(asker, Action::MakePlans, &Resource::area(run.area), None)?;
    Ok(run)
}

/// Cancels a run of the asker's own area.
pub(super) fn cancel(app: &App, asker: &Asker, what: Code, id: u64) -> Result<RunDoc, Failure> {
    let run = run(app, asker, what, id)?;
    app.planning.runs.cancel(&run);
    Ok(run.document())
}

struct Watcher {
    run: Arc<Run>,
    seen: watch::Receiver<Seen>,
    closing: watch::Receiver<bool>,
    first: bool,
    over: bool,
}

impl Watcher {
    async fn next(&mut self) -> Option<Event> {
        if self.over {
            return None;
        }
        if !self.first {
            tokio::select! {
                () = tokio::time::sleep(BETWEEN) => {}
                _ = self.closing.changed() => return None,
            }
            tokio::select! {
                changed = self.seen.changed() => changed.ok()?,
                _ = self.closing.changed() => return None,
            }
        }
        self.first = false;
        self.seen.borrow_and_update();
        let document = self.run.document();
        self.over = !matches!(document.status, RunStatus::Waiting | RunStatus::Running);
        Event::default().event("run").json_data(&document).ok()
    }
}

/// How a run stands, as it goes, until it is over.
pub(super) fn watched(
    app: &App,
    run: Arc<Run>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let (seen, closing) = (run.watch(), app.closing.subscribe());
    let watcher = Watcher { run, seen, closing, first: true, over: false };
    let told = unfold(watcher, |mut watcher| async move {
        let event = watcher.next().await?;
        Some((Ok(event), watcher))
    });
    Sse::new(told).keep_alive(KeepAlive::default())
}
