//! The `SQLite` file: how it is laid out, and the settings under which it keeps what it acknowledges and forgets what it is told to.

use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, Row};

use crate::OpenError;

/// Marks the file as ours: "Prac" in ASCII.
const APPLICATION: i64 = 0x5072_6163;
/// The version of the layout below. None came before it.
const VERSION: i64 = 1;
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
  factor_step INTEGER NOT NULL
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
  revoked INTEGER NOT NULL
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

/// Opens the file; makes it if there is none. A commit is on the disk when it returns, the folder's entry of the rollback journal too
/// (`EXTRA`), and what is deleted is overwritten. There is no write-ahead file in which secrets could be left.
pub(crate) fn connect(path: &Path) -> Result<Connection, OpenError> {
    let failed = failed(path);
    private(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(&failed)?;
    connection.busy_timeout(PATIENCE).map_err(&failed)?;
    ours(&connection, path)?;
    need(&connection, path, "journal_mode", "DELETE", "delete")?;
    need(&connection, path, "synchronous", "EXTRA", "3")?;
    // On macOS only this reaches the disk; elsewhere it changes nothing.
    need(&connection, path, "fullfsync", "ON", "1")?;
    need(&connection, path, "secure_delete", "ON", "1")?;
    lay_out(&connection).map_err(&failed)?;
    Ok(connection)
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
    if found < VERSION && application == APPLICATION {
        return Err(OpenError::Older { path: path.to_owned(), found, oldest: VERSION });
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

fn lay_out(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    // Another process may have laid it out meanwhile.
    if pragma(connection, "application_id")? == APPLICATION {
        return connection.execute_batch("COMMIT");
    }
    connection.execute_batch(&format!(
        "{LAYOUT} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
    ))
}
