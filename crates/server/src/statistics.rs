//! Figures: the fold of the records, kept up to date on a thread of its own. It reads the whole record once, beside the start, and follows
//! the feed from then on; whoever asks is answered from what it holds, and neither the engine nor the board waits for it.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

use precinct_engine::Entry;
use precinct_journal::Reader;
use precinct_statistics::{Figures, Fold, Question};
use tokio::sync::watch;
use tracing::{info, warn};

use crate::door::Failure;
use crate::live::{Feed, Told};
use precinct_wire::Coded;

/// Records read in one go: the journal is let go in between, so that the database can tidy up.
const AT_ONCE: u64 = 16_384;
/// How long to wait before a record that could not be read is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// The fold, once the record was read, and the number of the record it is after.
#[derive(Debug, Default)]
struct Shared {
    folded: RwLock<Option<(Fold, u64)>>,
    /// Records read so far.
    read: AtomicU64,
}

/// Figures of a served city.
#[derive(Debug)]
pub(crate) struct Statistics {
    shared: Arc<Shared>,
    ends: watch::Sender<bool>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// What the thread works with.
struct Work {
    shared: Arc<Shared>,
    feed: Arc<Feed>,
    folder: PathBuf,
    ends: watch::Receiver<bool>,
}

impl Statistics {
    /// Begins to read the record.
    pub(crate) fn start(folder: &Path, feed: Arc<Feed>) -> std::io::Result<Self> {
        let (shared, ends) = (Arc::<Shared>::default(), watch::Sender::new(false));
        let runtime = tokio::runtime::Handle::current();
        let folder = folder.to_owned();
        let mut work = Work { shared: shared.clone(), feed, folder, ends: ends.subscribe() };
        let thread =
            std::thread::Builder::new().name("statistics".to_owned()).spawn(move || {
                if work.replay() {
                    runtime.block_on(work.follow());
                }
            })?;
        Ok(Self { shared, ends, thread: Mutex::new(Some(thread)) })
    }

    /// Figures, and the number of the last record they are of. May take some milliseconds: not for a thread that others wait for.
    pub(crate) fn ask(&self, question: &Question) -> Result<(Figures, u64), Failure> {
        let folded = self.shared.folded.read().unwrap_or_else(PoisonError::into_inner);
        let Some((fold, seq)) = &*folded else {
            let read = self.shared.read.load(Ordering::Relaxed);
            return Err(Failure::later(
                2,
                format!("the record is being read for its figures: {read} records so far"),
            )
            .coded(Coded::figures_reading(read)));
        };
        Ok((fold.ask(question), *seq))
    }

    /// Ends the thread, and waits for it.
    pub(crate) fn close(&self) {
        self.ends.send_replace(true);
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(thread) = thread else { return };
        thread.thread().unpark();
        if thread.join().is_err() {
            warn!("the thread of figures ended in a panic");
        }
    }
}

impl Work {
    /// Whether the server stops, or never came to start.
    fn over(&self) -> bool {
        *self.ends.borrow() || self.ends.has_changed().is_err()
    }

    /// Reads the record from its beginning; whether to go on.
    fn replay(&mut self) -> bool {
        let (mut fold, mut after) = (Fold::default(), 0);
        while after < *self.feed.watch().borrow() {
            if self.over() {
                return false;
            }
            if let Err(error) = self.some(&mut fold, &mut after) {
                warn!(%error, "the record cannot be read for its figures: trying again");
                std::thread::park_timeout(AGAIN);
            }
            self.shared.read.store(after, Ordering::Relaxed);
        }
        info!(records = after, "figures can be asked for");
        let mut folded = self.shared.folded.write().unwrap_or_else(PoisonError::into_inner);
        *folded = Some((fold, after));
        true
    }

    /// Folds some records after number `after`, which goes with them.
    fn some(&self, fold: &mut Fold, after: &mut u64) -> Result<(), Box<dyn std::error::Error>> {
        let reader = Reader::open(&self.folder)?;
        let (until, mut wrong) = (*after + AT_ONCE, None);
        reader.read(*after + 1, &mut |row| {
            match Entry::read(row) {
                Ok(entry) => entry.into_events().for_each(|event| fold.apply(&event)),
                Err(error) => {
                    wrong = Some(error);
                    return ControlFlow::Break(());
                }
            }
            *after = row.seq;
            if *after < until && !self.over() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        wrong.map_or(Ok(()), |error| Err(error.into()))
    }

    /// Folds what was told; the number of the last record that is folded.
    fn take(&self, told: &[Told]) -> u64 {
        let mut folded = self.shared.folded.write().unwrap_or_else(PoisonError::into_inner);
        let Some((fold, seq)) = &mut *folded else { return 0 };
        for one in told {
            for event in one.entry.events() {
                fold.apply(&event);
            }
            *seq = one.seq;
        }
        *seq
    }

    /// Takes over what is recorded, as it is told.
    async fn follow(&mut self) {
        let mut head = self.feed.watch();
        let mut after = self.take(&[]);
        loop {
            let wait = match self.feed.since(after).await {
                Ok(told) if told.is_empty() => None,
                Ok(told) => {
                    after = self.take(&told);
                    continue;
                }
                Err(error) => {
                    warn!(%error, "figures do not follow the record: trying again");
                    Some(AGAIN)
                }
            };
            tokio::select! {
                changed = head.changed(), if wait.is_none() => if changed.is_err() { return },
                () = tokio::time::sleep(wait.unwrap_or(AGAIN)), if wait.is_some() => {}
                _ = self.ends.changed() => return,
            }
        }
    }
}
