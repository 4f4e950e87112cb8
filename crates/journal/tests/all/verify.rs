//! Verifying finds whatever is done to a journal, says where, and changes nothing.

use std::fs;
use std::path::Path;

use crate::common::{drafts, open, records, sql};
use precinct_journal::snapshot::Snapshot;
use precinct_journal::{Fault, GENESIS, Hash, Head, Report, verify};

fn whole(count: u32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).append(&drafts(0..count), 0).unwrap();
    folder
}

fn report(folder: &Path) -> Report {
    verify(folder, &[], &mut |_| {}).unwrap()
}

fn faults(spoil: &str) -> Vec<Fault> {
    let folder = whole(10);
    sql(folder.path(), spoil);
    let before = fs::read(folder.path().join("journal.db")).unwrap();
    let report = report(folder.path());
    assert_eq!(fs::read(folder.path().join("journal.db")).unwrap(), before, "only looked at");
    assert_eq!((report.count, report.is_whole()), (report.faults.len() as u64, false));
    assert!(report.faults.iter().all(|fault| !fault.to_string().is_empty()));
    report.faults
}

#[test]
fn a_whole_journal_is_whole() {
    let folder = whole(10);
    let found = report(folder.path());
    let journal = open(folder.path());
    assert_eq!((found.records, found.head, found.is_whole()), (10, journal.last(), true));
    assert!(report(whole(0).path()).is_whole());
    assert!(verify(&folder.path().join("none"), &[], &mut |_| {}).is_err());
    let mut told = Vec::new();
    let large = tempfile::tempdir().unwrap();
    let mut journal = open(large.path());
    for part in 0..17 {
        journal
            .append(&drafts(part * 4_000..part * 4_000 + 4_000), u64::from(part) * 4_000)
            .unwrap();
    }
    assert!(verify(large.path(), &[], &mut |records| told.push(records)).unwrap().is_whole());
    assert_eq!(told, [65_536]);
}

#[test]
fn every_altered_field_is_found() {
    for field in [
        "instant = instant + 1",
        "command = x'000000000000000000000000000000ff'",
        "actor = 'A'",
        "body = '{}'",
    ] {
        assert_eq!(
            faults(&format!("UPDATE records SET {field} WHERE seq = 4")),
            [Fault::Altered { seq: 4 }]
        );
    }
    let altered = "UPDATE records SET previous = zeroblob(32) WHERE seq = 4";
    assert_eq!(faults(altered), [Fault::Altered { seq: 4 }]);
    // The content no longer has that hash, and the next follows on another.
    let altered = "UPDATE records SET hash = zeroblob(32) WHERE seq = 10";
    assert_eq!(faults(altered), [Fault::Altered { seq: 10 }, Fault::Replaced { seq: 10 }]);
    // Not even the form of a record.
    for field in ["hash = x'00'", "previous = x'00'", "command = x'00'"] {
        let found = faults(&format!("UPDATE records SET {field} WHERE seq = 4"));
        assert_eq!(found, [Fault::Altered { seq: 4 }], "{field}");
    }
}

#[test]
fn missing_and_reordered_records_are_found() {
    assert_eq!(faults("DELETE FROM records WHERE seq = 4"), [Fault::Missing { from: 4, to: 4 }]);
    let few = faults("DELETE FROM records WHERE seq BETWEEN 3 AND 5");
    assert_eq!(few, [Fault::Missing { from: 3, to: 5 }]);
    assert_eq!(faults("DELETE FROM records WHERE seq = 1"), [Fault::Missing { from: 1, to: 1 }]);
    let swapped = faults(
        "UPDATE records SET seq = 100 WHERE seq = 4; UPDATE records SET seq = 4 WHERE seq = 5;
         UPDATE records SET seq = 5 WHERE seq = 100;",
    );
    assert_eq!(
        swapped,
        [Fault::Altered { seq: 4 }, Fault::Altered { seq: 5 }, Fault::Replaced { seq: 6 }]
            .into_iter()
            .take(swapped.len())
            .collect::<Vec<_>>()
    );
    assert!(swapped.len() >= 2);
    let closed_up = faults(
        "DELETE FROM records WHERE seq = 4; UPDATE records SET seq = -seq WHERE seq > 4;
         UPDATE records SET seq = -seq - 1 WHERE seq < 0;",
    );
    assert!(closed_up.contains(&Fault::Altered { seq: 4 }));
    assert!(closed_up.contains(&Fault::Truncated { found: 9, expected: 10 }));
}

