//! The journal as its users see it: what is acknowledged is there, in order, once, and whatever is done to it is found.

use std::fs;
use std::ops::ControlFlow;

use crate::common::{draft, drafts, open, records, sql};
use precinct_journal::{
    AppendError, CommandKey, GENESIS, Head, Journal, OpenError, Options, Reader,
};
use proptest::prelude::*;
use rusqlite::Connection;

#[test]
fn what_is_acknowledged_is_there_in_order_and_again_after_opening() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = open(folder.path());
    assert_eq!(journal.last(), Head { seq: 0, hash: GENESIS });
    let head = journal.append(&drafts(0..3), 0).unwrap();
    assert_eq!((head, head.seq), (journal.last(), 3));
    assert_eq!(journal.append(&[], 3).unwrap(), head);
    let head = journal.append(&drafts(3..4), 3).unwrap();
    let kept = records(&journal);
    assert_eq!(kept.iter().map(|r| r.seq).collect::<Vec<_>>(), [1, 2, 3, 4]);
    let mut before = Head::EMPTY;
    for (record, n) in kept.iter().zip(0..) {
        let draft = draft(n);
        assert_eq!((record.command, record.instant), (draft.command, draft.instant));
        assert_eq!((&record.actor, &record.body), (&draft.actor, &draft.body));
        assert_eq!(record.as_row().check(before), Ok(()));
        before = record.head();
    }
    assert_eq!(before, head);
    drop(journal);
    let journal = open(folder.path());
    assert_eq!((journal.last(), records(&journal)), (head, kept.clone()));
    assert_eq!(journal.find(draft(2).command).unwrap(), Some(kept[2].clone()));
    assert_eq!(journal.find(CommandKey([255; 16])).unwrap(), None);
    assert_eq!(journal.folder(), folder.path());
}

#[test]
fn reading_starts_and_stops_where_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = open(folder.path());
    // More than is read in one go.
    for part in 0..3 {
        let from = part * 4_000;
        journal.append(&drafts(from..from + 4_000), u64::from(from)).unwrap();
    }
    let seen = |from, until| {
        let mut seen = Vec::new();
        let mut visit = |row: &precinct_journal::Row<'_>| {
            seen.push(row.seq);
            if row.seq == until { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        journal.read(from, &mut visit).unwrap();
        seen
    };
    assert_eq!(seen(1, 0), (1..=12_000).collect::<Vec<_>>());
    assert_eq!(seen(11_999, 0), [11_999, 12_000]);
    assert_eq!(seen(5, 6), [5, 6]);
    assert!(seen(12_001, 0).is_empty());
}

#[test]
fn a_writer_that_is_behind_or_repeats_itself_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = open(folder.path());
    let head = journal.append(&drafts(0..2), 0).unwrap();
    let refused = journal.append(&drafts(2..3), 1).unwrap_err();
    assert!(matches!(refused, AppendError::Moved { expected: 1, found: 2 }), "{refused}");
    let repeats = [draft(2), draft(1)];
    let refused = journal.append(&repeats, 2).unwrap_err();
    assert!(matches!(refused, AppendError::Repeated { command } if command == draft(1).command));
    let twice = [draft(5), draft(5)];
    let refused = journal.append(&twice, 2).unwrap_err();
    assert!(matches!(refused, AppendError::Repeated { command } if command == draft(5).command));
    assert_eq!((journal.last(), records(&journal).len()), (head, 2));
    journal.append(&drafts(2..3), 2).unwrap();
}

#[test]
fn what_is_no_record_is_refused_with_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = open(folder.path());
    let with = |actor: &str, body: &str| {
        [precinct_journal::Draft { actor: actor.to_owned(), body: body.to_owned(), ..draft(1) }]
    };
    for body in ["", "x", "[1]", "1", "{\"a\":}", "{}{}", " {}", "{\n}", "{\"a\":1}\r"] {
        let refused = journal.append(&with("A", body), 0).unwrap_err();
        assert!(matches!(refused, AppendError::NotAnObject { .. }), "{body}: {refused}");
    }
    let body = |bytes: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(bytes - 8));
    let refused = journal.append(&with("A", &body((1 << 20) + 1)), 0).unwrap_err().to_string();
    assert!(refused.contains("1048577 bytes and may have 1048576"), "{refused}");
    let refused = journal.append(&with(&"x".repeat(65), "{}"), 0).unwrap_err().to_string();
    assert!(refused.contains("the actor"), "{refused}");
    let refused = journal.append(&drafts(0..4_097), 0).unwrap_err();
    assert!(matches!(refused, AppendError::Batch { records: 4_097 }));
    assert_eq!(journal.last(), Head::EMPTY);
    journal.append(&with(&"x".repeat(64), &body(1 << 20)), 0).unwrap();
    journal.append(&drafts(2..4_098), 1).unwrap();
}

