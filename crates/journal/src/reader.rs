//! Reading records, beside the writer or without one.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};

use crate::files::JOURNAL;
use crate::journal::checked_head;
use crate::{CommandKey, Hash, Head, OpenError, ReadError, Record, Row, database};

/// Records read in one go. Between goes the file is let free, so that a long read does not keep it from being tidied.
const AT_ONCE: i64 = 4_096;

const COLUMNS: &str = "seq, instant, command, actor, body, previous, hash";

/// A journal, open for reading only. It may be written meanwhile.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
    folder: PathBuf,
}

impl Reader {
    /// Opens the journal of a data folder.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join(JOURNAL);
        if !path.is_file() {
            return Err(OpenError::None { folder: folder.to_owned() });
        }
        Ok(Self { connection: database::reader(&path)?, folder: folder.to_owned() })
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the journal ends.
    pub fn last(&self) -> Result<Head, ReadError> {
        Ok(head(&self.connection)?)
    }

    /// The record of a command.
    pub fn find(&self, command: CommandKey) -> Result<Option<Record>, ReadError> {
        find(&self.connection, command)
    }

    /// Shows each record from number `from` on, until `visit` breaks off.
    pub fn read(
        &self,
        from: u64,
        visit: &mut dyn FnMut(&Row<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        read(&self.connection, from, visit)
    }

    /// Where the journal ends; its last `count` records must be whole and in their places.
    pub fn check_end(&self, count: u64) -> Result<Head, OpenError> {
        checked_head(&self.connection, &self.folder.join(JOURNAL), count)
    }

    /// How the file is written, in the words of the database: `wal` once a writer has opened it.
    pub fn journal_mode(&self) -> Result<String, ReadError> {
        Ok(self.connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?)
    }

    pub(crate) const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// What the database finds wrong with its own file.
    pub(crate) fn file_faults(&self) -> Result<Vec<String>, ReadError> {
        let mut check = self.connection.prepare("PRAGMA integrity_check")?;
        let found = check.query_map([], |row| row.get::<_, String>(0))?;
        let found: Vec<String> = found.collect::<Result<_, _>>()?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }
}

pub(crate) fn head(connection: &Connection) -> rusqlite::Result<Head> {
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Head { seq: row.get::<_, i64>(0)?.cast_unsigned(), hash: Hash(row.get(1)?) })
    };
    connection.query_row("SELECT seq, hash FROM head", [], read)
}

pub(crate) fn before(connection: &Connection, from: u64) -> rusqlite::Result<Head> {
    let last = from.saturating_sub(1);
    let hash = "SELECT hash FROM records WHERE seq = ?";
    let hash = connection.query_row(hash, [last.cast_signed()], |row| row.get(0)).optional()?;
    Ok(hash.map_or(Head { seq: last, ..Head::EMPTY }, |hash| Head { seq: last, hash: Hash(hash) }))
}

pub(crate) fn find(
    connection: &Connection,
    command: CommandKey,
) -> Result<Option<Record>, ReadError> {
    let find = format!("SELECT {COLUMNS} FROM records WHERE command = ?");
    let mut find = connection.prepare_cached(&find)?;
    let mut rows = find.query([command.0])?;
    match rows.next()? {
        Some(row) => Ok(Some(form(row)?.to_record())),
        None => Ok(None),
    }
}

pub(crate) fn read(
    connection: &Connection,
    from: u64,
    visit: &mut dyn FnMut(&Row<'_>) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    let text = format!("SELECT {COLUMNS} FROM records WHERE seq >= ? ORDER BY seq LIMIT ?");
    let mut some = connection.prepare_cached(&text)?;
    let mut next = from.cast_signed();
    loop {
        let mut rows = some.query(params![next, AT_ONCE])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let row = form(row)?;
            if visit(&row).is_break() {
                return Ok(());
            }
            next = row.seq.cast_signed() + 1;
            count += 1;
        }
        if count < AT_ONCE {
            return Ok(());
        }
    }
}

fn form<'a>(row: &'a rusqlite::Row<'_>) -> Result<Row<'a>, ReadError> {
    let seq = row.get::<_, i64>(0)?.cast_unsigned();
    let bad = |what| ReadError::Form { seq, what };
    let blob = |at| row.get_ref(at).ok().and_then(|value| value.as_blob().ok());
    let text = |at| row.get_ref(at).ok().and_then(|value| value.as_str().ok());
    let hash = |at, what| blob(at).and_then(|b| b.try_into().ok()).map(Hash).ok_or(bad(what));
    Ok(Row {
        seq,
        instant: row.get(1)?,
        command: CommandKey(
            blob(2).and_then(|bytes| bytes.try_into().ok()).ok_or(bad("its command"))?,
        ),
        actor: text(3).ok_or(bad("its actor"))?,
        body: text(4).ok_or(bad("its body"))?,
        previous: hash(5, "the hash before it")?,
        hash: hash(6, "its hash")?,
    })
}
