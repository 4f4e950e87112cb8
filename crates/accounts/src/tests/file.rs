//! The file: its settings, foreign and newer files, several threads and processes, crashes, copies.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use precinct_base::Timestamp;
use precinct_core::Role;
use rusqlite::Connection;

use super::city::{City, Lots, NOW, PASSWORD, from, grant, new, staff};
use crate::{Accounts, Cost, OpenError};

#[test]
fn the_file_keeps_what_it_acknowledges_and_only_its_owner_reads_it() {
    let city = City::new();
    let setting = |name: &str| {
        city.accounts
            .read(|on| on.pragma_query_value(None, name, |row| row.get::<_, i64>(0)))
            .unwrap()
    };
    assert_eq!(setting("query_only"), 1, "who reads changes nothing");
    let setting = |name: &str| {
        let found =
            city.accounts.write(|on| Ok(on.pragma_query_value(None, name, |row| row.get(0))?));
        found.unwrap()
    };
    assert_eq!((setting("synchronous"), setting("secure_delete")), (3_i64, 1_i64));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = std::fs::metadata(city.folder.path().join("accounts.db")).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn what_is_not_ours_or_newer_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("accounts.db");
    let open = || Accounts::open(folder.path()).unwrap_err();
    std::fs::write(&path, "not a database, and longer than the header of one".repeat(9)).unwrap();
    assert!(matches!(open(), OpenError::Foreign { .. }));
    std::fs::remove_file(&path).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE theirs (a)").unwrap();
    assert!(matches!(open(), OpenError::Foreign { .. }));
    std::fs::remove_file(&path).unwrap();
    drop(Accounts::open(folder.path()).unwrap());
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 9").unwrap();
    let newer = open();
    assert!(matches!(newer, OpenError::Newer { found: 9, known: 2, .. }));
    assert!(newer.to_string().ends_with("use a newer program"), "{newer}");
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 0").unwrap();
    let older = open();
    assert!(matches!(older, OpenError::Older { found: 0, oldest: 1, .. }));
    assert!(older.to_string().contains("nothing was changed"), "{older}");
    assert!(matches!(Accounts::open(Path::new("/nowhere")), Err(OpenError::Database { .. })));
}

#[test]
fn all_is_there_when_it_is_opened_again_and_in_a_copy() {
    let mut city = City::with_dispatcher();
    let token = city.token();
    let copy = tempfile::tempdir().unwrap();
    city.accounts.copy_to(&copy.path().join("accounts.db")).unwrap();
    assert!(
        city.accounts.copy_to(&copy.path().join("accounts.db")).is_err(),
        "nothing is overwritten"
    );
    city.accounts = Accounts::open_with(city.folder.path(), Cost::LEAST).unwrap();
    assert!(city.holds(&token));
    city.accounts = Accounts::open_with(copy.path(), Cost::LEAST).unwrap();
    assert!(city.holds(&token));
}

#[test]
fn threads_and_a_second_process_use_it_at_once() {
    let city = City::with_dispatcher();
    let other = Accounts::open_with(city.folder.path(), Cost::LEAST).unwrap();
    std::thread::scope(|threads| {
        for n in 0..8_u64 {
            let accounts = if n % 2 == 0 { &city.accounts } else { &other };
            threads.spawn(move || {
                let mut lots = Lots((n + 1) << 32);
                for round in 0..4 {
                    let who = new(&format!("T{n}-{round}"));
                    let token =
                        accounts.create(NOW, &who, &[grant(Role::Crew, 1)], &mut lots).unwrap();
                    accounts.accept(NOW, token.expose(), PASSWORD, &mut lots).unwrap();
                    let source = from(n as u8);
                    let signed_in = accounts
                        .sign_in(NOW, who.staff, PASSWORD, None, source, &mut lots)
                        .unwrap();
                    assert!(accounts.session(NOW, signed_in.token.expose()).unwrap().is_some());
                }
            });
        }
    });
    assert_eq!(city.accounts.accounts(None).unwrap().len(), 2 + 32);
}

