//! Replay: the state at any moment, from the records and nothing else. A snapshot only shortens the way.

use std::ops::ControlFlow;

use precinct_core::{Moment, State, apply};
use precinct_journal::{Head, ReadError, Row};

use crate::body::{BodyError, Entry};
use crate::{Records, snapshots};

/// A state, and how it was come by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// The state.
    pub state: State,
    /// The record it is after.
    pub head: Head,
    /// The moment of that record.
    pub last: Moment,
    /// The snapshot it started from; 0 is none.
    pub from: u64,
    /// Records read.
    pub records: u64,
    /// Events applied.
    pub events: u64,
}

/// Why a state cannot be rebuilt.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The records cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// One of them is no entry.
    #[error(transparent)]
    Body(#[from] BodyError),
}

impl Replayed {
    fn nothing() -> Self {
        Self {
            state: State::default(),
            head: Head::EMPTY,
            last: Moment::default(),
            from: 0,
            records: 0,
            events: 0,
        }
    }

    fn record(&mut self, row: &Row<'_>) -> Result<(), ReplayError> {
        if row.check(self.head).is_err() {
            return Err(ReadError::Chain { seq: row.seq, after: self.head.hash }.into());
        }
        let entry = Entry::read(row)?;
        self.head = row.head();
        self.last = entry.at;
        self.records += 1;
        for event in entry.into_events() {
            apply(&mut self.state, &event);
            self.events += 1;
        }
        Ok(())
    }
}

/// The state after record `until`, or after the last one if there are fewer. Every record read is checked in its place in the chain.
pub fn replay(records: &dyn Records, until: u64) -> Result<Replayed, ReplayError> {
    replay_from(records, snapshots::load(records, until)?, until)
}

/// The same, going on from a state of these very records that was rebuilt before; a later state than `until` stays as it is.
pub fn replay_on(
    records: &dyn Records,
    start: Replayed,
    until: u64,
) -> Result<Replayed, ReplayError> {
    replay_from(records, Some(start), until)
}

/// The same from the first record on, whatever snapshots there are.
pub fn replay_all(records: &dyn Records, until: u64) -> Result<Replayed, ReplayError> {
    replay_from(records, None, until)
}

fn replay_from(
    records: &dyn Records,
    start: Option<Replayed>,
    until: u64,
) -> Result<Replayed, ReplayError> {
    let mut replayed = start.unwrap_or_else(Replayed::nothing);
    let mut failed = None;
    if replayed.head.seq < until {
        records.read(replayed.head.seq + 1, &mut |row| {
            if row.seq > until {
                return ControlFlow::Break(());
            }
            match replayed.record(row) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        })?;
    }
    failed.map_or(Ok(replayed), Err)
}

impl From<(State, Head)> for Replayed {
    /// As a snapshot has it.
    fn from((state, head): (State, Head)) -> Self {
        let last = state.now();
        Self { state, head, last, from: head.seq, ..Self::nothing() }
    }
}
