//! Long computations: on threads of their own at low priority, a few at a time, watched while they run, and cancelled.
//!
//! Dispatch never waits for them: their threads, and all that these divide their work among, yield to every other thread of the server.
//! What was asked and what came of it is on the disk; what a restart cut off can be started again.

mod kept;
mod run;

use std::collections::VecDeque;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;

use precinct_base::{AreaId, Timestamp, caps};
use precinct_core::{Code, StaffNo};
use precinct_wire::{Coded, RunStatus};
use serde_json::Value;
use tracing::warn;

use self::kept::Folder;
pub(crate) use self::run::{Outcome, Run, Seen, gap};
use crate::door::Failure;

/// A day in milliseconds.
const DAY_MS: i64 = 86_400_000;

/// How much a thread yields to others (setpriority(2)): 0 is usual, 19 the most.
#[cfg(target_os = "linux")]
const YIELDS: i32 = 15;

/// Lets the thread that calls yield to all others.
fn yield_to_others() {
    // On Linux a thread has a priority of its own. Elsewhere all of the program would yield, which nobody wants.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, YIELDS) {
        warn!(%error, "a thread of long computations runs at the usual priority");
    }
}

/// What is to be computed. A text is why it cannot be; none is that it was cancelled before there was anything.
pub(crate) type Job = Box<dyn FnOnce(&Run) -> Result<Option<Outcome>, String> + Send>;

#[derive(Default)]
struct Line {
    made: u64,
    runs: VecDeque<Arc<Run>>,
    jobs: VecDeque<(Arc<Run>, Job)>,
    closed: bool,
}

impl Line {
    /// Forgets what is over and was asked before an instant, and the oldest of the rest that are over, until one more can be kept; their numbers.
    fn prune(&mut self, before: Timestamp) -> Vec<u64> {
        let mut over = self.runs.iter().filter(|run| run.is_over()).count();
        let mut gone = Vec::new();
        self.runs.retain(|run| {
            let stays = !run.is_over() || (run.asked >= before && over < caps::RUNS_KEPT);
            if !stays {
                over -= 1;
                gone.push(run.id);
            }
            stays
        });
        gone
    }

    fn full(&self) -> Result<(), Failure> {
        let waiting = self.jobs.len();
        if waiting < caps::RUNS_WAITING {
            return Ok(());
        }
        let what = format!("{waiting} long computations wait already: come again, or cancel some");
        Err(Failure::later(10, what).coded(Coded::run_waiting(waiting)))
    }
}

struct Shared {
    line: Mutex<Line>,
    more: Condvar,
    folder: Folder,
}

impl Shared {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The long computations of a server.
pub(crate) struct Runs {
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    apart: Arc<tokio::sync::Mutex<()>>,
}

impl std::fmt::Debug for Runs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let line = self.shared.line();
        let (runs, waiting) = (line.runs.len(), line.jobs.len());
        f.debug_struct("Runs")
            .field("runs", &runs)
            .field("waiting", &waiting)
            .finish_non_exhaustive()
    }
}

/// Does what waits, one after another, until there is to be no more.
fn work(shared: &Shared, pool: &rayon::ThreadPool) {
    yield_to_others();
    loop {
        let mut line = shared.line();
        let (run, job) = loop {
            if line.closed {
                return;
            }
            if let Some(next) = line.jobs.pop_front() {
                break next;
            }
            line = shared.more.wait(line).unwrap_or_else(PoisonError::into_inner);
        };
        drop(line);
        if run.is_cancelled() {
            run.end(Ok(None), &shared.folder);
            continue;
        }
        run.tell(|seen| {
            (seen.status, seen.began) = (RunStatus::Running, Some(Instant::now()));
        });
        let done =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| pool.install(|| job(&run))));
        let done = done.unwrap_or_else(|_| {
            tracing::error!(run = run.id, "a long computation ended in a panic");
            Err("something went wrong inside: it is in the log".to_owned())
        });
        run.end(done, &shared.folder);
    }
}

