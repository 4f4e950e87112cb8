//! What the engine needs of the world: a clock, chance, and a store.

use std::ops::ControlFlow;
use std::time::Duration;

use precinct_base::{Instant, Millis, Timestamp};
use precinct_journal::keys::{KEY_BYTES, KeyError, NONCE_BYTES};
use precinct_journal::snapshot::{self, Snapshot};
use precinct_journal::{
    AppendError, CommandKey, Draft, Head, OpenError, ReadError, Reader, Record, Row,
};

/// Both clocks, read at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// A clock that never goes back, from wherever it started.
    pub running: Instant,
    /// The calendar, which may jump.
    pub wall: Timestamp,
}

/// A clock.
pub trait Clock {
    /// What it shows.
    fn read(&mut self) -> Reading;
    /// How long one has to wait until this clock has gone on by `after`. It is longer or shorter for a clock that does not run at the
    /// world's own pace, as in a drill.
    fn real(&self, after: Millis) -> Duration {
        Duration::from_millis(u64::from(after.0))
    }
}

/// Chance: keys, nonces, and ids of the engine's own commands.
pub trait Chance {
    /// Fills `bytes` so that nobody can guess them.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// Records that can be read.
pub trait Records {
    /// Shows each record from number `from` on.
    fn read(
        &self,
        from: u64,
        visit: &mut dyn FnMut(&Row<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError>;
    /// The newest snapshot that is whole and not after record `at_most`.
    fn snapshot(&self, at_most: u64) -> Option<Snapshot>;
}

impl Records for Reader {
    fn read(
        &self,
        from: u64,
        visit: &mut dyn FnMut(&Row<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        Self::read(self, from, visit)
    }

    fn snapshot(&self, at_most: u64) -> Option<Snapshot> {
        snapshot::newest(self.folder(), at_most).0
    }
}

/// Where records and keys are kept. See [`precinct_journal::Journal`] and [`precinct_journal::keys::Keys`] for what each must keep to.
pub trait Store: Records {
    /// Where the records end.
    fn last(&self) -> Head;
    /// Whether there is room to write.
    fn has_room(&mut self) -> bool;
    /// Appends a batch, whole or not at all.
    fn append(&mut self, batch: &[Draft], expected: u64) -> Result<Head, AppendError>;
    /// The record of a command.
    fn find(&self, command: CommandKey) -> Result<Option<Record>, ReadError>;
    /// Lets go of everything and opens it anew, after an append whose outcome is unknown.
    fn reopen(&mut self) -> Result<(), OpenError>;
    /// Gives each subject that has none the key beside it.
    fn create_keys(&mut self, fresh: &[(u64, [u8; KEY_BYTES])]) -> Result<(), KeyError>;
    /// Seals a text.
    fn seal(&self, subject: u64, nonce: [u8; NONCE_BYTES], text: &str)
    -> Result<Vec<u8>, KeyError>;
    /// Destroys a key.
    fn destroy_key(&mut self, subject: u64) -> Result<(), KeyError>;
}
