//! `precinct journal` and `precinct sim`: a shift is left in a folder and looked into.

use std::fs;

use crate::world::{Said, World};

fn shift(test: &str) -> World {
    let world = World::new(test);
    let said = world.run(&["sim", "run", "--seed", "7", "--minutes", "60", "--data", "shift"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("records left in shift"), "{}", said.err);
    world
}

fn lines(said: &Said) -> Vec<&str> {
    assert_eq!(said.code, 0, "{}", said.err);
    said.out.lines().collect()
}

#[test]
fn the_same_seed_leaves_the_same_bytes() {
    let world = shift("journal-bytes");
    let again = world.run(&["sim", "run", "--seed", "7", "--minutes", "60", "--data", "again"]);
    assert_eq!(again.code, 0);
    let bytes = |folder: &str| fs::read(world.path(folder).join("journal.db")).unwrap();
    assert!(bytes("shift") == bytes("again"));
    let export = |folder: &str| world.run(&["journal", "export", folder]).out;
    assert_eq!(export("shift"), export("again"));
    let taken = world.run(&["sim", "run", "--seed", "8", "--data", "again"]);
    assert_eq!(taken.code, 2);
    assert!(taken.err.contains("has a record already"), "{}", taken.err);
}

#[test]
fn a_record_is_verified_and_what_is_done_to_it_found() {
    let world = shift("journal-verify");
    let whole = world.run(&["journal", "verify", "shift", "--json"]).json();
    assert_eq!((whole["whole"].as_bool(), whole["faults"].as_u64()), (Some(true), Some(0)));
    let said = world.run(&["journal", "verify", "shift"]);
    assert!(said.out.contains("all whole and in their places"), "{}", said.out);
    let last = whole["last"].as_u64().unwrap();
    let hash = whole["hash"].as_str().unwrap();
    let anchor = format!("{last}:{hash}");
    assert_eq!(world.run(&["journal", "verify", "shift", "--anchor", &anchor]).code, 0);
    let other = format!("{last}:{}", "7".repeat(64));
    let said = world.run(&["journal", "verify", "shift", "--anchor", &other]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("is not the one seen before"), "{}", said.out);
    assert_eq!(world.run(&["journal", "verify", "shift", "--anchor", "7"]).code, 2);
    // One byte of one record.
    let path = world.path("shift").join("journal.db");
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.windows(8).rposition(|window| window == b"\"facts\":").unwrap();
    bytes[at - 4] ^= 1;
    fs::write(&path, bytes).unwrap();
    let said = world.run(&["journal", "verify", "shift"]);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(said.out.contains("was altered"), "{}", said.out);
    assert!(said.out.contains("1 faults") || said.out.contains("2 faults"), "{}", said.out);
}

#[test]
fn a_folder_without_a_record_is_named() {
    let world = World::new("journal-none");
    for command in ["verify", "tail", "export", "at"] {
        let said = world.run(&["journal", command, "nowhere"]);
        assert_eq!(said.code, 3);
        assert!(said.err.contains("nowhere: there is no journal"), "{}", said.err);
    }
}

#[test]
fn records_are_shown_one_by_one_and_in_rows() {
    let world = shift("journal-show");
    let tail = world.run(&["journal", "tail", "shift", "-n", "3"]);
    let rows = lines(&tail);
    assert_eq!(rows.len(), 3);
    let last: u64 = rows[2].split_whitespace().next().unwrap().parse().unwrap();
    let said = world.run(&["journal", "show", "shift", &last.to_string()]);
    assert!(
        said.out.contains(&format!("Record {last}")) && said.out.contains("  who "),
        "{}",
        said.out
    );
    let json = world.run(&["journal", "show", "shift", &last.to_string(), "--json"]).json();
    assert_eq!((json["seq"].as_u64(), json["body"]["v"].as_u64()), (Some(last), Some(1)));
    let id = json["command"].as_str().unwrap();
    assert_eq!(world.run(&["journal", "show", "shift", "--command", id]).out, said.out);
    let none = world.run(&["journal", "show", "shift", &(last + 1).to_string()]);
    assert_eq!(none.code, 1);
    assert!(none.err.contains(&format!("they are 1 to {last}")), "{}", none.err);
    assert_eq!(world.run(&["journal", "show", "shift", "--command", &"0".repeat(32)]).code, 1);
    assert_eq!(world.run(&["journal", "show", "shift", "--command", "12"]).code, 2);
    let to = last.to_string();
    let some = world.run(&["journal", "export", "shift", "--from", &to, "-o", "one.jsonl"]);
    assert!(some.err.contains("1 records written"), "{}", some.err);
    let written = fs::read_to_string(world.path("one.jsonl")).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), json);
}