#[test]
fn there_is_one_writer_and_any_number_of_readers() {
    let folder = tempfile::tempdir().unwrap();
    let nothing = Reader::open(folder.path()).unwrap_err();
    assert!(matches!(nothing, OpenError::None { .. }), "{nothing}");
    let mut journal = open(folder.path());
    let second = Journal::open(folder.path(), &Options::default()).unwrap_err();
    assert!(matches!(second, OpenError::Locked { .. }), "{second}");
    let (one, other) = (Reader::open(folder.path()).unwrap(), Reader::open(folder.path()).unwrap());
    let head = journal.append(&drafts(0..2), 0).unwrap();
    assert_eq!((one.last().unwrap(), other.last().unwrap()), (head, head));
    assert_eq!(one.find(draft(1).command).unwrap().unwrap().seq, 2);
    assert_eq!(one.folder(), folder.path());
    drop(journal);
    open(folder.path());
    assert_eq!(one.last().unwrap(), head);
}

#[test]
fn a_file_that_is_not_ours_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    fs::write(&path, "a text that is long enough not to be taken for an empty database").unwrap();
    let told = Journal::open(folder.path(), &Options::default()).unwrap_err();
    assert!(matches!(told, OpenError::Foreign { .. }), "{told}");
    assert!(matches!(Reader::open(folder.path()), Err(OpenError::Foreign { .. })));
    fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE mine (a)").unwrap();
    assert!(matches!(
        Journal::open(folder.path(), &Options::default()),
        Err(OpenError::Foreign { .. })
    ));
    fs::remove_file(&path).unwrap();
    open(folder.path());
    sql(folder.path(), "PRAGMA user_version = 2");
    let told = Journal::open(folder.path(), &Options::default()).unwrap_err();
    assert!(told.to_string().contains("version 2 of its form, and this program knows up to 1"));
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    let told = Journal::open(&file, &Options::default()).unwrap_err();
    assert!(matches!(&told, OpenError::File { path, .. } if *path == file), "{told}");
    fs::create_dir(folder.path().join("data")).unwrap();
    fs::create_dir(folder.path().join("data/writer.lock")).unwrap();
    let told = Journal::open(&folder.path().join("data"), &Options::default()).unwrap_err();
    assert!(told.to_string().contains("writer.lock"), "{told}");
}

#[test]
fn a_damaged_end_is_not_written_on() {
    for damage in [
        "UPDATE records SET body = '{}' WHERE seq = 9",
        "DELETE FROM records WHERE seq = 10",
        "DELETE FROM records WHERE seq = 5",
        "UPDATE head SET seq = 9",
        "UPDATE head SET hash = zeroblob(32)",
        "UPDATE records SET hash = x'00' WHERE seq = 3",
    ] {
        let folder = tempfile::tempdir().unwrap();
        open(folder.path()).append(&drafts(0..10), 0).unwrap();
        sql(folder.path(), damage);
        let told = Journal::open(folder.path(), &Options::default()).unwrap_err();
        assert!(matches!(told, OpenError::Damaged { .. }), "{damage}: {told}");
        assert!(told.to_string().contains("precinct journal verify"), "{told}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Against a plain list, with batches right and wrong, and openings anew.
    #[test]
    fn a_journal_is_a_list(
        steps in prop::collection::vec((0u32..40, 0u32..5, 0u8..8), 1..20),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = open(folder.path());
        let mut list: Vec<u32> = Vec::new();
        for (first, count, how) in steps {
            if how == 0 {
                drop(journal);
                journal = open(folder.path());
            }
            let wrong = u64::from(how == 1);
            let commands: Vec<u32> = (first..first + count).collect();
            let fresh = commands.iter().all(|n| !list.contains(n));
            let done = journal.append(&drafts(first..first + count), list.len() as u64 + wrong);
            prop_assert_eq!(done.is_ok(), wrong == 0 && fresh);
            if done.is_ok() {
                list.extend(commands);
            }
            let kept = records(&journal);
            prop_assert_eq!(journal.last().seq, list.len() as u64);
            prop_assert_eq!(kept.len(), list.len());
            for (record, &n) in kept.iter().zip(&list) {
                prop_assert_eq!(record.command, draft(n).command);
                prop_assert_eq!(journal.find(record.command).unwrap(), Some(record.clone()));
            }
        }
    }
}