#[test]
fn a_write_that_failed_leaves_nothing_and_the_next_goes_on() {
    let mut city = City::with_dispatcher();
    let failed = city.accounts.write(|on| {
        on.execute("DELETE FROM accounts", [])?;
        on.execute("INSERT INTO nowhere VALUES (1)", [])?;
        Ok(())
    });
    assert!(failed.is_err());
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        city.accounts.write::<()>(|on| {
            on.execute("DELETE FROM accounts", [])?;
            panic!("on purpose")
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(city.accounts.accounts(None).unwrap().len(), 2);
    city.token();
}

/// What does not happen within this is waited for in vain.
const IN_VAIN: Duration = Duration::from_secs(30);

#[test]
fn a_writer_that_holds_its_transaction_holds_up_nobody_who_looks() {
    let mut city = City::with_dispatcher();
    let token = city.token();
    let City { accounts, lots, now, .. } = &mut city;
    let key = accounts.create_key(*now, "play".parse().unwrap(), &[], None, lots).unwrap();
    // So late that it has to be noted that both are in use.
    let later = Timestamp(now.0 + 30 * 60_000);
    let (holds, begun) = mpsc::channel();
    let (looked, goes_on) = mpsc::channel();
    let accounts = &*accounts;
    std::thread::scope(|threads| {
        let writer = threads.spawn(move || {
            accounts.write(|on| {
                on.execute("DELETE FROM sessions", [])?;
                holds.send(()).unwrap();
                Ok(goes_on.recv_timeout(IN_VAIN))
            })
        });
        begun.recv().unwrap();
        let session = accounts.session(later, &token).unwrap().expect("it is not deleted yet");
        assert_eq!((session.staff, session.seen), (staff("A2"), later));
        assert!(accounts.account_of(&session).is_ok());
        assert!(accounts.key(later, key.expose()).unwrap().is_some());
        looked.send(()).unwrap();
        writer.join().unwrap().unwrap().expect("nobody waited for the writer");
    });
    assert_eq!(accounts.session(later, &token).unwrap(), None);
    accounts.note().unwrap();
    assert!(accounts.seen().is_empty());
}

#[test]
fn what_was_deleted_is_in_no_file() {
    let city = City::with_dispatcher();
    let hash: Vec<u8> = city
        .accounts
        .read(|on| {
            on.query_row("SELECT hash FROM accounts WHERE staff = 'A2'", [], |row| row.get(0))
        })
        .unwrap();
    let files = || -> Vec<u8> {
        let all = std::fs::read_dir(city.folder.path()).unwrap();
        all.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    };
    let there = || files().windows(hash.len()).any(|window| window == hash);
    assert!(there());
    city.accounts
        .write(|on| Ok(on.execute("UPDATE accounts SET hash = NULL WHERE staff = 'A2'", [])?))
        .unwrap();
    assert!(!there());
}

/// The file as the first version of it was, with a key.
const FIRST: &str = "
CREATE TABLE accounts (staff TEXT PRIMARY KEY, force TEXT NOT NULL, language TEXT NOT NULL, disabled INTEGER NOT NULL, made INTEGER NOT NULL,
  salt BLOB, hash BLOB, memory INTEGER, passes INTEGER, lanes INTEGER, factor BLOB, factor_new BLOB, factor_step INTEGER NOT NULL) STRICT;
CREATE TABLE keys (id TEXT PRIMARY KEY, holder TEXT NOT NULL UNIQUE, hash BLOB NOT NULL, made INTEGER NOT NULL, expires INTEGER, used INTEGER,
  revoked INTEGER NOT NULL) STRICT;
CREATE TABLE grants (holder TEXT NOT NULL, role TEXT NOT NULL, area INTEGER NOT NULL, PRIMARY KEY (holder, role, area)) STRICT;
INSERT INTO keys VALUES ('0123456789abcdef', 'key/old', x'00', 7, NULL, NULL, 0);
PRAGMA application_id = 1349673315; PRAGMA user_version = 1;";

#[test]
fn the_first_version_is_brought_up_to_this_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("accounts.db");
    Connection::open(&path).unwrap().execute_batch(FIRST).unwrap();
    drop(Accounts::open(folder.path()).unwrap());
    let accounts = Accounts::open(folder.path()).unwrap();
    let columns = |accounts: &Accounts, table: &str| -> Vec<String> {
        let list = format!("SELECT name || type || \"notnull\" FROM pragma_table_info('{table}')");
        accounts.read(|on| on.prepare(&list)?.query_map([], |row| row.get(0))?.collect()).unwrap()
    };
    let new = City::empty();
    for table in ["accounts", "keys"] {
        assert_eq!(columns(&accounts, table), columns(&new.accounts, table));
    }
    // Whether its making is on record is not known, so it is put there.
    let keys = accounts.unrecorded_keys().unwrap();
    assert_eq!((keys.len(), keys[0].staff), (1, staff("key/old")));
}

const CHILD: &str = "tests::file::a_child_that_is_killed";
const FOLDER: &str = "PRECINCT_TEST_FOLDER";

/// Makes accounts and says so, until it is killed. Run by the test below.
#[test]
#[ignore = "it is run, and killed, by another test"]
#[expect(clippy::disallowed_methods, reason = "the other test has to say where")]
fn a_child_that_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let accounts = Accounts::open_with(Path::new(&folder), Cost::LEAST).unwrap();
    let (mut lots, mut out) = (Lots::default(), std::io::stdout());
    for n in 0.. {
        let who = new(&format!("K{n}"));
        accounts
            .create(NOW, &who, &[grant(Role::Crew, n), grant(Role::Planner, n)], &mut lots)
            .unwrap();
        writeln!(out, "made {}", who.staff).unwrap();
        out.flush().unwrap();
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "only a process can be killed")]
fn what_was_acknowledged_is_there_after_a_kill() {
    for rounds in [1, 7, 23] {
        let folder = tempfile::tempdir().unwrap();
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture", CHILD])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let made = lines.filter_map(|line| line.strip_prefix("made ").map(str::to_owned));
        let made: Vec<String> = made.take(rounds).collect();
        child.kill().unwrap();
        child.wait().unwrap();
        let accounts = Accounts::open_with(folder.path(), Cost::LEAST).unwrap();
        assert_eq!(made.len(), rounds);
        for number in made {
            assert!(accounts.account(staff(&number)).unwrap().is_some(), "{number}");
        }
        // What was not acknowledged is there whole or not at all.
        for account in accounts.accounts(None).unwrap() {
            assert_eq!(account.grants.len(), 2, "{}", account.staff);
        }
    }
}
