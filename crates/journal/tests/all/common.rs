//! Records to write, and ways to look and to spoil.

use std::ops::{ControlFlow, Range};
use std::path::Path;

use precinct_journal::{CommandKey, Draft, Journal, Options, Record};
use rusqlite::Connection;

pub(crate) fn draft(n: u32) -> Draft {
    let mut command = [0; 16];
    command[12..].copy_from_slice(&n.to_be_bytes());
    Draft {
        command: CommandKey(command),
        instant: 1_790_000_000_000 + i64::from(n),
        actor: format!("A{n}"),
        body: format!("{{\"n\":{n},\"说\":\"盗窃\"}}"),
    }
}

pub(crate) fn drafts(range: Range<u32>) -> Vec<Draft> {
    range.map(draft).collect()
}

pub(crate) fn open(folder: &Path) -> Journal {
    Journal::open(folder, &Options::default().reserving(4_096)).unwrap()
}

pub(crate) fn records(journal: &Journal) -> Vec<Record> {
    let mut all = Vec::new();
    let mut visit = |row: &precinct_journal::Row<'_>| {
        all.push(row.to_record());
        ControlFlow::Continue(())
    };
    journal.read(1, &mut visit).unwrap();
    all
}

/// Does to the file what the journal never would.
pub(crate) fn sql(folder: &Path, text: &str) {
    Connection::open(folder.join("journal.db")).unwrap().execute_batch(text).unwrap();
}
