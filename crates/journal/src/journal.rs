//! The journal as its one writer holds it.

use std::fs::{self, File, TryLockError};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::database::{self, Durability, is_full, settle};
use crate::files::{self, JOURNAL, LOCK};
use crate::reserve::Reserve;
use crate::{CommandKey, Head, OpenError, ReadError, Record, Row, reader};

/// How many records at the end are checked when a journal is opened.
const CHECKED_AT_OPENING: u64 = 1_000;
/// Room kept back for a full disk unless it is said otherwise, in bytes.
pub const RESERVE_BYTES: u64 = 16 << 20;

/// How a journal is kept.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    reserve: u64,
    durability: Durability,
}

impl Default for Options {
    fn default() -> Self {
        Self { reserve: RESERVE_BYTES, durability: Durability::Full }
    }
}

impl Options {
    /// With this much room kept back for a full disk, in bytes.
    #[must_use]
    pub fn reserving(self, bytes: u64) -> Self {
        Self { reserve: bytes, ..self }
    }

    /// A journal that loses records when the power fails. It is there to show that the proof of durability can find a loss.
    #[doc(hidden)]
    #[must_use]
    pub fn unsafe_normal_for_control(self) -> Self {
        Self { durability: Durability::Normal, ..self }
    }
}

/// A journal, open for writing. There is one writer at a time; the lock is held until this is dropped.
#[derive(Debug)]
pub struct Journal {
    pub(crate) connection: Connection,
    pub(crate) head: Head,
    pub(crate) reserve: Reserve,
    /// Whether the disk was full when last asked.
    pub(crate) full: bool,
    /// Whether an append ended in doubt.
    pub(crate) poisoned: bool,
    folder: PathBuf,
    _lock: File,
}

impl Journal {
    /// Opens the journal of a data folder; makes both if there are none.
    ///
    /// Whatever an earlier writer left in doubt is on the disk for certain when this returns, or not in the journal.
    pub fn open(folder: &Path, options: &Options) -> Result<Self, OpenError> {
        let of_folder = |source| OpenError::File { path: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(of_folder)?;
        let lock = lock(folder)?;
        let path = folder.join(JOURNAL);
        let reserve = Reserve::new(folder, options.reserve);
        let connection = database::writer(&path, options.durability)?;
        files::sync_folder(folder).map_err(of_folder)?;
        let of_database = |source| OpenError::Database { path: path.clone(), source };
        if let Err(error) = settle(&connection) {
            if !is_full(&error) {
                return Err(of_database(error));
            }
            reserve.give_up().map_err(of_folder)?;
            settle(&connection).map_err(of_database)?;
        }
        let head = checked_head(&connection, &path, CHECKED_AT_OPENING)?;
        let full = !reserve.take().map_err(of_folder)?;
        let folder = folder.to_owned();
        Ok(Self { connection, head, reserve, full, poisoned: false, folder, _lock: lock })
    }

    /// Where it ends.
    pub const fn last(&self) -> Head {
        self.head
    }

    /// Whether writing waits for room on the disk.
    pub const fn is_full(&self) -> bool {
        self.full
    }

    /// Whether there is room to write; on a full disk, looks again.
    pub fn has_room(&mut self) -> bool {
        self.full = self.full && !self.reserve.take().unwrap_or(false);
        !self.full
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The record of a command.
    pub fn find(&self, command: CommandKey) -> Result<Option<Record>, ReadError> {
        self.sound()?;
        reader::find(&self.connection, command)
    }

    /// Shows each record from number `from` on, until `visit` breaks off.
    pub fn read(
        &self,
        from: u64,
        visit: &mut dyn FnMut(&Row<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        self.sound()?;
        reader::read(&self.connection, from, visit)
    }

    const fn sound(&self) -> Result<(), ReadError> {
        if self.poisoned { Err(ReadError::Poisoned) } else { Ok(()) }
    }
}

fn lock(folder: &Path) -> Result<File, OpenError> {
    let path = folder.join(LOCK);
    let failed = |source| OpenError::File { path: path.clone(), source };
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::Locked { folder: folder.to_owned() }),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

/// Whether a process writes to the journal of a data folder. Nothing is changed.
pub fn is_written(folder: &Path) -> std::io::Result<bool> {
    match File::open(folder.join(LOCK)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
        // Shared, and let go at once: two who ask do not take each other for a writer.
        Ok(file) => match file.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(error)) => Err(error),
        },
    }
}

/// Where the journal ends, by its last `count` records; they must be whole.
pub(crate) fn checked_head(
    connection: &Connection,
    path: &Path,
    count: u64,
) -> Result<Head, OpenError> {
    let of_database = |source| OpenError::Database { path: path.to_owned(), source };
    let damaged = |seq| OpenError::Damaged { path: path.to_owned(), seq };
    let head = reader::head(connection).map_err(of_database)?;
    let from = head.seq.saturating_sub(count) + 1;
    let mut before = reader::before(connection, from).map_err(of_database)?;
    let mut broken = None;
    reader::read(connection, from, &mut |row| {
        if row.check(before).is_err() {
            broken = Some(before.seq + 1);
            return ControlFlow::Break(());
        }
        before = row.head();
        ControlFlow::Continue(())
    })
    .map_err(|error| match error {
        ReadError::Database { source } => of_database(source),
        ReadError::Form { seq, .. } | ReadError::Chain { seq, .. } => damaged(seq),
        ReadError::Poisoned => damaged(0),
    })?;
    match broken {
        Some(seq) => Err(damaged(seq)),
        None if before != head => Err(damaged(before.seq.min(head.seq) + 1)),
        None => Ok(head),
    }
}
