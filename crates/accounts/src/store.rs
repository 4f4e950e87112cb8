//! The file and how it is read and written: one connection, opened anew when a write failed.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use precinct_base::{Millis, Timestamp, caps};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::database::{connect, private};
use crate::guesses::Guesses;
use crate::session::{IDLE, LONGEST_SESSION};
use crate::turnstile::Turnstile;
use crate::{AccountError, Cost, OpenError};

/// The accounts of a data folder. Any number of threads may use it at once.
#[derive(Debug)]
pub struct Accounts {
    path: PathBuf,
    pub(crate) cost: Cost,
    database: Mutex<Database>,
    guesses: Mutex<Guesses>,
    pub(crate) hashing: Turnstile,
}

#[derive(Debug)]
struct Database {
    connection: Connection,
    /// Whether the last write failed: what the connection believes of the file is then in doubt, and it is opened anew.
    doubtful: bool,
}

impl Accounts {
    /// Opens the accounts of a data folder; makes the file if there is none.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        Self::open_with(folder, Cost::RFC_9106)
    }

    /// The same, with passwords hashed at another cost. Those hashed at a lower one are hashed anew when their owners sign in.
    pub fn open_with(folder: &Path, cost: Cost) -> Result<Self, OpenError> {
        let path = folder.join("accounts.db");
        let database = Database { connection: connect(&path)?, doubtful: false };
        Ok(Self {
            path,
            cost,
            database: Mutex::new(database),
            guesses: Mutex::default(),
            hashing: Turnstile::new(caps::HASHES_AT_ONCE, caps::HASHES_WAITING),
        })
    }

    pub(crate) fn guesses(&self) -> MutexGuard<'_, Guesses> {
        self.guesses.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The database, on a connection that is not in doubt. Whoever panicked with it left a transaction that is rolled back.
    fn database(&self) -> Result<MutexGuard<'_, Database>, OpenError> {
        let (mut database, poisoned) = match self.database.lock() {
            Ok(database) => (database, false),
            Err(poisoned) => (poisoned.into_inner(), true),
        };
        if database.doubtful || poisoned {
            database.connection = connect(&self.path)?;
            database.doubtful = false;
            self.database.clear_poison();
        }
        Ok(database)
    }

    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, AccountError> {
        Ok(read(&self.database()?.connection)?)
    }

    /// Writes all or nothing. All is on the disk when this returns.
    pub(crate) fn write<T>(
        &self,
        write: impl FnOnce(&Transaction<'_>) -> Result<T, AccountError>,
    ) -> Result<T, AccountError> {
        let mut database = self.database()?;
        let written = (|| {
            let behavior = TransactionBehavior::Immediate;
            let transaction = database.connection.transaction_with_behavior(behavior)?;
            let done = write(&transaction)?;
            transaction.commit()?;
            Ok(done)
        })();
        database.doubtful = matches!(written, Err(AccountError::Database(_)));
        written
    }

    /// Removes what is over: sessions, invitations and codes of enrolment.
    pub fn sweep(&self, now: Timestamp) -> Result<(), AccountError> {
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
        self.read(|on| on.execute("VACUUM INTO ?", [&name]))?;
        Ok(())
    }
}