#[test]
fn the_board_is_rebuilt_at_any_record_in_both_languages() {
    let world = shift("journal-at");
    let early = world.run(&["--lang", "en", "journal", "at", "shift", "40"]);
    assert!(lines(&early)[0].starts_with("40  20"), "{}", early.out);
    assert!(early.out.contains("Units: "), "{}", early.out);
    let late = world.run(&["--lang", "zh", "journal", "at", "shift"]);
    assert!(late.out.contains("警情：") && late.out.contains("力量："), "{}", late.out);
    let json = world.run(&["journal", "at", "shift", "40", "--json"]).json();
    assert_eq!(json["seq"], 40);
    assert_eq!(json["state_hash"].as_str().unwrap().len(), 64);
    assert!(json["state"]["units"].is_object());
    let start = world.run(&["journal", "at", "shift", "0"]);
    assert!(start.out.contains("0 open"), "{}", start.out);
    assert_eq!(world.run(&["journal", "at", "shift", "999999"]).code, 1);
    let same = world.run(&["journal", "diff", "shift", "40", "40"]);
    assert_eq!(lines(&same), ["nothing changed"]);
    let changed = world.run(&["journal", "diff", "shift", "39", "40"]);
    assert!(lines(&changed).iter().any(|line| line.starts_with("now.tick: ")), "{}", changed.out);
    let all = world.run(&["journal", "diff", "shift", "0", "40", "--json"]);
    assert!(lines(&all).iter().all(|line| line.starts_with("{\"path\":")), "{}", all.out);
}

#[test]
fn a_shift_that_goes_wrong_prints_the_command_that_goes_through_it_again() {
    let world = World::new("sim-broken");
    let arguments = ["sim", "run", "--seeds", "12", "--minutes", "120", "--lying-disk"];
    let said = world.run(&arguments);
    assert_eq!(said.code, 1, "{}", said.out);
    let command = said.out.lines().rev().find(|line| line.contains("precinct sim run")).unwrap();
    let again: Vec<&str> = command.split_whitespace().skip(1).collect();
    let again = world.run(&again);
    assert_eq!(again.code, 1, "{command}\n{}", again.out);
    let json = world.run(&[&arguments[..], &["--json"]].concat());
    assert_eq!(json.code, 1);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(json["broken"]["command"].as_str().unwrap().contains("--lying-disk"));
    let whole = world.run(&["sim", "run", "--seeds", "3", "--minutes", "30", "--json"]).json();
    assert_eq!((whole["shifts"].as_u64(), whole["broken"].is_null()), (Some(3), true));
    assert!(whole["looked_at"]["one-scene"].as_u64().unwrap() > 0);
    assert_eq!(world.run(&["sim", "run", "--faults", "fire"]).code, 2);
    assert_eq!(world.run(&["sim", "run", "--seeds", "2", "--data", "x"]).code, 2);
}

#[test]
fn a_shift_is_walked_through() {
    let world = World::new("sim-step");
    let said = world.run(&[
        "sim",
        "step",
        "--seed",
        "7",
        "--minutes",
        "20",
        "--from",
        "30",
        "--steps",
        "2",
    ]);
    let headings: Vec<_> =
        lines(&said).into_iter().filter(|line| line.starts_with("Turn ")).collect();
    assert_eq!(headings.len(), 2, "{}", said.out);
    assert!(headings[0].starts_with("Turn 30 ") && said.out.contains("Units: "));
}
