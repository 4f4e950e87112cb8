//! Copies made while the journal is written, and files of other versions.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::common::{drafts, open, records, sql};
use precinct_journal::keys::{Keys, NONCE_BYTES, Opened};
use precinct_journal::{
    BackupError, Journal, OpenError, Options, Reader, backup, backup_keys, is_written, verify,
};
use rusqlite::Connection;

#[test]
fn a_copy_made_while_the_journal_is_written_is_the_journal_as_it_was_at_one_moment() {
    let (folder, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut journal = open(folder.path());
    journal.append(&drafts(0..500), 0).unwrap();
    let (began, ends) = (AtomicBool::new(false), AtomicBool::new(false));
    let mut copies = Vec::new();
    std::thread::scope(|threads| {
        threads.spawn(|| {
            let mut n = 500;
            while !ends.load(Ordering::Relaxed) {
                journal.append(&drafts(n..n + 3), u64::from(n)).unwrap();
                began.store(true, Ordering::Relaxed);
                n += 3;
            }
        });
        while !began.load(Ordering::Relaxed) {
            std::thread::yield_now();
        }
        for n in 0..5 {
            let to = to.path().join(n.to_string());
            fs::create_dir(&to).unwrap();
            let head = backup(folder.path(), &to);
            copies.push((to, head));
        }
        ends.store(true, Ordering::Relaxed);
    });
    let all = records(&journal);
    let mut before = 500;
    for (to, head) in copies {
        let head = head.unwrap();
        assert!(head.seq > before && (head.seq - 500) % 3 == 0, "{} after {before}", head.seq);
        assert_eq!(all[head.seq as usize - 1].head(), head);
        assert!(verify(&to, &[head], &mut |_| {}).unwrap().is_whole());
        assert_eq!(records(&open(&to)), all[..head.seq as usize]);
        before = head.seq;
    }
}

#[test]
fn nothing_is_overwritten_by_a_copy_and_only_its_owner_reads_it() {
    let (folder, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert!(matches!(
        backup(folder.path(), to.path()),
        Err(BackupError::Open(OpenError::None { .. }))
    ));
    open(folder.path());
    assert_eq!(backup(folder.path(), to.path()).unwrap().seq, 0);
    let taken = backup(folder.path(), to.path()).unwrap_err();
    assert!(
        matches!(&taken, BackupError::File { path, .. } if path.ends_with("journal.db")),
        "{taken}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(to.path().join("journal.db")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_copy_of_keys_opens_what_was_sealed_and_has_nothing_of_destroyed_ones() {
    const GONE: [u8; 32] = *b"a key that was destroyed earlier";
    let (folder, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut keys = Keys::open(folder.path()).unwrap();
    keys.create(&[(1, [7; 32]), (2, GONE)]).unwrap();
    let sealed = keys.seal(1, [0; NONCE_BYTES], "x").unwrap();
    keys.destroy(2).unwrap();
    assert_eq!([1, 2, 3].map(|subject| keys.has(subject).unwrap()), [true, false, false]);
    backup_keys(folder.path(), to.path()).unwrap();
    let bytes = fs::read(to.path().join("keys.db")).unwrap();
    assert!(!bytes.windows(GONE.len()).any(|window| window == GONE));
    let copy = Keys::open(to.path()).unwrap();
    assert_eq!(copy.unseal(1, &sealed).unwrap(), Opened::Text("x".to_owned()));
    assert!(copy.is_destroyed(2).unwrap());
}

#[test]
fn an_older_journal_is_refused_by_its_version_and_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).append(&drafts(0..3), 0).unwrap();
    sql(folder.path(), "PRAGMA user_version = 0");
    let told = Journal::open(folder.path(), &Options::default()).unwrap_err();
    assert!(matches!(told, OpenError::Older { found: 0, oldest: 1, .. }), "{told}");
    assert!(told.to_string().contains("nothing was changed"), "{told}");
    assert!(matches!(Reader::open(folder.path()), Err(OpenError::Older { .. })));
    sql(folder.path(), "PRAGMA user_version = 1");
    assert_eq!(open(folder.path()).last().seq, 3);
}

#[test]
fn keys_from_before_they_said_their_version_are_upgraded_with_all_that_is_in_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.db");
    // As the file was made then.
    let old = Connection::open(&path).unwrap();
    old.execute_batch(
        "CREATE TABLE keys (subject INTEGER PRIMARY KEY, key BLOB) STRICT; \
         INSERT INTO keys VALUES (1, zeroblob(32)), (2, NULL); PRAGMA application_id = 0x50726b79;",
    )
    .unwrap();
    drop(old);
    let version = || {
        let file = Connection::open(&path).unwrap();
        file.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0)).unwrap()
    };
    assert!(Keys::reader(folder.path()).unwrap().has(1).unwrap());
    assert_eq!(version(), 0, "who only reads changes nothing");
    for _ in 0..2 {
        let keys = Keys::open(folder.path()).unwrap();
        assert!(keys.has(1).unwrap() && keys.is_destroyed(2).unwrap());
        assert_eq!(version(), 1);
    }
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 2").unwrap();
    assert!(matches!(Keys::open(folder.path()), Err(OpenError::Newer { found: 2, known: 1, .. })));
}

#[test]
fn the_end_is_checked_as_far_back_as_was_asked_and_who_writes_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    assert!(!is_written(folder.path()).unwrap());
    let mut journal = open(folder.path());
    let head = journal.append(&drafts(0..10), 0).unwrap();
    assert!(is_written(folder.path()).unwrap());
    drop(journal);
    assert!(!is_written(folder.path()).unwrap());
    let reader = Reader::open(folder.path()).unwrap();
    assert_eq!(reader.journal_mode().unwrap(), "wal");
    assert_eq!(reader.check_end(100).unwrap(), head);
    sql(folder.path(), "UPDATE records SET body = '{}' WHERE seq = 4");
    assert_eq!(reader.check_end(3).unwrap(), head);
    assert!(matches!(reader.check_end(10), Err(OpenError::Damaged { seq: 4, .. })));
}
