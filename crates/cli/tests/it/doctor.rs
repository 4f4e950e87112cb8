//! `precinct doctor`: what is in order, and each thing that can be wrong with what to do.

use std::fs;

use precinct_accounts::Accounts;
use precinct_base::Timestamp;
use precinct_contacts::Contacts;
use precinct_journal::Reader;

use crate::desk::Desk;
use crate::world::World;

fn city(test: &str) -> World {
    let world = World::line(test);
    let data = world.path("data");
    let mut desk = Desk::open(&data);
    for _ in 0..5 {
        desk.intake("somebody runs");
    }
    Accounts::open(&data).unwrap();
    world
}

/// The exit code, and the level and text of one line.
fn line(world: &World, what: &str, more: &[&str]) -> (i32, String, String) {
    let said = world.run(&[&["doctor", "data", "--json"], more].concat());
    let answer: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let lines = answer["lines"].as_array().unwrap();
    let found = lines.iter().find(|line| line["what"] == what);
    let found = found.unwrap_or_else(|| panic!("no line {what}: {}", said.out));
    let faults = lines.iter().filter(|line| line["level"] == "fault").count();
    assert_eq!(answer["faults"], faults);
    assert_eq!(said.code, i32::from(faults > 0), "{}", said.out);
    (said.code, found["level"].as_str().unwrap().to_owned(), found.to_string())
}

fn is(world: &World, what: &str, level: &str, part: &str) {
    let (_, found, text) = line(world, what, &[]);
    assert!(found == level && text.contains(part), "{what} is not {level} with {part}: {text}");
}

