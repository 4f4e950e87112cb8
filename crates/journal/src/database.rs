//! The `SQLite` file: how it is laid out, and the settings under which it keeps what it acknowledges.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::OpenError;

/// What marks a file as one of ours, and the versions of its layout that this program reads.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// What marks the file as one of its kind (`application_id`).
    pub application: i64,
    /// The oldest version that is read.
    pub oldest: i64,
    /// The version that is written.
    pub newest: i64,
}

/// Marks the file as ours: "Prec" in ASCII. No version came before the layout below.
const APPLICATION: i64 = 0x5072_6563;
const VERSION: i64 = 1;
const FORM: Form = Form { application: APPLICATION, oldest: VERSION, newest: VERSION };
/// How long another process may hold the file before we give up.
pub(crate) const PATIENCE: Duration = Duration::from_millis(if cfg!(test) { 20 } else { 5_000 });

/// Bytes of a page of a new file.
const PAGE: i64 = 8_192;

/// The head is kept apart so that rows missing from the end are noticed.
const LAYOUT: &str = "
CREATE TABLE records (
  seq INTEGER PRIMARY KEY,
  instant INTEGER NOT NULL,
  command BLOB NOT NULL UNIQUE,
  actor TEXT NOT NULL,
  body TEXT NOT NULL,
  previous BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE TABLE head (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;
INSERT INTO head VALUES (1, 0, zeroblob(32));
";

fn failed(path: &Path) -> impl Fn(rusqlite::Error) -> OpenError {
    move |source| OpenError::Database { path: path.to_owned(), source }
}

/// Whether the disk is full.
pub(crate) fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DiskFull)
}

/// How a connection keeps what it acknowledges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Every commit is on the disk before it returns.
    Full,
    /// It may be lost when the power fails: the control that shows that the proof can find a loss.
    Normal,
}

/// Opens a database of another form that is kept as the journal is; makes it by `layout` if there is none. What is deleted is overwritten.
pub fn beside(path: &Path, form: Form, layout: &str) -> Result<Connection, OpenError> {
    let connection = durable(path, form, Durability::Full)?;
    need(&connection, path, "secure_delete", "ON", "1")?;
    lay_out(&connection, form, layout).map_err(failed(path))?;
    Ok(connection)
}

/// Opens the file for writing; makes it if there is none.
pub(crate) fn writer(path: &Path, durability: Durability) -> Result<Connection, OpenError> {
    let connection = durable(path, FORM, durability)?;
    lay_out(&connection, FORM, LAYOUT).map_err(failed(path))?;
    Ok(connection)
}

/// A connection on which a commit is on the disk when it returns.
fn durable(path: &Path, form: Form, durability: Durability) -> Result<Connection, OpenError> {
    let failed = failed(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(&failed)?;
    connection.busy_timeout(PATIENCE).map_err(&failed)?;
    ours(&connection, path, form)?;
    // Only a new file takes it. Records are read in order, most of them several to a page, and each page is a call of the system.
    connection.pragma_update(None, "page_size", PAGE).map_err(&failed)?;
    need(&connection, path, "journal_mode", "WAL", "wal")?;
    match durability {
        Durability::Full => need(&connection, path, "synchronous", "FULL", "2")?,
        Durability::Normal => need(&connection, path, "synchronous", "NORMAL", "1")?,
    }
    // On macOS only this reaches the disk; elsewhere it changes nothing.
    need(&connection, path, "fullfsync", "ON", "1")?;
    Ok(connection)
}

/// Opens the file for reading only. One on a medium that cannot be written to is read as it is.
pub(crate) fn reader(path: &Path) -> Result<Connection, OpenError> {
    read_only(path, FORM)
}

/// The same, for a file of any form of ours.
pub fn read_only(path: &Path, form: Form) -> Result<Connection, OpenError> {
    let failed = failed(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(&failed)?;
    connection.busy_timeout(PATIENCE).map_err(&failed)?;
    ours(&connection, path, form)?;
    Ok(connection)
}

pub(crate) fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}

/// That the file is ours, or new, and of a version that this program reads.
pub(crate) fn ours(connection: &Connection, path: &Path, form: Form) -> Result<(), OpenError> {
    let foreign = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => OpenError::Foreign { path: path.to_owned() },
        _ => failed(path)(error),
    };
    let application = pragma(connection, "application_id").map_err(foreign)?;
    let tables = "SELECT count(*) FROM sqlite_schema";
    let tables: i64 = connection.query_row(tables, [], |row| row.get(0)).map_err(failed(path))?;
    if application != form.application && tables > 0 {
        return Err(OpenError::Foreign { path: path.to_owned() });
    }
    let found = pragma(connection, "user_version").map_err(failed(path))?;
    if found > form.newest {
        return Err(OpenError::Newer { path: path.to_owned(), found, known: form.newest });
    }
    if found < form.oldest && application == form.application {
        return Err(OpenError::Older { path: path.to_owned(), found, oldest: form.oldest });
    }
    Ok(())
}

/// Sets a setting, reads it back, and refuses to go on if it is not so.
pub(crate) fn need(
    connection: &Connection,
    path: &Path,
    setting: &'static str,
    value: &'static str,
    needed: &'static str,
) -> Result<(), OpenError> {
    let failed = failed(path);
    // Some settings answer with a row and some do not.
    connection.pragma_update_and_check(None, setting, value, |_| Ok(())).or_else(|error| {
        if matches!(error, rusqlite::Error::QueryReturnedNoRows) {
            Ok(())
        } else {
            Err(failed(error))
        }
    })?;
    let read_back = |row: &rusqlite::Row<'_>| {
        Ok(match row.get_ref(0)? {
            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            other => format!("{other:?}"),
        })
    };
    let found = connection.pragma_query_value(None, setting, read_back).map_err(failed)?;
    if found != needed {
        return Err(OpenError::NotDurable { path: path.to_owned(), setting, found, needed });
    }
    Ok(())
}

fn lay_out(connection: &Connection, form: Form, layout: &str) -> rusqlite::Result<()> {
    let Form { application, newest, .. } = form;
    if pragma(connection, "application_id")? == application {
        return Ok(());
    }
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; {layout} PRAGMA application_id = {application}; \
         PRAGMA user_version = {newest}; COMMIT;"
    ))
}

/// Moves everything from the write-ahead file into the database and to the disk.
///
/// After a failed commit its pages may be in memory and not on the disk, and the system reports that failure only once. Writing them
/// anew through another file is the only way to be sure of them.
pub(crate) fn settle(connection: &Connection) -> rusqlite::Result<()> {
    let busy: i64 =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy != 0 {
        return Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY),
            Some("another process reads the journal and does not end".to_owned()),
        ));
    }
    Ok(())
}
