//! What doors of long computations have in common: how they are begun and begun again, which an asker sees, how they are watched and cancelled.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::Stream;
use futures_util::stream::unfold;
use precinct_access::{Action, Resource};
use precinct_base::AreaId;
use precinct_core::Code;
use precinct_wire::{Coded, RunDoc, RunStatus};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::watch;

use super::board::Sees;
use crate::app::App;
use crate::door::{Asker, Failure};
use crate::runs::{Outcome, Run, Seen};

/// No more news of a run a second than an eye can follow.
const BETWEEN: Duration = Duration::from_millis(250);

/// A kind of long computation.
pub(super) trait Long {
    /// What it is.
    const WHAT: Code;
    /// What is asked.
    type Body: Serialize + DeserializeOwned + Send + 'static;
    /// The same, read against the city as it is by now.
    type Question: Send + 'static;
    /// What it comes to.
    type Came: Send + Sync + 'static;
    /// The document that tells it.
    type Doc: Serialize + DeserializeOwned;

    /// The area that is planned for.
    fn area(body: &Self::Body) -> AreaId;
    /// Reads what is asked.
    fn read(app: &App, body: &Self::Body) -> Result<Self::Question, Failure>;
    /// Does it.
    fn work(app: &App, of: Self::Question, run: &Run) -> Result<Option<Arc<Self::Came>>, String>;
    /// Tells what it came to.
    fn document(came: &Self::Came) -> Self::Doc;
}

/// Puts a computation in line.
pub(super) async fn begin<L: Long>(
    app: Arc<App>,
    asker: &Asker,
    body: L::Body,
) -> Result<RunDoc, Failure> {
    let area = L::area(&body);
    app.may(asker, Action::MakePlans, &Resource::area(area), None)?;
    let by = asker.principal.staff;
    let begun = tokio::task::spawn_blocking(move || {
        let question = L::read(&app, &body)?;
        let ask = serde_json::to_value(&body).map_err(Failure::inside)?;
        let of = app.clone();
        let job = Box::new(move |run: &Run| {
            let came = L::work(&of, question, run)?;
            came.map(|came| Outcome::new(came.clone(), &L::document(&came))).transpose()
        });
        let now = app.real_now();
        Ok(app.planning.runs.begin((L::WHAT, area), (by, now), ask, job)?.document())
    });
    begun.await.map_err(Failure::inside)?
}

/// Asks the same again, of the city as it is by now.
pub(super) async fn again<L: Long>(
    app: Arc<App>,
    asker: &Asker,
    id: u64,
) -> Result<RunDoc, Failure> {
    let body = run(&app, asker, L::WHAT, id)?.ask()?;
    begin::<L>(app, asker, body).await
}

/// A run, and what it came to once it is over.
pub(super) fn one<L: Long>(
    app: &App,
    asker: &Asker,
    id: u64,
) -> Result<(RunDoc, Option<L::Doc>), Failure> {
    let run = run(app, asker, L::WHAT, id)?;
    Ok((run.document(), run.told()))
}

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

/// What a run came to as it was computed: not there while it goes, nor after a restart.
pub(super) fn came<T: Send + Sync + 'static>(run: &Run) -> Result<Arc<T>, Failure> {
    run.outcome().ok_or_else(|| {
        let document = run.document();
        if document.result {
            return Failure::conflict(
                "the server was started anew since: what this run told is kept, what it was made of is not. Start it again",
            )
            .coded(Coded::run_restarted());
        }
        came_to_nothing()
    })
}

/// That a run has no result.
pub(super) fn came_to_nothing() -> Failure {
    Failure::conflict("this run has come to nothing yet: wait until it is over, or cancel it")
        .coded(Coded::run_going())
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
