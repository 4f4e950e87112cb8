//! Serving: requests from any number of threads, one turn for all that wait.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::Duration;

use crate::{Chance, Clock, Engine, Outcome, Request, Store};

/// Most requests in one turn: with what falls due, no more than the journal takes in one batch.
const AT_ONCE: usize = 2_048;
/// How long to wait when nothing is due.
const IDLE: Duration = Duration::from_secs(1);
/// How long to wait before trying again what failed.
const AFTER_TROUBLE: Duration = Duration::from_millis(200);

/// A request and where its outcome is wanted.
#[derive(Debug)]
pub struct Ask {
    /// The request.
    pub request: Request,
    /// Where to. Room for one outcome is enough.
    pub reply: SyncSender<Outcome>,
}

impl<S: Store, C: Clock, R: Chance> Engine<S, C, R> {
    /// Takes turns until nobody can ask any more. What comes in while one turn is written waits for the next, and is written together.
    pub fn serve(&mut self, asks: &Receiver<Ask>) {
        loop {
            let due = self.due_in().map_or(IDLE, |due| Duration::from_millis(u64::from(due.0)));
            let wait = if self.is_troubled() { due.max(AFTER_TROUBLE) } else { due };
            let mut waiting = Vec::new();
            match asks.recv_timeout(wait.min(IDLE)) {
                Ok(first) => waiting.push(first),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            waiting.extend(asks.try_iter().take(AT_ONCE - waiting.len()));
            let (requests, replies): (Vec<Request>, Vec<SyncSender<Outcome>>) =
                waiting.into_iter().map(|ask| (ask.request, ask.reply)).unzip();
            for (outcome, reply) in self.turn(requests).into_iter().zip(replies) {
                // Who asked may have gone; the command is done all the same.
                let _ = reply.send(outcome);
            }
        }
    }

    fn is_troubled(&mut self) -> bool {
        self.down.is_some() || !self.store.has_room()
    }
}
