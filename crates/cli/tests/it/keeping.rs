//! `precinct backup` and `precinct restore`: what is copied while it is written is whole, and comes back as it was.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use precinct_accounts::Accounts;
use precinct_contacts::Contacts;
use precinct_engine::replay_all;
use precinct_engine::snapshots::state_hash;
use precinct_journal::Reader;
use precinct_journal::keys::Keys;

use crate::desk::Desk;
use crate::world::World;

/// A data folder with everything in it.
fn city(test: &str) -> World {
    let world = World::new(test);
    let data = world.path("data");
    let mut desk = Desk::open(&data);
    for n in 0..20 {
        desk.intake(&format!("call {n}"));
    }
    Accounts::open(&data).unwrap();
    world.write("data/policies.cedar", "// ours\n");
    world.write("data/tracks/0000497221.track", "hour");
    world.write("data/tracks/0000497222-3.track", "block");
    world.write("data/tracks/0000497222-4.fresh", "not a track yet");
    world.write("data/presence/0000497221.hour", "of streets");
    world.write("data/presence/open.json", "knows units");
    world
}

fn state_at(folder: &Path, seq: u64) -> (String, String) {
    let replayed = replay_all(&Reader::open(folder).unwrap(), seq).unwrap();
    (replayed.head.hash.to_string(), state_hash(&replayed.state).to_string())
}

