//! Usage, exit codes, and what is said when something is wrong.

use std::io::Read as _;
use std::process::Stdio;

use crate::world::World;

#[test]
fn help_shows_examples_and_exit_codes() {
    let world = World::new("help");
    let help = world.run(&["--help"]);
    assert_eq!(help.code, 0);
    assert!(help.out.contains("Exit codes:") && help.out.contains("precinct city generate"));
    for command in
        [&["reach"][..], &["coverage"], &["route"], &["city", "build"], &["city", "check"]]
    {
        let help = world.run(&[command, &["--help"]].concat());
        assert!(help.out.contains("Example:"), "{command:?}: {}", help.out);
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let world = World::new("usage");
    for arguments in [
        &["walk"][..],
        &["reach", "town.osm", "--from", "1,2"],
        &["reach", "town.osm", "--from", "1;2", "--minutes", "5"],
        &["reach", "town.osm", "--from", "22.2,113.5", "--minutes", "5"],
        &["reach", "town.osm", "--from", "1,2", "--minutes", "0"],
        &["reach", "town.osm", "--from", "1,2", "--minutes", "5", "--json", "--geojson"],
        &["coverage", "town.osm", "--theme", "dark"],
        &["coverage", "town.osm", "--posts", "church"],
        &["coverage", "town.osm", "--minutes", "1,2,3,4,5,6,7,8,9"],
        &["city", "generate", "--people", "3", "-o", "x"],
    ] {
        let said = world.run(arguments);
        assert_eq!(said.code, 2, "{arguments:?}: {}", said.err);
        assert!(said.out.is_empty() && !said.err.is_empty());
    }
}

#[test]
fn a_city_that_is_not_there_ends_with_3_and_says_what_to_give() {
    let world = World::new("nowhere");
    let said = world.run(&["reach", "nowhere", "--from", "1,2", "--minutes", "5"]);
    assert_eq!(said.code, 3);
    assert!(said.err.contains("nowhere") && said.err.contains(".osm.pbf"), "{}", said.err);
}

#[test]
fn a_corrupt_extract_ends_with_3() {
    let world = World::new("corrupt");
    world.write("town.osm.pbf", "this is no PBF");
    let said = world.run(&["city", "build", "town.osm.pbf"]);
    assert_eq!((said.code, said.out.as_str()), (3, ""), "{}", said.err);
    assert!(said.err.contains("town.osm.pbf"), "{}", said.err);
}

#[test]
fn a_picture_that_cannot_be_written_ends_with_3() {
    let world = World::line("unwritable");
    let said = world.run(&["coverage", "line", "--map", "no/such/folder/map.svg"]);
    assert_eq!(said.code, 3);
    assert!(said.err.contains("no/such/folder/map.svg"), "{}", said.err);
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let world = World::line("pipe");
    let mut child = world
        .command()
        .args(["coverage", "line", "--geojson"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(err, "");
}

#[test]
fn colour_is_for_terminals_only() {
    let world = World::line("colour");
    assert!(!world.run(&["coverage", "line"]).out.contains('\x1b'));
}
