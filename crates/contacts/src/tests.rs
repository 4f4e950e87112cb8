//! Contacts that are kept, read, erased and swept, and what the files say of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use precinct_base::Timestamp;
use precinct_core::ContactId;
use precinct_journal::backup_keys;
use precinct_journal::keys::Keys;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::{Chance, ContactError, Contacts, FILE};

const TEXT: &str = "{\"name\":\"Ms Wong\",\"number\":\"+853 6666 0000\"}";
const NOW: Timestamp = Timestamp(1_790_000_000_000);

/// Never the same twice.
struct Lots(u64);

impl Chance for Lots {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = (self.0 >> 56) as u8;
        }
    }
}

fn keep(contacts: &Contacts, n: u8) -> ContactId {
    contacts.keep([n; 16], TEXT, NOW, &mut Lots(u64::from(n))).unwrap()
}

fn open() -> (TempDir, Contacts) {
    let folder = tempfile::tempdir().unwrap();
    let contacts = Contacts::open(folder.path()).unwrap();
    (folder, contacts)
}

fn holds(folder: &Path, part: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        bytes.windows(part.len()).any(|window| window == part)
    })
}

#[test]
fn a_contact_is_kept_once_for_its_command_and_no_file_says_it() {
    let (folder, contacts) = open();
    let one = keep(&contacts, 1);
    assert_eq!(contacts.keep([1; 16], "another text", NOW, &mut Lots(9)).unwrap(), one);
    assert_ne!(keep(&contacts, 2), one);
    assert_eq!(contacts.read(one).unwrap().as_deref(), Some(TEXT));
    for part in [&b"Wong"[..], b"6666"] {
        assert!(!holds(folder.path(), part));
    }
    drop(contacts);
    let again = Contacts::open(folder.path()).unwrap();
    assert_eq!(again.read(one).unwrap().as_deref(), Some(TEXT));
    let long = again.keep([3; 16], &"x".repeat(985), NOW, &mut Lots(3)).unwrap_err();
    assert!(matches!(long, ContactError::TooLong { bytes: 1_025, most: 1_024 }), "{long}");
}

#[test]
fn what_is_erased_is_read_by_nobody_also_from_an_old_backup_with_todays_keys() {
    let (folder, contacts) = open();
    let (one, two) = (keep(&contacts, 1), keep(&contacts, 2));
    let old = tempfile::tempdir().unwrap();
    Contacts::backup(folder.path(), old.path()).unwrap();
    assert!(!old.path().join("keys.db").exists());
    contacts.erase(one).unwrap();
    contacts.erase(one).unwrap();
    assert_eq!(contacts.read(one).unwrap(), None);
    backup_keys(folder.path(), old.path()).unwrap();
    let backup = Contacts::open(old.path()).unwrap();
    assert_eq!(backup.read(one).unwrap(), None, "its key is gone");
    assert_eq!(backup.read(two).unwrap().as_deref(), Some(TEXT), "or the copy proves nothing");
    let listed: BTreeMap<_, _> = Contacts::list(old.path()).unwrap().into_iter().collect();
    assert_eq!(listed, [(one, false), (two, true)].into());
}

#[test]
fn without_its_keys_a_copy_says_nothing() {
    let (folder, contacts) = open();
    let one = keep(&contacts, 1);
    let copy = tempfile::tempdir().unwrap();
    Contacts::backup(folder.path(), copy.path()).unwrap();
    assert_eq!(Contacts::open(copy.path()).unwrap().read(one).unwrap(), None);
}

#[test]
fn what_no_record_took_up_is_swept_and_what_may_be_on_its_way_is_not() {
    let (folder, contacts) = open();
    let (held, orphan) = (keep(&contacts, 1), keep(&contacts, 2));
    let is_held = |contact| contact == held;
    let hour_ago = Timestamp(NOW.0 - 1);
    assert_eq!(contacts.sweep(Some(hour_ago), &is_held).unwrap(), 0);
    assert!(contacts.read(orphan).unwrap().is_some());
    assert_eq!(contacts.sweep(Some(NOW), &is_held).unwrap(), 1);
    assert_eq!(contacts.read(orphan).unwrap(), None);
    // The machine stopped after the key and before the entry: nothing is under it, and it goes too.
    let mut keys = Keys::open(folder.path()).unwrap();
    let (lost, incident) = (ContactId([0x77; 8]).subject(), 77);
    keys.create(&[(lost, [5; 32]), (incident, [6; 32])]).unwrap();
    assert_eq!(contacts.sweep(None, &is_held).unwrap(), 1);
    assert!(!keys.has(lost).unwrap() && keys.has(incident).unwrap());
    assert_eq!(contacts.read(held).unwrap().as_deref(), Some(TEXT));
}

#[test]
fn an_entry_whose_key_is_gone_is_made_anew_when_its_command_comes_again() {
    let (folder, contacts) = open();
    let one = keep(&contacts, 1);
    Keys::open(folder.path()).unwrap().destroy(one.subject()).unwrap();
    let again = contacts.keep([1; 16], TEXT, NOW, &mut Lots(99)).unwrap();
    assert_ne!(again, one);
    assert_eq!(contacts.read(again).unwrap().as_deref(), Some(TEXT));
}

#[test]
fn every_column_is_listed_with_its_purpose_and_retention_and_none_is_of_a_person() {
    let (folder, contacts) = open();
    drop(contacts);
    let connection = Connection::open(folder.path().join(FILE)).unwrap();
    let list = "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'";
    let mut list = connection.prepare(list).unwrap();
    let columns = list.query_map([], |row| row.get(0)).unwrap();
    let columns: BTreeSet<String> = columns.collect::<Result<_, _>>().unwrap();
    let lines = include_str!("../golden/columns.txt").lines();
    let listed: BTreeSet<String> = lines
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let [column, purpose, "contact"] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("not a column, its purpose and `contact`: {line}")
            };
            assert!(purpose.len() > 3, "{column} has no purpose");
            column.to_owned()
        })
        .collect();
    assert_eq!(columns, listed);
    for word in ["name", "phone", "number", "address", "incident", "person"] {
        assert!(!columns.iter().any(|column| column.contains(word)), "{word}");
    }
}

#[test]
fn another_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), "no database at all ".repeat(90)).unwrap();
    assert!(Contacts::open(folder.path()).is_err());
}
