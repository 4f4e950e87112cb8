//! Asking the engine from any task.

use std::sync::mpsc::{SyncSender, TrySendError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use precinct_engine::{Ask, Outcome, Request};
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How long a command may wait for the disk before its sender is told to come again: the command may still be done then, and the same key
/// finds out.
const PATIENCE: Duration = Duration::from_secs(4);

/// The way to the engine, until it is closed for everybody at once.
#[derive(Clone, Debug)]
pub(crate) struct Desk(Arc<Mutex<Option<SyncSender<Ask>>>>);

/// Why a command has no outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Busy {
    /// Too many wait.
    #[error("too many commands wait for the disk: send this one again with the same key")]
    Full,
    /// The disk is slow.
    #[error(
        "the disk has not answered in time: send this command again with the same key to learn what became of it"
    )]
    Slow,
    /// The server stops.
    #[error("the server stops: send this command again with the same key when it is back")]
    Stopped,
}

impl Desk {
    pub(crate) fn new(asks: SyncSender<Ask>) -> Self {
        Self(Arc::new(Mutex::new(Some(asks))))
    }

    /// Closes the way. What was asked is still done; then the engine ends.
    pub(super) fn close(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn put(&self, ask: Ask) -> Result<(), Busy> {
        let asks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        asks.as_ref().ok_or(Busy::Stopped)?.try_send(ask).map_err(|error| match error {
            TrySendError::Full(_) => Busy::Full,
            TrySendError::Disconnected(_) => Busy::Stopped,
        })
    }

    /// The outcome of a command.
    pub(crate) async fn ask(&self, request: Request) -> Result<Outcome, Busy> {
        let (reply, outcome) = oneshot::channel();
        let ask = Ask::new(request, move |outcome| {
            // Whoever asked may have gone; the command is done all the same.
            let _ = reply.send(outcome);
        });
        self.put(ask)?;
        match timeout(PATIENCE, outcome).await {
            Ok(Ok(outcome)) => Ok(outcome),
            Ok(Err(_)) => Err(Busy::Stopped),
            Err(_) => Err(Busy::Slow),
        }
    }
}