#[test]
fn a_folder_in_order_has_no_fault_also_while_it_is_written() {
    let world = city("doctor-order");
    let said = world.run(&["doctor", "data", "--city", "line", "--whole"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    for part in [
        "all 6 records are whole",
        "all 5 texts on the board have theirs",
        "written ahead (WAL)",
        "16 MiB are kept back",
        "not served at this moment",
        "those that Precinct brings",
        "Line",
        "no fault",
    ] {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
    is(&world, "accounts", "note", "first administrator");
    let mut desk = Desk::open(&world.path("data"));
    is(&world, "writer", "ok", "is served");
    let erased = desk.intake("will be erased");
    desk.erase(erased);
    is(&world, "keys", "ok", "all 5 texts");
    is(&world, "chain", "ok", "the last 9 records");
}

#[test]
fn each_thing_that_is_wrong_is_said_with_what_to_do() {
    let world = city("doctor-wrong");
    let data = world.path("data");
    world.write("data/notes.txt", "x");
    is(&world, "folder", "note", "notes.txt");
    world.write("data/policies.cedar", "permit (");
    is(&world, "policies", "fault", "mend it");
    fs::remove_file(data.join("policies.cedar")).unwrap();
    world.write("data/tracks/0000000005.track", "x");
    is(&world, "tracks", "fault", "older than thirty days");
    fs::remove_dir_all(data.join("tracks")).unwrap();
    world.write("data/reserve", "little");
    is(&world, "reserve", "note", "6 bytes");
    world.write("data/snapshots/00000000000000000003.snap", "damaged");
    is(&world, "snapshot", "note", "after record 3 is not used");
    let keys = fs::read(data.join("keys.db")).unwrap();
    fs::remove_file(data.join("keys.db")).unwrap();
    is(&world, "keys", "fault", "cannot be read: 5");
    precinct_journal::keys::Keys::open(&data).unwrap();
    is(&world, "keys", "fault", "without a key: 5");
    fs::write(data.join("keys.db"), &keys).unwrap();
    let (mut desk, incident) = (Desk::open(&data), precinct_core::IncidentId(2));
    desk.erase(incident);
    drop(desk);
    fs::write(data.join("keys.db"), keys).unwrap();
    is(&world, "keys", "fault", "texts that were erased: 1");
    world.write("data/accounts.db", &"no database at all ".repeat(90));
    is(&world, "accounts", "fault", "no accounts of Precinct's");
    assert_eq!(line(&world, "city", &["--city", "nowhere"]).1, "fault");
}

#[test]
fn contacts_without_keys_and_pictures_that_were_altered_are_found() {
    let world = city("doctor-beside");
    let data = world.path("data");
    is(&world, "contacts", "ok", "all 0");
    let mut desk = Desk::open(&data);
    let incident = precinct_core::IncidentId(1);
    desk.contact(&data, incident, "Ms Wong");
    let picture = data.join(desk.picture(&data, incident, b"sealed"));
    is(&world, "contacts", "ok", "all 1");
    is(&world, "pictures", "ok", "all 1");
    is(&world, "folder", "ok", "nothing is in it");
    fs::write(&picture, b"other!").unwrap();
    is(&world, "pictures", "fault", "is not the file that was recorded");
    fs::remove_file(&picture).unwrap();
    for more in [&["--whole"][..], &[]] {
        let (code, level, text) = line(&world, "pictures", more);
        assert!(code == 1 && level == "fault" && text.contains("1 in all"), "{text}");
    }
    let rows = fs::read(data.join("contacts.db")).unwrap();
    for name in ["contacts.db", "contacts.db-wal", "contacts.db-shm"] {
        let _ = fs::remove_file(data.join(name));
    }
    is(&world, "contacts", "note", "nobody can read: 1");
    fs::write(data.join("contacts.db"), rows).unwrap();
    desk.erase(incident);
    is(&world, "contacts", "ok", "all 0");
    is(&world, "pictures", "ok", "all 0");
    drop(desk);
    Contacts::open(&data).unwrap().keep([1; 16], "x", Timestamp(0), &mut Lots).unwrap();
    is(&world, "contacts", "note", "no record holds: 1");
}

#[test]
fn plans_that_were_altered_are_found() {
    let world = city("doctor-plans");
    let data = world.path("data");
    is(&world, "plans", "ok", "all 0");
    let plan = data.join(Desk::open(&data).plan(&data, b"{}"));
    is(&world, "plans", "ok", "all 1");
    is(&world, "folder", "ok", "nothing is in it");
    fs::write(&plan, b"{ }").unwrap();
    is(&world, "plans", "fault", "is not the file that was recorded");
    fs::remove_file(&plan).unwrap();
    let (code, level, text) = line(&world, "plans", &[]);
    assert!(code == 1 && level == "fault" && text.contains("1 in all"), "{text}");
}

struct Lots;

impl precinct_contacts::Chance for Lots {
    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.fill(3);
    }
}

#[test]
fn a_damaged_record_is_found_at_its_end_or_anywhere() {
    let world = city("doctor-chain");
    let path = world.path("data/journal.db");
    let mut bytes = fs::read(&path).unwrap();
    // Only the second record says so.
    let hash = {
        let reader = Reader::open(&world.path("data")).unwrap();
        let mut hash = [0; 32];
        let mut visit = |row: &precinct_journal::Row<'_>| {
            hash = row.previous.0;
            if row.seq == 3 {
                std::ops::ControlFlow::Break(())
            } else {
                std::ops::ControlFlow::Continue(())
            }
        };
        reader.read(1, &mut visit).unwrap();
        hash
    };
    for at in 0..bytes.len() - 32 {
        if bytes[at..at + 32] == hash {
            bytes[at] ^= 1;
        }
    }
    fs::write(&path, bytes).unwrap();
    let (code, level, text) = line(&world, "chain", &["--last", "2"]);
    assert_eq!((code, level.as_str()), (1, "ok"), "the replay fails, the end is whole: {text}");
    for more in [&["--whole"][..], &[]] {
        let (code, level, text) = line(&world, "chain", more);
        assert!(code == 1 && level == "fault" && text.contains("precinct restore"), "{text}");
    }
}

#[test]
fn a_folder_that_is_not_there_or_of_something_else_is_a_fault() {
    let world = World::new("doctor-none");
    let said = world.run(&["doctor", "data"]);
    assert_eq!(said.code, 1);
    assert!(
        said.out.contains("FAULT  folder") && said.out.contains("check the path"),
        "{}",
        said.out
    );
    world.write("data/journal.db", &"no database at all ".repeat(90));
    is(&world, "record", "fault", "no journal of Precinct's");
    assert_eq!(world.run(&["doctor", "data", "--whole", "--last", "3"]).code, 2);
}
