//! What can go wrong with a journal, and what to do.

use std::io;
use std::path::PathBuf;

use crate::{CommandKey, Hash};

/// Why a journal cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder or a file in it cannot be used.
    #[error("{path}: {source}: check that it exists and may be written to")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another process writes to it.
    #[error("{folder}: another process is writing to this journal: stop that one first")]
    Locked {
        /// The data folder.
        folder: PathBuf,
    },
    /// There is no journal.
    #[error("{folder}: there is no journal in this folder: check the path")]
    None {
        /// The data folder.
        folder: PathBuf,
    },
    /// The file is something else.
    #[error("{path}: this is no journal of Precinct's: check the path, nothing was changed")]
    Foreign {
        /// Which.
        path: PathBuf,
    },
    /// A newer program wrote it.
    #[error(
        "{path}: written in version {found} of its form, and this program knows up to {known}: use a newer program"
    )]
    Newer {
        /// Which.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest known.
        known: i64,
    },
    /// A program wrote it that is too old.
    #[error(
        "{path}: written in version {found} of its form, and this program reads from {oldest} on: nothing was changed; start it once with a program between the two, which upgrades it, or restore a backup"
    )]
    Older {
        /// Which.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The oldest that is read.
        oldest: i64,
    },
    /// The database does not keep what it acknowledges.
    #[error(
        "{path}: the database answers {setting} = {found} where {needed} is needed to keep what is acknowledged: this file system cannot hold a journal"
    )]
    NotDurable {
        /// Which.
        path: PathBuf,
        /// The setting.
        setting: &'static str,
        /// What it reads back as.
        found: String,
        /// What it must be.
        needed: &'static str,
    },
    /// Its end is damaged.
    #[error(
        "{path}: record {seq} is damaged: nothing more is written to this journal; run `precinct journal verify`, and restore from a copy"
    )]
    Damaged {
        /// Which.
        path: PathBuf,
        /// The first damaged record found.
        seq: u64,
    },
    /// The database failed.
    #[error("{path}: {source}")]
    Database {
        /// Which.
        path: PathBuf,
        /// How.
        source: rusqlite::Error,
    },
}

/// Why records were not appended. Unless it is [`AppendError::Unknown`], nothing was written, for certain.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The journal does not end where the writer thinks.
    #[error(
        "the journal ends with record {found}, not {expected}: read what is new and decide again"
    )]
    Moved {
        /// What the writer thought.
        expected: u64,
        /// What is so.
        found: u64,
    },
    /// The command has a record already.
    #[error("command {command} has a record already: answer with its outcome")]
    Repeated {
        /// Which.
        command: CommandKey,
    },
    /// The batch is too large.
    #[error("a batch of {records} records: append at most {} at a time", crate::BATCH_RECORDS)]
    Batch {
        /// How many.
        records: usize,
    },
    /// A text is too large.
    #[error("the {what} of command {command} has {bytes} bytes and may have {most}")]
    TooLarge {
        /// Of which command.
        command: CommandKey,
        /// Which text.
        what: &'static str,
        /// Its length.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// The body is not JSON as it must be.
    #[error("the body of command {command} is not one JSON object on one line")]
    NotAnObject {
        /// Of which command.
        command: CommandKey,
    },
    /// The disk is full. Reading goes on, and writing by itself when there is room.
    #[error("the disk is full: nothing is written until there is room; remove or move other files")]
    Full,
    /// Another process holds the database.
    #[error("the database is held by another process: nothing was written; stop that one")]
    Busy,
    /// The database cannot be asked whether the commands have records.
    #[error("the journal cannot be read: {source}: nothing was written")]
    Unreadable {
        /// How.
        source: rusqlite::Error,
    },
    /// The records may or may not be there: the journal must be opened anew and asked.
    #[error(
        "it is not known whether the records were written ({source}): the journal is opened anew and asked"
    )]
    Unknown {
        /// How it failed.
        source: rusqlite::Error,
    },
    /// An earlier append ended so.
    #[error("an earlier write to this journal failed: it must be opened anew before anything else")]
    Poisoned,
}

/// Why records cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The database failed.
    #[error("the journal cannot be read: {source}")]
    Database {
        /// How.
        #[from]
        source: rusqlite::Error,
    },
    /// A record has not the form of one.
    #[error("record {seq} is damaged ({what}): run `precinct journal verify`")]
    Form {
        /// Which.
        seq: u64,
        /// What is wrong.
        what: &'static str,
    },
    /// A record does not fit in the chain.
    #[error(
        "record {seq} does not follow on the one before, {after}: run `precinct journal verify`"
    )]
    Chain {
        /// Which.
        seq: u64,
        /// The hash it should follow on.
        after: Hash,
    },
    /// An earlier append failed.
    #[error("an earlier write to this journal failed: it must be opened anew before anything else")]
    Poisoned,
}

/// How the database says that the disk failed: for a store that is not a [`crate::Journal`] and fails like one.
pub fn disk_failure() -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR), None)
}
