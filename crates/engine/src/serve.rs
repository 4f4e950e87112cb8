//! Serving: requests from any number of threads, one turn for all that wait.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use precinct_core::Moment;

use crate::{Chance, Clock, Engine, Entry, Outcome, ReplayError, Request, Store, Trouble};

/// Most requests in one turn: with what falls due, no more than the journal takes in one batch.
const AT_ONCE: usize = 2_048;
/// How long to wait when nothing is due.
const IDLE: Duration = Duration::from_secs(1);
/// How long to wait before trying again what failed.
const AFTER_TROUBLE: Duration = Duration::from_millis(200);

/// A request, and what is done with its outcome.
pub struct Ask {
    /// The request.
    pub request: Request,
    /// Called once, from the thread that takes the turns: it must not wait.
    pub reply: Reply,
}

/// What is done with an outcome.
pub type Reply = Box<dyn FnOnce(Outcome) + Send>;

impl Ask {
    /// Asks, and has the outcome given to `reply`.
    pub fn new(request: Request, reply: impl FnOnce(Outcome) + Send + 'static) -> Self {
        Self { request, reply: Box::new(reply) }
    }
}

/// The request; what is done with the outcome cannot be shown.
impl std::fmt::Debug for Ask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ask").field("request", &self.request).finish_non_exhaustive()
    }
}

/// Hears of what is on the disk, in order and without a gap: a board beside the engine, a stream to those who watch.
pub trait Listener {
    /// The entries of records from number `first` on are on the disk. Called before their senders are answered, so that who was answered
    /// finds the board changed.
    fn recorded(&mut self, first: u64, entries: &[Arc<Entry>]);
    /// A turn is over, at the moment `now`: why nothing can be recorded at present, if so. Turns come at least once in a second or so.
    fn turned(&mut self, now: Moment, trouble: Option<&Trouble>);
}

/// Nobody listens.
impl Listener for () {
    fn recorded(&mut self, _: u64, _: &[Arc<Entry>]) {}
    fn turned(&mut self, _: Moment, _: Option<&Trouble>) {}
}

impl<S: Store, C: Clock, R: Chance> Engine<S, C, R> {
    /// Takes turns until nobody can ask any more. What comes in while one turn is written waits for the next, and is written together.
    pub fn serve(&mut self, asks: &Receiver<Ask>, listener: &mut dyn Listener) {
        loop {
            let due = self.due_in().map_or(IDLE, |due| self.clock.real(due));
            let wait = if self.is_troubled() { due.max(AFTER_TROUBLE) } else { due };
            let mut waiting = Vec::new();
            match asks.recv_timeout(wait.min(IDLE)) {
                Ok(first) => waiting.push(first),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            waiting.extend(asks.try_iter().take(AT_ONCE - waiting.len()));
            let (requests, replies): (Vec<Request>, Vec<Reply>) =
                waiting.into_iter().map(|ask| (ask.request, ask.reply)).unzip();
            let outcomes = self.turn(requests);
            self.tell(listener);
            for (outcome, reply) in outcomes.into_iter().zip(replies) {
                reply(outcome);
            }
        }
    }

    fn is_troubled(&mut self) -> bool {
        self.down.is_some() || !self.store.has_room()
    }

    /// Tells what was recorded since it was last told. After a write in doubt that may be more or less than the turn's own: then the
    /// records say.
    fn tell(&mut self, listener: &mut dyn Listener) {
        let fresh = std::mem::take(&mut self.fresh);
        if self.told + fresh.len() as u64 == self.head.seq {
            if !fresh.is_empty() {
                listener.recorded(self.told + 1, &fresh);
            }
            self.told = self.head.seq;
        } else if let Ok(entries) = self.entries(self.told + 1) {
            listener.recorded(self.told + 1, &entries);
            self.told += entries.len() as u64;
        }
        let full = if self.store.has_room() { None } else { Some(Trouble::Full) };
        let now = self.now();
        listener.turned(now, self.down.as_ref().or(full.as_ref()));
    }

    /// The entries of records from number `from` on.
    fn entries(&self, from: u64) -> Result<Vec<Arc<Entry>>, ReplayError> {
        let mut entries: Result<Vec<Arc<Entry>>, ReplayError> = Ok(Vec::new());
        self.store.read(from, &mut |row| {
            let read = Entry::read(row).map(Arc::new);
            match (&mut entries, read) {
                (Ok(entries), Ok(entry)) => entries.push(entry),
                (_, Err(error)) => entries = Err(error.into()),
                (Err(_), Ok(_)) => {}
            }
            if entries.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        entries
    }
}
