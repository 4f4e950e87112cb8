//! Long computations: on threads of their own at low priority, a few at a time, watched while they run, and cancelled.
//!
//! Dispatch never waits for them: their threads, and all that these divide their work among, yield to every other thread of the server.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;

use precinct_base::{AreaId, Timestamp, caps};
use precinct_core::{Code, StaffNo};
use precinct_wire::{Coded, RunDoc, RunStatus};
use tokio::sync::watch;
use tracing::warn;

use crate::door::Failure;

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

/// What a run came to.
pub(crate) type Outcome = Arc<dyn std::any::Any + Send + Sync>;

/// What is to be computed. A text is why it cannot be; none is that it was cancelled before there was anything.
pub(crate) type Job = Box<dyn FnOnce(&Run) -> Result<Option<Outcome>, String> + Send>;

/// How a run stands.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) status: RunStatus,
    pub(crate) began: Option<Instant>,
    pub(crate) ran_ms: Option<u64>,
    pub(crate) share: Option<u32>,
    pub(crate) stage: Option<&'static str>,
    pub(crate) objective: Option<u64>,
    pub(crate) bound: Option<u64>,
    pub(crate) detail: Option<String>,
}

/// A run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) id: u64,
    pub(crate) what: Code,
    pub(crate) area: AreaId,
    by: StaffNo,
    asked: Timestamp,
    cancel: AtomicBool,
    seen: watch::Sender<Seen>,
    outcome: OnceLock<Outcome>,
}

fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// How far two numbers are from each other, in parts of a million of the larger, rounded up.
pub(crate) fn gap(objective: u64, bound: u64) -> u32 {
    let (apart, larger) = (u128::from(objective.abs_diff(bound)), objective.max(bound));
    let gap = (apart * 1_000_000).div_ceil(u128::from(larger.max(1)));
    u32::try_from(gap).unwrap_or(u32::MAX)
}

impl Run {
    /// Whether it is to end.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// Says how it stands.
    pub(crate) fn tell(&self, change: impl FnOnce(&mut Seen)) {
        self.seen.send_modify(change);
    }

    /// Tells when it stands otherwise.
    pub(crate) fn watch(&self) -> watch::Receiver<Seen> {
        self.seen.subscribe()
    }

    /// What it came to, if it is over and came to anything.
    pub(crate) fn outcome<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.outcome.get().cloned()?.downcast().ok()
    }

    /// As a document.
    pub(crate) fn document(&self) -> RunDoc {
        let seen = self.seen.borrow().clone();
        let pair = seen.objective.zip(seen.bound);
        RunDoc {
            run: self.id,
            what: self.what,
            area: self.area.0,
            by: self.by,
            asked: self.asked.into(),
            status: seen.status,
            ran_ms: seen.ran_ms.or_else(|| seen.began.map(millis)).unwrap_or(0),
            share: seen.share,
            stage: seen.stage.map(str::to_owned),
            objective: seen.objective,
            bound: seen.bound,
            gap_ppm: pair.map(|(objective, bound)| gap(objective, bound)),
            result: self.outcome.get().is_some(),
            detail: seen.detail,
        }
    }

    fn is_over(&self) -> bool {
        !matches!(self.seen.borrow().status, RunStatus::Waiting | RunStatus::Running)
    }

    fn end(&self, done: Result<Option<Outcome>, String>) {
        let cancelled = self.is_cancelled();
        let (status, detail) = match done {
            Ok(outcome) => {
                let done = outcome.is_some() && !cancelled;
                if let Some(outcome) = outcome {
                    // It is over once.
                    let _ = self.outcome.set(outcome);
                }
                (if done { RunStatus::Done } else { RunStatus::Cancelled }, None)
            }
            Err(_) if cancelled => (RunStatus::Cancelled, None),
            Err(detail) => (RunStatus::Failed, Some(detail)),
        };
        self.tell(|seen| {
            seen.ran_ms = Some(seen.began.map_or(0, millis));
            (seen.status, seen.detail) = (status, detail);
        });
    }
}

#[derive(Default)]
struct Line {
    made: u64,
    runs: VecDeque<Arc<Run>>,
    jobs: VecDeque<(Arc<Run>, Job)>,
    closed: bool,
}

#[derive(Default)]
struct Shared {
    line: Mutex<Line>,
    more: Condvar,
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
            run.end(Ok(None));
            continue;
        }
        run.tell(|seen| {
            (seen.status, seen.began) = (RunStatus::Running, Some(Instant::now()));
        });
        let done =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| pool.install(|| job(&run))));
        run.end(done.unwrap_or_else(|_| {
            tracing::error!(run = run.id, "a long computation ended in a panic");
            Err("something went wrong inside: it is in the log".to_owned())
        }));
    }
}

impl Runs {
    /// Starts their threads.
    pub(crate) fn start() -> std::io::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(cores.max(caps::RUNS_AT_ONCE))
            .thread_name(|number| format!("runs {number}"))
            .start_handler(|_| yield_to_others())
            .build()
            .map_err(std::io::Error::other)?;
        let (pool, shared) = (Arc::new(pool), Arc::<Shared>::default());
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
        job: Job,
    ) -> Result<Arc<Run>, Failure> {
        let mut line = self.shared.line();
        if line.jobs.len() >= caps::RUNS_WAITING {
            let waiting = line.jobs.len();
            return Err(Failure::later(
                10,
                format!("{waiting} long computations wait already: come again, or cancel some"),
            )
            .coded(Coded::run_waiting(waiting)));
        }
        let over = |run: &Arc<Run>| run.is_over();
        while line.runs.iter().filter(|run| over(run)).count() >= caps::RUNS_KEPT {
            let Some(oldest) = line.runs.iter().position(over) else { break };
            line.runs.remove(oldest);
        }
        line.made += 1;
        let seen = Seen {
            status: RunStatus::Waiting,
            began: None,
            ran_ms: None,
            share: None,
            stage: None,
            objective: None,
            bound: None,
            detail: None,
        };
        let run = Arc::new(Run {
            id: line.made,
            what,
            area,
            by,
            asked,
            cancel: AtomicBool::new(false),
            seen: watch::Sender::new(seen),
            outcome: OnceLock::new(),
        });
        line.runs.push_back(run.clone());
        line.jobs.push_back((run.clone(), job));
        self.shared.more.notify_one();
        Ok(run)
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
                "there is no run {id} any more: they are kept until {} others are over or the server starts anew",
                caps::RUNS_KEPT
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
            run.end(Ok(None));
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

    /// Cancels all and ends the threads; waits for them.
    pub(crate) fn close(&self) {
        let mut line = self.shared.line();
        line.closed = true;
        line.jobs.clear();
        line.runs.iter().for_each(|run| run.cancel.store(true, Ordering::Relaxed));
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
