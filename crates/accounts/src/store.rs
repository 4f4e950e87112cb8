//! The file and how it is read and written: a connection for each, so that nobody who looks something up waits for a write.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use precinct_base::{Millis, Timestamp, caps};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::database::{connect, private, reader, settle};
use crate::guesses::Guesses;
use crate::seen::Seen;
use crate::session::{IDLE, LONGEST_SESSION};
use crate::turnstile::Turnstile;
use crate::{AccountError, Cost, OpenError};

/// The accounts of a data folder. Any number of threads may use it at once.
#[derive(Debug)]
pub struct Accounts {
    path: PathBuf,
    pub(crate) cost: Cost,
    writes: Mutex<Opened>,
    reads: Mutex<Opened>,
    seen: Mutex<Seen>,
    guesses: Mutex<Guesses>,
    pub(crate) hashing: Turnstile,
}

#[derive(Debug)]
struct Opened {
    connection: Connection,
    /// Whether the last use failed: what the connection believes of the file is then in doubt, and it is opened anew.
    doubtful: bool,
}

impl Opened {
    fn new(connection: Connection) -> Mutex<Self> {
        Mutex::new(Self { connection, doubtful: false })
    }
}

/// A connection that is not in doubt. Whoever panicked with it left a transaction that is rolled back.
fn sound(
    kept: &Mutex<Opened>,
    open: impl FnOnce() -> Result<Connection, OpenError>,
) -> Result<MutexGuard<'_, Opened>, OpenError> {
    let (mut opened, poisoned) = match kept.lock() {
        Ok(opened) => (opened, false),
        Err(poisoned) => (poisoned.into_inner(), true),
    };
    if opened.doubtful || poisoned {
        opened.connection = open()?;
        opened.doubtful = false;
        kept.clear_poison();
    }
    Ok(opened)
}

impl Accounts {
    /// Opens the accounts of a data folder; makes the file if there is none.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        Self::open_with(folder, Cost::RFC_9106)
    }

    /// The same, with passwords hashed at another cost. Those hashed at a lower one are hashed anew when their owners sign in.
    pub fn open_with(folder: &Path, cost: Cost) -> Result<Self, OpenError> {
        let path = folder.join("accounts.db");
        let writes = Opened::new(connect(&path)?);
        Ok(Self {
            reads: Opened::new(reader(&path)?),
            writes,
            path,
            cost,
            seen: Mutex::default(),
            guesses: Mutex::default(),
            hashing: Turnstile::new(caps::HASHES_AT_ONCE, caps::HASHES_WAITING),
        })
    }

    pub(crate) fn guesses(&self) -> MutexGuard<'_, Guesses> {
        self.guesses.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads what was last written, on a connection of its own: a write that takes long is not waited for.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, AccountError> {
        let mut opened = sound(&self.reads, || reader(&self.path))?;
        let found = read(&opened.connection);
        opened.doubtful = found.is_err();
        Ok(found?)
    }

    /// Writes all or nothing. All is on the disk when this returns.
    pub(crate) fn write<T>(
        &self,
        write: impl FnOnce(&Transaction<'_>) -> Result<T, AccountError>,
    ) -> Result<T, AccountError> {
        let mut opened = sound(&self.writes, || connect(&self.path))?;
        let written = (|| {
            let behavior = TransactionBehavior::Immediate;
            let transaction = opened.connection.transaction_with_behavior(behavior)?;
            let done = write(&transaction)?;
            transaction.commit()?;
            Ok(done)
        })();
        opened.doubtful = matches!(written, Err(AccountError::Database(_)));
        if written.is_ok() {
            settle(&opened.connection);
        }
        written
    }

    /// Writes down when sessions and keys were last in use. Those who look them up leave that for here, so that they wait for no disk;
    /// call it every few seconds, and at the end.
    pub fn note(&self) -> Result<(), AccountError> {
        let seen = self.seen().clone();
        if seen.is_empty() {
            return Ok(());
        }
        self.write(|on| Ok(seen.write(on)?))?;
        self.seen().forget(&seen);
        Ok(())
    }

    /// Removes what is over: sessions, invitations and codes of enrolment.
    pub fn sweep(&self, now: Timestamp) -> Result<(), AccountError> {
        self.note()?;
        self.write(|on| {
            let before = |lasts: Millis| now.0.saturating_sub(i64::from(lasts.0));
            let (idle, oldest) = (before(IDLE), before(LONGEST_SESSION));
            on.execute("DELETE FROM sessions WHERE seen <= ? OR made <= ?", [idle, oldest])?;
            on.execute("DELETE FROM invites WHERE expires <= ?", [now.0])?;
            on.execute("DELETE FROM enrolments WHERE expires <= ?", [now.0])?;
            Ok(())
        })
    }

    /// Writes a copy to `path`, where no file may be yet, while everything goes on. What holds for the accounts holds for the copy: it has
    /// the secrets of second factors in it, and only its owner can read it.
    pub fn copy_to(&self, path: &Path) -> Result<(), AccountError> {
        private(path);
        let name = path.to_string_lossy();
        // On a connection of its own: others read and write meanwhile.
        connect(&self.path)?.execute("VACUUM INTO ?", [&name])?;
        Ok(())
    }
}
