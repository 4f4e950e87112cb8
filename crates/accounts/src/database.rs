//! The `SQLite` file: how it is laid out, and the settings under which it keeps what it acknowledges and forgets what it is told to.

use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, Row};

use crate::OpenError;

/// Marks the file as ours: "Prac" in ASCII.
const APPLICATION: i64 = 0x5072_6163;
/// The version of the layout below.
const VERSION: i64 = 2;
/// The oldest that is brought up to it.
const OLDEST: i64 = 1;
/// How long another process, such as `precinct key create`, may hold the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// Every column is in `golden/columns.txt`, with its purpose and retention. Instants are milliseconds since 1970.
const LAYOUT: &str = "
CREATE TABLE accounts (
  staff TEXT PRIMARY KEY,
  force TEXT NOT NULL,
  language TEXT NOT NULL,
  disabled INTEGER NOT NULL,
  made INTEGER NOT NULL,
  salt BLOB,
  hash BLOB,
  memory INTEGER,
  passes INTEGER,
  lanes INTEGER,
  factor BLOB,
  factor_new BLOB,
  factor_step INTEGER NOT NULL,
  provider INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE grants (
  holder TEXT NOT NULL,
  role TEXT NOT NULL,
  area INTEGER NOT NULL,
  PRIMARY KEY (holder, role, area)
) STRICT;
CREATE TABLE recovery (
  hash BLOB PRIMARY KEY,
  staff TEXT NOT NULL
) STRICT;
CREATE TABLE invites (
  hash BLOB PRIMARY KEY,
  staff TEXT,
  expires INTEGER NOT NULL
) STRICT;
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  staff TEXT NOT NULL,
  second_factor INTEGER NOT NULL,
  made INTEGER NOT NULL,
  seen INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_of ON sessions (staff, made);
CREATE TABLE keys (
  id TEXT PRIMARY KEY,
  holder TEXT NOT NULL UNIQUE,
  hash BLOB NOT NULL,
  made INTEGER NOT NULL,
  expires INTEGER,
  used INTEGER,
  revoked INTEGER NOT NULL,
  recorded INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE devices (
  id TEXT PRIMARY KEY,
  unit INTEGER NOT NULL,
  kind TEXT NOT NULL,
  hash BLOB NOT NULL,
  tracker TEXT UNIQUE,
  made INTEGER NOT NULL
) STRICT;
CREATE INDEX devices_of ON devices (unit);
CREATE TABLE enrolments (
  hash BLOB PRIMARY KEY,
  unit INTEGER NOT NULL,
  kind TEXT NOT NULL,
  tracker TEXT,
  expires INTEGER NOT NULL
) STRICT;
";

/// What the second version has beside the first. Which keys of the first are on record is not known, so all are put there.
const SECOND: &str = "
ALTER TABLE accounts ADD COLUMN provider INTEGER NOT NULL DEFAULT 0;
ALTER TABLE keys ADD COLUMN recorded INTEGER NOT NULL DEFAULT 0;
";

fn open(path: &Path, flags: OpenFlags) -> Result<Connection, OpenError> {
    let flags = flags | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failed(path))?;
    connection.busy_timeout(PATIENCE).map_err(failed(path))?;
    Ok(connection)
}

/// Opens the file to write; makes it if there is none. What is written goes to a write-ahead file first, so that it holds up nobody who
/// reads. A commit is on the disk when it returns (`EXTRA`), and what is deleted is overwritten; see [`settle`] for the write-ahead file.
pub(crate) fn connect(path: &Path) -> Result<Connection, OpenError> {
    let failed = failed(path);
    private(path);
    let connection = open(path, OpenFlags::SQLITE_OPEN_CREATE)?;
    ours(&connection, path)?;
    need(&connection, path, "journal_mode", "WAL", "wal")?;
    need(&connection, path, "synchronous", "EXTRA", "3")?;
    // On macOS only this reaches the disk; elsewhere it changes nothing.
    need(&connection, path, "fullfsync", "ON", "1")?;
    need(&connection, path, "secure_delete", "ON", "1")?;
    lay_out(&connection).map_err(&failed)?;
    Ok(connection)
}

/// Opens the file that a writer has open, to read.
pub(crate) fn reader(path: &Path) -> Result<Connection, OpenError> {
    let connection = open(path, OpenFlags::empty())?;
    need(&connection, path, "query_only", "ON", "1")?;
    Ok(connection)
}

/// Moves what was written into the file and empties the write-ahead file, so that nothing that was deleted is left there. Where somebody
/// reads for long, as a copy does, the next write does it.
pub(crate) fn settle(connection: &Connection) {
    let emptied = (|| {
        connection.busy_timeout(Duration::ZERO)?;
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    })();
    // What was written is on the disk either way.
    let _ = emptied.and(connection.busy_timeout(PATIENCE));
}

/// Makes the file, if it is not there, so that nobody but its owner can read it: it holds secrets of second factors. Where that cannot be
/// done, opening it says why.
pub(crate) fn private(path: &Path) {
    let mut options = OpenOptions::new();
    options.append(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let _ = options.open(path);
}

fn failed(path: &Path) -> impl Fn(rusqlite::Error) -> OpenError {
    move |source| OpenError::Database { path: path.to_owned(), source }
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}

/// That the file is ours, or new, and of the version that this program reads.
fn ours(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let foreign = || OpenError::Foreign { path: path.to_owned() };
    let application = pragma(connection, "application_id").map_err(|error| {
        let not_one = error.sqlite_error_code() == Some(ErrorCode::NotADatabase);
        if not_one { foreign() } else { failed(path)(error) }
    })?;
    let tables = "SELECT count(*) FROM sqlite_schema";
    let tables: i64 = connection.query_row(tables, [], |row| row.get(0)).map_err(failed(path))?;
    if application != APPLICATION && tables > 0 {
        return Err(foreign());
    }
    let found = pragma(connection, "user_version").map_err(failed(path))?;
    if found > VERSION {
        return Err(OpenError::Newer { path: path.to_owned(), found, known: VERSION });
    }
    if found < OLDEST && application == APPLICATION {
        return Err(OpenError::Older { path: path.to_owned(), found, oldest: OLDEST });
    }
    Ok(())
}

/// Sets a setting, reads it back, and refuses to go on if it is not so.
fn need(
    connection: &Connection,
    path: &Path,
    setting: &'static str,
    value: &'static str,
    needed: &'static str,
) -> Result<(), OpenError> {
    let failed = failed(path);
    // Some settings answer with a row and some do not.
    match connection.pragma_update_and_check(None, setting, value, |_| Ok(())) {
        Ok(()) | Err(rusqlite::Error::QueryReturnedNoRows) => {}
        Err(error) => return Err(failed(error)),
    }
    let found = connection.pragma_query_value(None, setting, read_back).map_err(failed)?;
    if found == needed {
        return Ok(());
    }
    Err(OpenError::Setting { path: path.to_owned(), setting, found, needed })
}

fn read_back(row: &Row<'_>) -> rusqlite::Result<String> {
    Ok(match row.get_ref(0)? {
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        other => format!("{other:?}"),
    })
}

/// Lays the file out, or brings it up to this version.
fn lay_out(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    // Another process may have done it meanwhile.
    let there = pragma(connection, "application_id")? == APPLICATION;
    let change = match pragma(connection, "user_version")? {
        _ if !there => LAYOUT,
        OLDEST => SECOND,
        _ => "",
    };
    connection.execute_batch(&format!(
        "{change} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
    ))
}
