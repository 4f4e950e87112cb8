//! `precinct reach`.

use serde_json::{Value, json};

use crate::world::World;

#[test]
fn junctions_within_the_time_are_told_with_their_milliseconds() {
    let world = World::line("reach-nodes");
    let answer = world
        .run(&["reach", "line", "--from", "0.0045,0.0009", "--minutes", "1.5", "--json"])
        .json();
    assert_eq!(
        answer["nodes"],
        json!([{ "osm_id": 1, "ms": 30_000 }, { "osm_id": 2, "ms": 30_000 }, { "osm_id": 3, "ms": 90_000 }])
    );
    // 0.0009° of latitude at the equator is 99.5 m.
    let snap = answer["snap_m"].as_f64().unwrap();
    assert!((99.0..100.0).contains(&snap), "{snap}");
    assert_eq!((&answer["minutes"], &answer["profile"]), (&json!(1.5), &json!("car")));
}

#[test]
fn a_limit_includes_itself() {
    let world = World::line("reach-limit");
    let count = |minutes| {
        let arguments = ["reach", "line", "--from", "0,0", "--minutes", minutes, "--json"];
        world.run(&arguments).json()["nodes"].as_array().unwrap().len()
    };
    assert_eq!((count("2"), count("1.9999"), count("0.001")), (3, 2, 1));
}

#[test]
fn an_extract_alone_can_be_asked_by_name_in_either_language() {
    let world = World::town("reach-town");
    let from = ["reach", "town.osm", "--from", "20.001,10.0", "--minutes", "10"];
    let english = world.run(&[&from[..], &["--lang", "en"]].concat());
    assert_eq!(english.code, 0, "{}", english.err);
    assert!(
        english.out.contains("High Street (0 m)") && english.out.contains("Mill Lane"),
        "{}",
        english.out
    );
    let chinese = world.run(&[&from[..], &["--lang", "zh"]].concat());
    assert!(chinese.out.contains("高街") && chinese.out.contains("10分钟内"), "{}", chinese.out);
    let by_terminal = crate::world::said(world.command().args(from).env("LANG", "zh_CN.UTF-8"));
    assert_eq!(by_terminal.out, chinese.out);
}

#[test]
fn programs_get_names_as_signposted_wherever_they_run() {
    let world = World::town("reach-names");
    let from = ["reach", "town.osm", "--from", "20.001,10.0", "--minutes", "1", "--json"];
    let answer = crate::world::said(world.command().args(from).env("LANG", "zh_CN.UTF-8")).json();
    assert_eq!(answer["snap_street"], json!("High Street"));
    let asked = world.run(&[&from[..], &["--lang", "zh"]].concat()).json();
    assert_eq!(asked["snap_street"], json!("高街"));
}

#[test]
fn a_place_far_from_roads_is_told_how_far_and_may_be_allowed() {
    let world = World::town("reach-far");
    let from = ["reach", "town.osm", "--from", "20.005,10.02", "--minutes", "1", "--json"];
    let said = world.run(&from);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("the nearest is 2.0 km away"), "{}", said.err);
    assert_eq!(world.run(&[&from[..], &["--snap", "3000"]].concat()).code, 0);
}

#[test]
fn islands_are_left_out_unless_asked_for() {
    let world = World::town("reach-island");
    let from = [
        "reach",
        "town.osm",
        "--from",
        "20.005,9.9701",
        "--minutes",
        "60",
        "--snap",
        "10000",
        "--json",
    ];
    let main = world.run(&from).json();
    let island = world.run(&[&from[..], &["--islands"]].concat()).json();
    let ids = |answer: &Value| -> Vec<i64> {
        answer["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node["osm_id"].as_i64().unwrap())
            .collect()
    };
    assert_eq!(ids(&island), [5, 6]);
    assert!(!ids(&main).contains(&5) && ids(&main).contains(&1), "{main}");
}

#[test]
fn the_outline_holds_the_place() {
    let world = World::line("reach-outline");
    let answer =
        world.run(&["reach", "line", "--from", "0.009,0", "--minutes", "1", "--geojson"]).json();
    assert_eq!(answer["features"][0]["geometry"]["type"], json!("MultiPolygon"));
    assert_eq!(answer["features"][1]["geometry"]["coordinates"], json!([0.009, 0.0]));
    let ring = answer["features"][0]["geometry"]["coordinates"][0][0].as_array().unwrap();
    let lons: Vec<f64> = ring.iter().map(|place| place[0].as_f64().unwrap()).collect();
    let (west, east) = (
        lons.iter().copied().fold(f64::MAX, f64::min),
        lons.iter().copied().fold(f64::MIN, f64::max),
    );
    assert!((-0.002..0.0).contains(&west) && (0.018..0.020).contains(&east), "{west} {east}");
}

#[test]
fn roads_for_cars_are_not_walked() {
    let world = World::line("reach-foot");
    let said =
        world.run(&["reach", "line", "--from", "0,0", "--minutes", "1", "--profile", "foot"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("its roads are for car"), "{}", said.err);
}