#[test]
fn a_cut_end_is_found_and_so_is_one_cut_with_care() {
    let cut = faults("DELETE FROM records WHERE seq > 7");
    assert_eq!(cut, [Fault::Truncated { found: 7, expected: 10 }]);
    let longer = faults("UPDATE head SET seq = 9");
    assert_eq!(longer, [Fault::Truncated { found: 10, expected: 9 }]);
    let other = faults("UPDATE head SET hash = zeroblob(32)");
    assert_eq!(other, [Fault::Replaced { seq: 10 }]);
    // Who sets the head back as well is found only by what was seen before.
    let with_care = "DELETE FROM records WHERE seq > 7;
        UPDATE head SET seq = 7, hash = (SELECT hash FROM records WHERE seq = 7)";
    let folder = whole(10);
    let last = open(folder.path()).last();
    sql(folder.path(), with_care);
    assert!(report(folder.path()).is_whole());
    let found = verify(folder.path(), &[last], &mut |_| {}).unwrap();
    assert_eq!(found.faults, [Fault::Truncated { found: 7, expected: 10 }]);
    let snapshot = Snapshot { seq: 10, hash: last.hash, state_hash: GENESIS, bytes: Vec::new() };
    snapshot.write(folder.path()).unwrap();
    let found = report(folder.path());
    assert_eq!(
        (found.anchors, found.faults),
        (1, vec![Fault::Truncated { found: 7, expected: 10 }])
    );
}

#[test]
fn a_chain_written_anew_is_found_by_an_anchor() {
    let folder = whole(10);
    let kept = records(&open(folder.path()));
    let good: Vec<Head> = kept.iter().map(precinct_journal::Record::head).collect();
    assert!(verify(folder.path(), &good, &mut |_| {}).unwrap().is_whole());
    let expected = Hash([7; 32]);
    let bad = [Head { seq: 4, hash: expected }];
    let found = verify(folder.path(), &bad, &mut |_| {}).unwrap();
    assert_eq!(found.faults, [Fault::Anchor { seq: 4, expected }]);
    assert!(found.faults[0].to_string().contains("record 4 is not the one seen before"));
}

#[test]
fn faults_beyond_a_thousand_are_counted() {
    let folder = whole(1_500);
    sql(folder.path(), "UPDATE records SET actor = 'x'");
    let found = report(folder.path());
    assert_eq!((found.faults.len(), found.count), (1_000, 1_500));
}

#[test]
fn a_database_file_with_bytes_overwritten_is_found() {
    let folder = whole(2_000);
    let path = folder.path().join("journal.db");
    open(folder.path());
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.len() / 2 / 4_096 * 4_096;
    bytes[at..at + 64].fill(0xff);
    fs::write(&path, &bytes).unwrap();
    let found = verify(folder.path(), &[], &mut |_| {});
    assert!(found.is_err() || !found.unwrap().is_whole());
}

#[test]
fn a_whole_record_in_the_place_of_another_is_found() {
    let folder = whole(3);
    let other =
        precinct_journal::seal(&crate::common::draft(0), Head { seq: 0, hash: Hash([1; 32]) });
    let (previous, hash) = (other.previous, other.hash);
    let sql_text =
        format!("UPDATE records SET previous = x'{previous}', hash = x'{hash}' WHERE seq = 1");
    sql(folder.path(), &sql_text);
    assert_eq!(
        report(folder.path()).faults,
        [Fault::Replaced { seq: 1 }, Fault::Replaced { seq: 2 }]
    );
    // An anchor of a record that is missing is told as missing.
    let folder = whole(10);
    let last = open(folder.path()).last();
    sql(folder.path(), "DELETE FROM records WHERE seq = 4");
    let anchors = [Head { seq: 4, hash: Hash([1; 32]) }, last];
    let found = verify(folder.path(), &anchors, &mut |_| {}).unwrap();
    assert_eq!((found.faults, found.anchors), (vec![Fault::Missing { from: 4, to: 4 }], 2));
}
