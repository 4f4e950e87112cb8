//! What is told to who watches: the last records in memory, older ones from the journal.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use precinct_engine::Entry;
use precinct_journal::Reader;
use tokio::sync::watch;

/// Records kept in memory: a watcher that falls back further reads the journal.
const KEPT: usize = 16_384;
/// Records handed out in one go.
const AT_ONCE: usize = 512;

/// A record that is on the disk.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) seq: u64,
    pub(crate) entry: Arc<Entry>,
}

/// The records, for any number of watchers, each at its own pace.
#[derive(Debug)]
pub(crate) struct Feed {
    folder: PathBuf,
    recent: Mutex<VecDeque<Told>>,
    head: watch::Sender<u64>,
}

/// Why records cannot be told.
#[derive(Debug, thiserror::Error)]
#[error("the record cannot be read: {0}")]
pub(crate) struct FeedError(String);

impl Feed {
    pub(crate) fn new(folder: PathBuf, head: u64) -> Self {
        Self { folder, recent: Mutex::new(VecDeque::new()), head: watch::channel(head).0 }
    }

    /// Adds what is on the disk; then wakes who waits.
    pub(crate) fn add(&self, first: u64, entries: &[Arc<Entry>]) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let told = (first..).zip(entries).map(|(seq, entry)| Told { seq, entry: entry.clone() });
        recent.extend(told);
        let over = recent.len().saturating_sub(KEPT);
        recent.drain(..over);
        let last = recent.back().map(|told| told.seq);
        drop(recent);
        if let Some(last) = last {
            self.head.send_replace(last);
        }
    }

    /// Tells when there is more.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.head.subscribe()
    }

    /// Some records after number `after`, in order and without a gap; none if there are none yet.
    pub(crate) async fn since(&self, after: u64) -> Result<Vec<Told>, FeedError> {
        if let Some(recent) = self.recent_since(after) {
            return Ok(recent);
        }
        let folder = self.folder.clone();
        let read = tokio::task::spawn_blocking(move || read(&folder, after));
        read.await.map_err(|error| FeedError(error.to_string()))?
    }

    fn recent_since(&self, after: u64) -> Option<Vec<Told>> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let first = recent.front().map_or(*self.head.borrow() + 1, |told| told.seq);
        if after + 1 < first {
            return None;
        }
        let skip = (after + 1 - first) as usize;
        Some(recent.iter().skip(skip).take(AT_ONCE).cloned().collect())
    }
}

fn read(folder: &std::path::Path, after: u64) -> Result<Vec<Told>, FeedError> {
    let failed = |error: &dyn std::error::Error| FeedError(error.to_string());
    let reader = Reader::open(folder).map_err(|error| failed(&error))?;
    let mut found = Vec::new();
    let mut wrong = None;
    let done = reader.read(after + 1, &mut |row| {
        match Entry::read(row) {
            Ok(entry) => found.push(Told { seq: row.seq, entry: Arc::new(entry) }),
            Err(error) => wrong = Some(failed(&error)),
        }
        if found.len() < AT_ONCE && wrong.is_none() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    done.map_err(|error| failed(&error))?;
    wrong.map_or(Ok(found), Err)
}
