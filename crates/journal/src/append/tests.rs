//! Appending when the disk is full, fails, or is somebody else's.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use super::*;
use crate::{CommandKey, OpenError, Options, ReadError};

fn draft(n: u8) -> Draft {
    let body = format!("{{\"n\":\"{}\"}}", "x".repeat(5_000));
    Draft { command: CommandKey([n; 16]), instant: 0, actor: "A".to_owned(), body }
}

fn open(folder: &Path) -> Result<Journal, OpenError> {
    Journal::open(folder, &Options::default().reserving(10_000))
}

/// The pages the database may have: its disk, in the tests.
fn room(journal: &Journal, pages: i64) {
    journal.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
}

#[test]
fn every_commit_waits_for_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let setting = |journal: &Journal, name| -> i64 {
        journal.connection.pragma_query_value(None, name, |row| row.get(0)).unwrap()
    };
    let journal = open(folder.path()).unwrap();
    assert_eq!(setting(&journal, "synchronous"), 2);
    assert_eq!(setting(&journal, "fullfsync"), 1);
    drop(journal);
    let control = Options::default().unsafe_normal_for_control();
    let journal = Journal::open(folder.path(), &control).unwrap();
    assert_eq!(setting(&journal, "synchronous"), 1);
}

#[test]
fn a_setting_that_does_not_hold_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path()).unwrap();
    let path = Path::new("here.db");
    let refused = crate::database::need(&journal.connection, path, "synchronous", "OFF", "2");
    let told = refused.unwrap_err().to_string();
    assert!(told.contains("here.db: the database answers synchronous = 0 where 2"), "{told}");
}

#[test]
fn a_full_disk_stops_writing_until_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = open(folder.path()).unwrap();
    let head = journal.append(&[draft(1)], 0).unwrap();
    let reserve = folder.path().join("reserve");
    assert!(reserve.exists() && !journal.is_full());
    room(&journal, 1);
    let told = journal.append(&[draft(2)], 1).unwrap_err();
    assert!(matches!(told, AppendError::Full), "{told}");
    assert!(journal.is_full() && !reserve.exists(), "the room is given up");
    assert_eq!(journal.last(), head);
    assert!(journal.find(draft(2).command).unwrap().is_none(), "nothing of it is there");
    assert!(journal.find(draft(1).command).unwrap().is_some(), "reading goes on");
    // No room for the reserve: nothing is tried.
    symlink("/dev/full", &reserve).unwrap();
    room(&journal, 1_000_000);
    assert!(matches!(journal.append(&[draft(2)], 1), Err(AppendError::Full)));
    assert!(journal.is_full() && !reserve.exists());
    // Room again.
    let head = journal.append(&[draft(2)], 1).unwrap();
    assert_eq!((head.seq, journal.is_full()), (2, false));
    assert_eq!(fs::metadata(&reserve).unwrap().len(), 10_000);
    drop(journal);
    assert_eq!(open(folder.path()).unwrap().last(), head);
}

#[test]
fn a_journal_opened_on_a_full_disk_is_read_and_written_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let head = open(folder.path()).unwrap().append(&[draft(1)], 0).unwrap();
    let reserve = folder.path().join("reserve");
    fs::remove_file(&reserve).unwrap();
    symlink("/dev/full", &reserve).unwrap();
    let mut journal = open(folder.path()).unwrap();
    assert!(journal.is_full());
    assert_eq!(journal.last(), head);
    assert!(journal.find(draft(1).command).unwrap().is_some());
    assert_eq!(journal.append(&[draft(2)], 1).unwrap().seq, 2);
}

#[test]
fn a_commit_in_doubt_stops_everything_until_the_journal_is_opened_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = open(folder.path()).unwrap();
    journal.append(&[draft(1)], 0).unwrap();
    let doubt = rusqlite::Error::SqliteFailure(
        rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_FSYNC),
        None,
    );
    let told = journal.failed(Failed::InDoubt(doubt));
    assert!(matches!(told, AppendError::Unknown { .. }), "{told}");
    assert!(folder.path().join("reserve").exists(), "only a full disk needs it");
    assert!(matches!(journal.append(&[draft(2)], 1), Err(AppendError::Poisoned)));
    assert!(matches!(journal.append(&[], 1), Err(AppendError::Poisoned)));
    assert!(matches!(journal.find(draft(1).command), Err(ReadError::Poisoned)));
    let seen = journal.read(1, &mut |_| std::ops::ControlFlow::Continue(()));
    assert!(matches!(seen, Err(ReadError::Poisoned)));
    drop(journal);
    let mut journal = open(folder.path()).unwrap();
    assert!(journal.find(draft(2).command).unwrap().is_none());
    journal.append(&[draft(2)], 1).unwrap();
    let full =
        rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL), None);
    let told = journal.failed(Failed::InDoubt(full));
    assert!(matches!(told, AppendError::Unknown { .. }), "{told}");
    assert!(!folder.path().join("reserve").exists(), "room to open it anew");
}

#[test]
fn a_database_held_by_another_is_left_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = open(folder.path()).unwrap();
    journal.connection.busy_timeout(std::time::Duration::ZERO).unwrap();
    let other = Connection::open(folder.path().join("journal.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let told = journal.append(&[draft(1)], 0).unwrap_err();
    assert!(matches!(told, AppendError::Busy), "{told}");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(journal.append(&[draft(1)], 0).unwrap().seq, 1);
    // What cannot be asked about is not written.
    other.execute_batch("DROP TABLE records").unwrap();
    let told = journal.append(&[draft(2)], 1).unwrap_err();
    assert!(matches!(told, AppendError::Unreadable { .. }), "{told}");
    other.execute_batch("CREATE TABLE records (command)").unwrap();
    let told = journal.append(&[draft(2)], 1).unwrap_err();
    assert!(matches!(told, AppendError::Unknown { .. }), "an error of no known kind: {told}");
}

#[test]
fn opening_waits_until_everything_is_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = open(folder.path()).unwrap();
    journal.append(&[draft(1)], 0).unwrap();
    let beside = folder.path().join("journal.db-wal");
    assert!(fs::metadata(&beside).unwrap().len() > 0);
    crate::database::settle(&journal.connection).unwrap();
    assert_eq!(fs::metadata(&beside).unwrap().len(), 0);
    // A reader in the middle of the last records keeps it from being sure of the new ones.
    let reader = Connection::open(folder.path().join("journal.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM records;").unwrap();
    journal.append(&[draft(2)], 1).unwrap();
    journal.connection.busy_timeout(std::time::Duration::ZERO).unwrap();
    let told = crate::database::settle(&journal.connection).unwrap_err();
    assert!(told.to_string().contains("another process reads"), "{told}");
}

#[test]
fn a_journal_that_somebody_reads_without_end_is_not_relied_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = open(folder.path()).unwrap();
    journal.append(&[draft(1)], 0).unwrap();
    let reader = Connection::open(folder.path().join("journal.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM records;").unwrap();
    journal.append(&[draft(2)], 1).unwrap();
    drop(journal);
    let told = open(folder.path()).unwrap_err();
    assert!(told.to_string().contains("another process reads the journal"), "{told}");
    reader.execute_batch("ROLLBACK").unwrap();
    assert_eq!(open(folder.path()).unwrap().last().seq, 2);
}