impl Runs {
    /// Starts their threads, with the runs that a data folder has.
    pub(crate) fn start(data: &Path) -> std::io::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(cores.max(caps::RUNS_AT_ONCE))
            .thread_name(|number| format!("runs {number}"))
            .start_handler(|_| yield_to_others())
            .build()
            .map_err(std::io::Error::other)?;
        let folder = Folder::open(data)?;
        let (kept, made) = folder.all()?;
        let runs: VecDeque<_> = kept.into_iter().map(Run::of).map(Arc::new).collect();
        let line = Mutex::new(Line { made, runs, ..Line::default() });
        let shared = Arc::new(Shared { line, more: Condvar::new(), folder });
        let pool = Arc::new(pool);
        let mut threads = Vec::new();
        for number in 0..caps::RUNS_AT_ONCE {
            let (pool, shared) = (pool.clone(), shared.clone());
            let thread = std::thread::Builder::new().name(format!("run {number}"));
            threads.push(thread.spawn(move || work(&shared, &pool))?);
        }
        Ok(Self { shared, threads: Mutex::new(threads), apart: Arc::default() })
    }

    /// Puts a computation in line.
    pub(crate) fn begin(
        &self,
        (what, area): (Code, AreaId),
        (by, asked): (StaffNo, Timestamp),
        ask: Value,
        job: Job,
    ) -> Result<Arc<Run>, Failure> {
        let mut line = self.shared.line();
        line.full()?;
        line.made += 1;
        let id = line.made;
        drop(line);
        let run = Arc::new(Run::new((id, what, area), (by, asked), ask));
        // On the disk before it can be over, so that what it came to is written after.
        self.shared.folder.keep(&run.kept());
        self.sweep(asked);
        let mut line = self.shared.line();
        if let Err(full) = line.full() {
            drop(line);
            self.shared.folder.remove(id);
            return Err(full);
        }
        line.runs.push_back(run.clone());
        line.jobs.push_back((run.clone(), job));
        self.shared.more.notify_one();
        Ok(run)
    }

    /// Forgets what is over and was asked long ago, or has too many after it.
    pub(crate) fn sweep(&self, now: Timestamp) {
        let before = Timestamp(now.0.saturating_sub(caps::RUNS_KEPT_DAYS * DAY_MS));
        let gone = self.shared.line().prune(before);
        for run in gone {
            self.shared.folder.remove(run);
        }
    }

    /// Runs that are known, the newest first.
    pub(crate) fn all(&self, what: Code) -> Vec<Arc<Run>> {
        let line = self.shared.line();
        line.runs.iter().rev().filter(|run| run.what == what).cloned().collect()
    }

    /// A run, if it is known still.
    pub(crate) fn get(&self, what: Code, id: u64) -> Result<Arc<Run>, Failure> {
        let line = self.shared.line();
        let run = line.runs.iter().find(|run| run.id == id && run.what == what).cloned();
        run.ok_or_else(|| {
            Failure::missing(format!(
                "there is no run {id} any more: they are kept until {} others are over, and {} days at most",
                caps::RUNS_KEPT,
                caps::RUNS_KEPT_DAYS
            ))
            .coded(Coded::run_gone())
        })
    }

    /// Ends a run as soon as it can: at once if it waits, else with the best so far.
    pub(crate) fn cancel(&self, run: &Arc<Run>) {
        run.cancel.store(true, Ordering::Relaxed);
        let mut line = self.shared.line();
        let waits = line.jobs.iter().position(|(waiting, _)| waiting.id == run.id);
        let waited = waits.and_then(|at| line.jobs.remove(at));
        drop(line);
        if waited.is_some() {
            run.end(Ok(None), &self.shared.folder);
        }
    }

    /// Does something on a thread of its own that yields to others, one such thing at a time.
    pub(crate) async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let held = self.apart.clone().try_lock_owned();
        let held = held.map_err(|_| {
            Failure::later(2, "another run is being made ready to be watched: come again")
        })?;
        let (sends, done) = tokio::sync::oneshot::channel();
        let thread = std::thread::Builder::new().name("run apart".to_owned());
        let thread = thread.spawn(move || {
            let _held = held;
            yield_to_others();
            // Nobody may wait for it any more.
            let _ = sends.send(work());
        });
        thread.map_err(Failure::inside)?;
        done.await.map_err(Failure::inside)
    }

    /// Cuts all off and ends the threads; waits for them.
    pub(crate) fn close(&self) {
        let mut line = self.shared.line();
        line.closed = true;
        line.jobs.clear();
        for run in line.runs.iter().filter(|run| !run.is_over()) {
            run.cut.store(!run.is_cancelled(), Ordering::Relaxed);
            run.cancel.store(true, Ordering::Relaxed);
        }
        drop(line);
        self.shared.more.notify_all();
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            if thread.join().is_err() {
                warn!("a thread of long computations ended in a panic");
            }
        }
    }
}

#[cfg(test)]
mod tests;
