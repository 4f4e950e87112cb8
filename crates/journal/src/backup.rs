//! Copies of a data folder's files, made while they are written.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::files::{JOURNAL, KEYS};
use crate::keys::Keys;
use crate::{Head, OpenError, ReadError, Reader};

/// Why no copy was made.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// What is to be copied cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The copy cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The copy cannot be made in that place.
    #[error(
        "{path}: {source}: check that the folder is there, may be written to and has no such file"
    )]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The database failed.
    #[error("{path}: no copy was made: {source}")]
    Database {
        /// The copy.
        path: PathBuf,
        /// How.
        source: rusqlite::Error,
    },
}

/// Copies the journal of a data folder into the folder `to`, which has none, and says where the copy ends. The writer goes on meanwhile:
/// the copy is the journal as it was at one moment. It is on the disk when this returns; whether it is whole is for [`crate::verify()`].
pub fn backup(folder: &Path, to: &Path) -> Result<Head, BackupError> {
    let reader = Reader::open(folder)?;
    copy(reader.connection(), &to.join(JOURNAL))?;
    Ok(Reader::open(to)?.last()?)
}

/// Copies the keys of sealed texts in the same way. Made after the journal's copy, it has the key of every text in it that was not erased
/// meanwhile.
pub fn backup_keys(folder: &Path, to: &Path) -> Result<(), BackupError> {
    copy(Keys::reader(folder)?.connection(), &to.join(KEYS))
}

/// Copies a database in the same way: one read transaction, written out tidily. What was overwritten or freed in the original is not in
/// the copy.
pub fn copy(connection: &Connection, path: &Path) -> Result<(), BackupError> {
    let failed = |source| BackupError::File { path: path.to_owned(), source };
    // The database writes into an empty file, so only its owner ever reads it.
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(failed)?;
    let name = path.to_str().ok_or_else(|| failed(io::ErrorKind::InvalidFilename.into()))?;
    connection
        .execute("VACUUM INTO ?", [name])
        .map_err(|source| BackupError::Database { path: path.to_owned(), source })?;
    File::open(path).and_then(|file| file.sync_all()).map_err(failed)
}