#[test]
fn a_city_that_is_written_all_the_while_is_copied_whole_and_comes_back_as_it_was() {
    let world = city("keeping-live");
    let data = world.path("data");
    let (mut desk, written) = (Desk::open(&data), AtomicU64::new(0));
    let mut copies = Vec::new();
    std::thread::scope(|threads| {
        let (copies, written) = (&mut copies, &written);
        let copying = threads.spawn(|| {
            for n in 0..3 {
                let before = written.load(Ordering::SeqCst);
                let to = format!("copy-{n}");
                let said = world.run(&["backup", "data", "-o", &to, "--with-keys", "--json"]);
                copies.push((to, before, said.json()));
            }
        });
        while !copying.is_finished() {
            desk.intake("somebody runs");
            written.fetch_add(1, Ordering::SeqCst);
        }
        copying.join().unwrap();
    });
    assert!(
        copies[0].1 < copies[1].1 && copies[1].1 < copies[2].1,
        "nothing was written meanwhile"
    );
    for (to, before, manifest) in copies {
        let seq = manifest["seq"].as_u64().unwrap();
        assert!(seq >= 21 + before, "{seq} has not what was acknowledged: {before}");
        let (hash, state) = state_at(&data, seq);
        assert_eq!((&manifest["hash"], &manifest["state_hash"]), (&hash.into(), &state.into()));
        let new = format!("new-{to}");
        let said = world.run(&["restore", &to, "--data", &new]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(said.out.contains("the keys are there"), "{}", said.out);
        let export = |folder: &str| world.run(&["journal", "export", folder]).out;
        let (all, restored) = (export("data"), export(&new));
        assert!(all.starts_with(&restored) && restored.lines().count() as u64 == seq);
        let keys = Keys::reader(&world.path(&new)).unwrap();
        assert!((1..seq).all(|incident| keys.has(incident).unwrap()), "a text without its key");
        // What came back can be served: it is written on.
        Desk::open(&world.path(&new)).intake("next");
    }
}

#[test]
fn all_that_is_kept_comes_back_and_keys_and_tracks_only_if_they_are_wanted() {
    let world = city("keeping-all");
    let said = world.run(&["backup", "data", "-o", "copy"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for part in
        ["21 records, all whole", "the end is 21:", "keys are not in it", "delete these from"]
    {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
    let said = world.run(&["restore", "copy", "--data", "new"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("there are no keys") && said.out.contains("--keys"), "{}", said.out);
    for name in [
        "policies.cedar",
        "tracks/0000497221.track",
        "tracks/0000497222-3.track",
        "presence/0000497221.hour",
    ] {
        let read = |folder: &str| fs::read(world.path(folder).join(name)).unwrap();
        assert_eq!(read("data"), read("new"), "{name}");
    }
    for name in
        ["keys.db", "manifest.json", "tracks/0000497222-4.fresh", "presence/open.json", "drill"]
    {
        assert!(!world.path("new").join(name).exists(), "{name}");
    }
    Accounts::open(&world.path("new")).unwrap();
    world.write("data/drill", "a drill's");
    let arguments = ["backup", "data", "-o", "less", "--without-tracks", "--json"];
    let manifest = world.run(&arguments).json();
    let names =
        manifest["files"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap());
    let names: Vec<&str> = names.collect();
    assert_eq!(
        names,
        ["journal.db", "accounts.db", "policies.cedar", "drill", "presence/0000497221.hour"]
    );
    let said = world.run(&["restore", "less", "--data", "drill"]);
    assert!(said.out.contains("it is a drill's"), "{}", said.out);
}

#[test]
fn plans_come_back_and_one_that_was_altered_is_found() {
    let world = city("keeping-plans");
    let data = world.path("data");
    let plan = Desk::open(&data).plan(&data, b"{\"posts\":[]}");
    let said = world.run(&["backup", "data", "-o", "copy"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let said = world.run(&["restore", "copy", "--data", "new"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let read = |folder: &str| fs::read(world.path(folder).join(&plan)).unwrap();
    assert_eq!((read("data"), read("data")), (read("copy"), read("new")));
    world.write(&format!("copy/{plan}"), "{}");
    let said = world.run(&["restore", "copy", "--data", "newer"]);
    assert!(said.code != 0 && said.err.contains(&plan), "{}", said.err);
}

#[cfg(unix)]
#[test]
fn only_their_owner_reads_what_was_copied() {
    use std::os::unix::fs::PermissionsExt;
    let world = city("keeping-modes");
    assert_eq!(world.run(&["backup", "data", "-o", "copy", "--with-keys"]).code, 0);
    assert_eq!(world.run(&["restore", "copy", "--data", "new"]).code, 0);
    let mode = |path: &str| fs::metadata(world.path(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("copy"), mode("new")), (0o700, 0o700));
    for name in ["journal.db", "keys.db", "accounts.db", "policies.cedar"] {
        assert_eq!(mode(&format!("copy/{name}")), 0o600, "{name}");
        assert_eq!(mode(&format!("new/{name}")), 0o600, "{name}");
    }
}

#[test]
fn keys_kept_apart_come_back_and_what_was_erased_since_stays_erased() {
    let world = city("keeping-keys");
    assert_eq!(world.run(&["backup", "data", "-o", "old", "--with-keys"]).code, 0);
    let mut desk = Desk::open(&world.path("data"));
    let erased = desk.intake("will be erased");
    let before = world.run(&["backup", "data", "-o", "apart", "--with-keys"]);
    assert_eq!(before.code, 0, "{}", before.err);
    desk.erase(erased);
    assert_eq!(world.run(&["backup", "data", "-o", "late"]).code, 0);
    let keys = |folder: &str| Keys::reader(&world.path(folder)).unwrap();
    let subject = u64::from(erased.0);
    assert!(keys("apart").has(subject).unwrap(), "the copy is older than the erasure");
    let said = world.run(&["restore", "late", "--data", "new", "--keys", "apart/keys.db"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("erased since were destroyed again: 1"), "{}", said.out);
    assert!(!keys("new").has(subject).unwrap() && keys("new").has(1).unwrap());
    // Keys may be taken out of a backup, and nothing else.
    fs::remove_file(world.path("old/keys.db")).unwrap();
    let answer = world.run(&["restore", "old", "--data", "without", "--json"]).json();
    assert_eq!(answer["keys"], false);
    let said = world.run(&["restore", "old", "--data", "none", "--keys", "nowhere.db"]);
    assert_eq!(said.code, 3, "{}", said.err);
    assert!(said.err.contains("nowhere.db") && !world.path("none").exists(), "{}", said.err);
}

/// A contact and a picture beside the record, in a backup and out of it; a contact that was erased is read from no backup.
#[test]
fn contacts_and_pictures_come_back_and_what_was_erased_since_stays_erased() {
    let world = city("keeping-beside");
    let data = world.path("data");
    let mut desk = Desk::open(&data);
    let (kept, erased) = (desk.intake("one"), desk.intake("two"));
    let kept = desk.contact(&data, kept, "Ms Wong");
    let gone = desk.contact(&data, erased, "Mr Chan");
    let picture = desk.picture(&data, erased, b"sealed");
    let arguments = ["backup", "data", "-o", "old", "--with-keys", "--json"];
    let manifest = world.run(&arguments).json();
    let names: Vec<&str> = manifest["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["name"].as_str().unwrap())
        .collect();
    assert!(names.contains(&"contacts.db") && names.contains(&picture.as_str()), "{names:?}");
    desk.erase_contact(erased);
    assert_eq!(world.run(&["backup", "data", "-o", "late"]).code, 0);
    let read =
        |folder: &str, contact| Contacts::open(&world.path(folder)).unwrap().read(contact).unwrap();
    // Whoever has the old backup and the keys of today.
    fs::create_dir(world.path("thief")).unwrap();
    fs::copy(world.path("old/contacts.db"), world.path("thief/contacts.db")).unwrap();
    fs::copy(data.join("keys.db"), world.path("thief/keys.db")).unwrap();
    assert_eq!((read("thief", gone), read("thief", kept).as_deref()), (None, Some("Ms Wong")));
    // Whoever restores with the keys of then.
    let said = world.run(&["restore", "late", "--data", "new", "--keys", "old/keys.db"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("erased since were destroyed again: 1"), "{}", said.out);
    assert_eq!((read("new", gone), read("new", kept).as_deref()), (None, Some("Ms Wong")));
    assert_eq!(fs::read(world.path("new").join(&picture)).unwrap(), b"sealed");
    // Without keys nobody reads either.
    assert_eq!(world.run(&["restore", "late", "--data", "none"]).code, 0);
    assert_eq!(read("none", kept), None);
    fs::write(world.path("late").join(&picture), b"altered").unwrap();
    assert_eq!(world.run(&["restore", "late", "--data", "never"]).code, 1);
}

#[test]
fn what_was_done_to_a_backup_is_found_and_nothing_is_restored() {
    let world = city("keeping-altered");
    assert_eq!(world.run(&["backup", "data", "-o", "copy"]).code, 0);
    let refused = |code: i32, part: &str| {
        let said = world.run(&["restore", "copy", "--data", "new"]);
        assert_eq!((said.code, said.out.as_str()), (code, ""), "{}", said.err);
        assert!(said.err.contains(part), "{part}: {}", said.err);
        assert!(!world.path("new").exists());
    };
    for name in ["journal.db", "accounts.db", "policies.cedar", "tracks/0000497221.track"] {
        let path = world.path("copy").join(name);
        let whole = fs::read(&path).unwrap();
        let mut bytes = whole.clone();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&path, bytes).unwrap();
        refused(1, name);
        fs::remove_file(&path).unwrap();
        refused(1, name);
        fs::write(&path, whole).unwrap();
    }
    let added = world.write("copy/tracks/0000000001.track", "x");
    refused(1, "0000000001.track");
    fs::remove_file(added).unwrap();
    let path = world.path("copy/manifest.json");
    let manifest = fs::read_to_string(&path).unwrap();
    for (from, to, code, part) in [
        ("\"seq\": 21", "\"seq\": 20", 1, "the manifest says 20:"),
        ("\"state_hash\": \"", "\"state_hash\": \"0", 1, "replayed, the record gives"),
        ("\"form\": 1", "\"form\": 2", 3, "use a newer program"),
        ("\"hash\": \"", "\"hash\": \"x", 3, "64 hexadecimal digits"),
        ("{", "", 3, "manifest.json is not as it was written"),
        ("policies.cedar", "../policies.cedar", 1, "policies.cedar"),
    ] {
        assert!(manifest.contains(from), "{from}");
        fs::write(&path, manifest.replacen(from, to, 1)).unwrap();
        refused(code, part);
    }
    fs::remove_file(&path).unwrap();
    refused(3, "no backup, or one that was never finished");
    fs::write(&path, manifest).unwrap();
    assert_eq!(world.run(&["restore", "copy", "--data", "new"]).code, 0);
}

#[test]
fn folders_with_something_in_them_are_left_alone() {
    let world = city("keeping-taken");
    world.write("taken/file", "x");
    let said = world.run(&["backup", "data", "-o", "taken"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("taken is not empty"), "{}", said.err);
    assert_eq!(world.run(&["backup", "data", "-o", "copy"]).code, 0);
    for taken in ["taken", "data", "copy"] {
        let said = world.run(&["restore", "copy", "--data", taken]);
        assert_eq!(said.code, 2, "{}", said.err);
    }
    assert_eq!(fs::read_dir(world.path("taken")).unwrap().count(), 1);
    let said = world.run(&["backup", "data", "-o", "data/copy"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("lies in the data folder"), "{}", said.err);
    let said = world.run(&["backup", "nowhere", "-o", "none"]);
    assert_eq!(said.code, 3);
    assert!(said.err.contains("there is no journal") && !world.path("none").exists());
}

#[test]
fn a_record_that_is_not_whole_makes_no_backup() {
    let world = city("keeping-damaged");
    let path = world.path("data/journal.db");
    let mut bytes = fs::read(&path).unwrap();
    // Pages that are free may hold copies of records: all of them are changed.
    for at in 4..bytes.len() - 8 {
        if bytes[at..at + 8] == *b"\"facts\":" {
            bytes[at - 4] ^= 1;
        }
    }
    fs::write(&path, bytes).unwrap();
    let said = world.run(&["backup", "data", "-o", "copy"]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(said.err.contains("the record is not whole"), "{}", said.err);
    assert!(!world.path("copy").exists());
}
