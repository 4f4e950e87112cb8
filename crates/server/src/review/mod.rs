//! Looking back: the board as it was at any moment, rebuilt from the record on a thread of its own. The engine and whoever looks at the
//! board as it is notice nothing of it.

mod moment;
mod span;
mod states;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use precinct_base::{Timestamp, caps};
use precinct_engine::{ReplayError, Replayed};
use precinct_journal::{OpenError, ReadError, Reader};
use tokio::sync::{Semaphore, SemaphorePermit, oneshot};
use tokio::time::timeout;

pub(crate) use self::moment::last_at;
use self::span::Span;
pub(crate) use self::span::Spanned;
use self::states::States;

/// How long somebody waits for a moment before being told to come again. The work goes on meanwhile, and what was done of it is kept.
const PATIENCE: Duration = Duration::from_secs(10);

/// Which moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// After the record of that number.
    Sequence(u64),
    /// After the last record at or before that instant of the calendar.
    Instant(Timestamp),
}

/// Why a past moment is not shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReviewError {
    /// The journal cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It cannot be replayed.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// There is no such record.
    #[error("record {seq} is not there")]
    Missing {
        /// Its number.
        seq: u64,
    },
    /// There is nothing as old as that.
    #[error("nothing was recorded by then")]
    Before,
    /// Too many ask.
    #[error("too many look back at once: try again in a moment")]
    Full,
    /// It takes longer than anybody waits.
    #[error(
        "that moment is far back and still being rebuilt: try again in a moment, it goes on meanwhile"
    )]
    Slow,
    /// The server stops.
    #[error("the server stops")]
    Stopped,
}

enum Ask {
    Board(Wanted, u64, oneshot::Sender<Result<Arc<Replayed>, ReviewError>>),
    Span(u64, oneshot::Sender<Result<Spanned, ReviewError>>),
}

/// The way to the thread that rebuilds past moments.
#[derive(Debug)]
pub(crate) struct Review {
    asks: Mutex<Option<SyncSender<Ask>>>,
    ends: Arc<AtomicBool>,
    pages: Semaphore,
}

impl Review {
    /// Starts the thread.
    pub(crate) fn start(folder: &Path) -> std::io::Result<(Self, JoinHandle<()>)> {
        let (asks, inbox) = sync_channel(caps::REVIEWS_WAITING);
        let ends = Arc::new(AtomicBool::new(false));
        let mut work = Work {
            folder: folder.to_owned(),
            states: States::default(),
            span: Span::default(),
            ends: ends.clone(),
        };
        let thread = std::thread::Builder::new().name("review".to_owned());
        let thread = thread.spawn(move || work.run(&inbox))?;
        let pages = Semaphore::new(caps::REVIEW_PAGES_AT_ONCE);
        Ok((Self { asks: Mutex::new(Some(asks)), ends, pages }, thread))
    }

    /// The state at a moment, at or before record `head`.
    pub(crate) async fn board(
        &self,
        wanted: Wanted,
        head: u64,
    ) -> Result<Arc<Replayed>, ReviewError> {
        let (reply, told) = oneshot::channel();
        self.ask(Ask::Board(wanted, head, reply), told).await
    }

    /// How much was recorded when, until record `head`.
    pub(crate) async fn span(&self, head: u64) -> Result<Spanned, ReviewError> {
        let (reply, told) = oneshot::channel();
        self.ask(Ask::Span(head, reply), told).await
    }

    async fn ask<T>(
        &self,
        ask: Ask,
        told: oneshot::Receiver<Result<T, ReviewError>>,
    ) -> Result<T, ReviewError> {
        self.put(ask)?;
        match timeout(PATIENCE, told).await {
            Ok(Ok(told)) => told,
            Ok(Err(_)) => Err(ReviewError::Stopped),
            Err(_) => Err(ReviewError::Slow),
        }
    }

    fn put(&self, ask: Ask) -> Result<(), ReviewError> {
        let asks = self.asks.lock().unwrap_or_else(PoisonError::into_inner);
        asks.as_ref().ok_or(ReviewError::Stopped)?.try_send(ask).map_err(|error| match error {
            TrySendError::Full(_) => ReviewError::Full,
            TrySendError::Disconnected(_) => ReviewError::Stopped,
        })
    }

    /// A seat for reading a page of past records, if one is free.
    pub(crate) fn page(&self) -> Result<SemaphorePermit<'_>, ReviewError> {
        self.pages.try_acquire().map_err(|_| ReviewError::Full)
    }

    /// Lets the thread end, whatever it is at.
    pub(crate) fn close(&self) {
        self.ends.store(true, Ordering::Relaxed);
        self.asks.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// The thread that rebuilds past moments.
struct Work {
    folder: PathBuf,
    states: States,
    span: Span,
    ends: Arc<AtomicBool>,
}

impl Work {
    /// Works until nobody can ask any more. What nobody waits for any longer is not begun.
    fn run(&mut self, asks: &Receiver<Ask>) {
        while let Ok(ask) = asks.recv() {
            // Who asked may go while it is worked on.
            match ask {
                Ask::Board(wanted, head, reply) if !reply.is_closed() => {
                    let found = self.board(wanted, head);
                    if matches!(found, Err(ReviewError::Replay(_) | ReviewError::Missing { .. })) {
                        self.states.clear();
                    }
                    let _ = reply.send(found);
                }
                Ask::Span(head, reply) if !reply.is_closed() => {
                    let _ = reply.send(self.span(head));
                }
                _ => {}
            }
        }
    }

    /// The journal is opened for each question: the engine may have opened it anew meanwhile.
    fn board(&mut self, wanted: Wanted, head: u64) -> Result<Arc<Replayed>, ReviewError> {
        let reader = Reader::open(&self.folder)?;
        let seq = match wanted {
            Wanted::Sequence(seq) => seq,
            Wanted::Instant(at) => last_at(&reader, head, at)?.ok_or(ReviewError::Before)?,
        };
        self.states.at(&reader, seq, &self.ends)
    }

    fn span(&mut self, head: u64) -> Result<Spanned, ReviewError> {
        self.span.follow(&Reader::open(&self.folder)?, head, &self.ends)?;
        Ok(self.span.picture())
    }
}
