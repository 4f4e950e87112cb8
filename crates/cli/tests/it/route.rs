//! `precinct route`.

use serde_json::json;

use crate::world::World;

#[test]
fn a_way_is_told_street_by_street() {
    let world = World::town("route-steps");
    let ends = ["route", "town.osm", "--from", "20.0,10.0", "--to", "20.02,10.01"];
    let answer = world.run(&[&ends[..], &["--json"]].concat()).json();
    let steps = answer["steps"].as_array().unwrap();
    let told: Vec<_> = steps.iter().map(|step| (&step["turn"], &step["street"])).collect();
    let (start, left) = (json!("start"), json!("left"));
    assert_eq!(told, [(&start, &json!("High Street")), (&left, &json!("Mill Lane"))]);
    // Two hundredths of a degree east at 10° north are 2,192.8 m, one north 1,106.1 m.
    let length = answer["length_m"].as_f64().unwrap();
    assert!((3_297.0..3_301.0).contains(&length), "{length}");
    let sum: u64 = steps.iter().map(|step| step["ms"].as_u64().unwrap()).sum();
    assert_eq!(answer["ms"], json!(sum));
    let table = world.run(&ends);
    assert!(table.out.contains("left") && table.out.contains("Mill Lane"), "{}", table.out);
}

#[test]
fn times_given_with_the_data_are_kept() {
    let world = World::line("route-times");
    let answer =
        world.run(&["route", "line", "--from", "0.0045,0", "--to", "0.036,0", "--json"]).json();
    assert_eq!(answer["ms"], json!(210_000));
}

#[test]
fn the_line_runs_from_end_to_end() {
    let world = World::line("route-line");
    let answer =
        world.run(&["route", "line", "--from", "0,0", "--to", "0.018,0", "--geojson"]).json();
    let line = &answer["features"][0]["geometry"];
    assert_eq!(line["type"], json!("LineString"));
    assert_eq!(line["coordinates"], json!([[0.0, 0.0], [0.009, 0.0], [0.018, 0.0]]));
}

#[test]
fn no_way_is_a_no() {
    let world = World::town("route-none");
    let said = world.run(&[
        "route",
        "town.osm",
        "--from",
        "20.0,10.0",
        "--to",
        "20.005,9.97",
        "--islands",
    ]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("no way leads"), "{}", said.err);
}
