//! The engine on a thread of its own, and snapshots on another.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use precinct_base::Timestamp;
use precinct_core::Moment;
use precinct_engine::live::{AnyClock, DrillClock, SystemChance, SystemClock};
use precinct_engine::{Ask, Disk, Engine, Entry, Listener, ReplayError, Trouble, snapshots};
use precinct_journal::{OpenError, Options, Reader};
use tracing::{info, warn};

use super::{Board, Desk, Feed, Watch};
use crate::options::Drill;

/// Commands that may wait.
const WAITING: usize = 4_096;
/// Records after which a snapshot is made anew.
const SNAPSHOT_EVERY: u64 = 20_000;
/// How often it is looked whether one is due.
const LOOK: Duration = Duration::from_secs(5);

/// Why the living part does not start.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) enum StartError {
    /// The data folder cannot be opened.
    Open(#[from] OpenError),
    /// Its records cannot be replayed.
    Replay(#[from] ReplayError),
    /// A thread cannot be started.
    Thread(#[from] std::io::Error),
}

/// The living part of a served city.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) board: Arc<Board>,
    pub(crate) feed: Arc<Feed>,
    pub(crate) watch: Arc<Watch>,
    pub(crate) desk: Desk,
    ends: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

/// Tells the board and the feed what the engine recorded.
struct Crier {
    board: Arc<Board>,
    feed: Arc<Feed>,
    watch: Arc<Watch>,
}

impl Listener for Crier {
    fn recorded(&mut self, first: u64, entries: &[Arc<Entry>]) {
        self.board.recorded(first, entries);
        self.feed.add(first, entries);
    }

    fn turned(&mut self, now: Moment, trouble: Option<&Trouble>) {
        self.watch.set(now);
        self.board.troubled(trouble);
    }
}

/// The clock of a city at work, or of a drill that goes on where its record ends.
fn clock(drill: Option<Drill>, last: Option<Timestamp>) -> AnyClock {
    match drill {
        None => AnyClock::System(SystemClock::default()),
        Some(Drill { from, speed }) => {
            let from = last.map_or(from, |last| last.max(from));
            AnyClock::Drill(DrillClock::new(from, speed))
        }
    }
}

fn last_instant(folder: &Path) -> Option<Timestamp> {
    let reader = Reader::open(folder).ok()?;
    let last = reader.last().ok()?;
    let mut instant = None;
    let seen = reader.read(last.seq, &mut |row| {
        instant = Some(Timestamp(row.instant));
        std::ops::ControlFlow::Break(())
    });
    seen.ok().and(instant)
}

impl Live {
    /// Opens the data folder and starts the threads.
    pub(crate) fn start(folder: &Path, drill: Option<Drill>) -> Result<Self, StartError> {
        let disk = Disk::open(folder, Options::default())?;
        let clock = clock(drill, last_instant(folder));
        let mut engine = Engine::start(disk, clock, SystemChance)?;
        let head = engine.head().seq;
        let board = Arc::new(Board::new(engine.state().clone(), head));
        let feed = Arc::new(Feed::new(folder.to_owned(), head));
        let watch = Arc::new(Watch::new(clock));
        watch.set(engine.now());
        let (asks, waiting) = sync_channel(WAITING);
        let crier = Crier { board: board.clone(), feed: feed.clone(), watch: watch.clone() };
        let ends = Arc::new(AtomicBool::new(false));
        let threads = vec![
            std::thread::Builder::new()
                .name("engine".to_owned())
                .spawn(move || run(engine, &waiting, crier))?,
            snapshots_of(folder, ends.clone())?,
        ];
        Ok(Self { board, feed, watch, desk: Desk::new(asks), ends, threads })
    }

    /// Lets the engine do what it was asked, and waits for it.
    pub(crate) fn stop(self) {
        let Self { desk, ends, threads, .. } = self;
        ends.store(true, Ordering::Relaxed);
        desk.close();
        for thread in threads {
            thread.thread().unpark();
            if thread.join().is_err() {
                warn!("a thread ended in a panic");
            }
        }
    }
}

fn run(mut engine: Engine<Disk, AnyClock, SystemChance>, asks: &Receiver<Ask>, mut crier: Crier) {
    engine.serve(asks, &mut crier);
    info!(seq = engine.head().seq, "the record is closed");
}

/// Makes snapshots beside the writer, now and then.
fn snapshots_of(folder: &Path, ends: Arc<AtomicBool>) -> std::io::Result<JoinHandle<()>> {
    let folder = folder.to_owned();
    std::thread::Builder::new().name("snapshots".to_owned()).spawn(move || {
        let mut made = 0;
        while !ends.load(Ordering::Relaxed) {
            std::thread::park_timeout(LOOK);
            let Ok(reader) = Reader::open(&folder) else { continue };
            if reader.last().is_ok_and(|last| last.seq >= made + SNAPSHOT_EVERY) {
                match snapshots::make(&reader) {
                    Ok(head) => made = head.seq,
                    Err(error) => {
                        warn!(%error, "no snapshot was made: the next start takes longer");
                    }
                }
            }
        }
    })
}
