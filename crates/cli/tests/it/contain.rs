//! `precinct plan contain`, `ring` and `lanes`.

use std::time::{Duration, Instant};

use precinct_base::{LonLat, Timestamp};
use precinct_play::{Ask, Client, Doors as _, Fix, Key, Patience, UnitWish, frame};
use serde_json::{Value, json};

use crate::serve::Served;
use crate::world::World;

/// The answer of a command that says "no".
fn no(said: &crate::world::Said) -> Value {
    assert_eq!(said.code, 1, "{}", said.err);
    serde_json::from_str(&said.out).unwrap()
}

const TWO: &str = "unit,lon,lat\nWest,0.009,0\nEast,0.027,0\n";

fn contain(world: &World, units: &str, rest: &[&str]) -> crate::world::Said {
    world.write("units.csv", units);
    let asked = [
        "plan",
        "contain",
        "line",
        "--at",
        "0.018,0",
        "--ago",
        "0",
        "--minutes",
        "1",
        "--units",
        "units.csv",
    ];
    world.run(&[&asked[..], rest].concat())
}

#[test]
fn two_units_close_both_ways_in_time() {
    let world = World::line("contain-two");
    let said = contain(&world, TWO, &["--json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let answer = said.json();
    assert_eq!((&answer["sealed"], &answer["cut_size"]), (&json!(true), &json!(2)));
    assert_eq!(answer["proof"]["kind"], json!("fewest"));
    let told = |field: &str| -> Vec<Value> {
        let points = answer["points"].as_array().unwrap().iter();
        points.map(|point| point[field].clone()).collect()
    };
    let mut units = told("unit");
    units.sort_by_key(ToString::to_string);
    assert_eq!(units, [json!("East"), json!("West")]);
    assert_eq!(told("arrival"), [json!(0.0), json!(0.0)]);
    assert_eq!(told("quarry"), [json!(60.0), json!(60.0)]);
    assert_eq!(told("slack"), [json!(15.0), json!(15.0)]);
}

#[test]
fn one_unit_is_not_enough_and_the_plan_says_where_another_is_wanted() {
    let world = World::line("contain-one");
    let one = "[{\"unit\": \"West\", \"at\": [0.009, 0]}]";
    let said = contain(&world, one, &["--json"]);
    let answer = no(&said);
    assert_eq!((&answer["sealed"], &answer["missing"]), (&json!(false), &json!(1)));
    assert_eq!(answer["proof"]["kind"], json!("impossible"));
    let points = answer["points"].as_array().unwrap();
    assert_eq!(points.iter().filter(|point| point["unit"].is_null()).count(), 1);
    let chinese = contain(&world, one, &["--lang", "zh"]);
    assert!(chinese.out.contains("现有力量无法封闭") && chinese.out.contains("需增派一支力量"));
    let english = contain(&world, TWO, &["--lang", "en"]);
    assert!(english.out.contains("sealed with 2 points, 0:15"), "{}", english.out);
}

#[test]
fn somebody_faster_or_seen_elsewhere_is_another_question() {
    let world = World::line("contain-fast");
    // Half as fast again they are at the next junction in forty seconds, before anybody has closed it.
    let fast = no(&contain(&world, TWO, &["--speed-factor", "1.5", "--json"]));
    assert_eq!(fast["sealed"], json!(false));
    let late = contain(&world, TWO, &["--seen", "0.018,0@60"]);
    assert_eq!(late.code, 2, "{}", late.out);
    assert!(late.err.contains("before they left"), "{}", late.err);
    let bad = contain(&world, "unit,lon\nA,1\n", &[]);
    assert_eq!(bad.code, 3);
    assert!(bad.err.contains("unit 1 has no place"), "{}", bad.err);
}

/// Waits until something is so.
fn soon(is_so: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < until, "it never was");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A unit of the line goes on duty, and is seen somewhere if that is told.
fn on_duty(client: &mut Client, unit: u32, seen: Option<f64>) {
    let now = client.clock().unwrap().now;
    let mut asked = 0;
    let mut ask = |ask: Ask| {
        asked += 1;
        let answer = client.ask(Key::new(unit.into(), [7; 6], asked), &ask);
        answer.unwrap_or_else(|refused| panic!("{}: {refused}", ask.name()))
    };
    let members = vec![format!("A{unit}00")];
    ask(Ask::SetUnit(UnitWish {
        unit,
        call_sign: format!("PD-{unit}"),
        force: "police",
        capabilities: vec!["patrol"],
        home: 1,
        area: 0,
        members: members.clone(),
    }));
    let (starts, ends) = (now, Timestamp(now.0 + 3_600_000));
    let planned = ask(Ask::PlanShift { unit, force: "police", members, starts, ends });
    ask(Ask::StartShift { shift: planned.shift.unwrap() });
    if let Some(lon) = seen {
        let at = LonLat::from_degrees(lon, 0.0).unwrap();
        // Who is on duty is known to the gateway's door a moment after it is on record.
        soon(|| {
            let time = client.clock().unwrap().now;
            let fix = Fix { unit, at, speed: 0, heading: None, time };
            client.positions(&frame(&[fix])).unwrap()["taken"] == json!(1)
        });
    }
}

#[test]
fn the_units_that_are_free_where_the_city_is_served_are_sent() {
    let world = World::line("contain-live");
    std::fs::create_dir(world.path("data")).unwrap();
    let roles = ["--role", "dispatcher", "--role", "planner", "--role", "gateway"];
    let make = ["key", "create", "--data", "data", "--name", "test"];
    let key = world.run(&[&make[..], &roles].concat());
    assert_eq!(key.code, 0, "{}", key.err);
    let key = key.out.trim();
    let served = Served::start(&world, &["line", "--data", "data", "--listen", "127.0.0.1:0"], &[]);
    let mut client = Client::new(served.url(), key, Patience::default());
    on_duty(&mut client, 1, Some(0.009));
    on_duty(&mut client, 2, Some(0.027));
    on_duty(&mut client, 3, None);
    let seen = || {
        let free = client.free_units().unwrap();
        free.iter().filter(|unit| unit.seen.is_some()).count() == 2
    };
    soon(seen);
    let asked = ["plan", "contain", "line", "--at", "0.018,0", "--ago", "0", "--minutes", "1"];
    let live = ["--units", "live", "--json", "--server", served.url()];
    let said = world.run(&[&asked[..], &live, &["--key", key]].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("1 units were not seen"), "{}", said.err);
    let answer = said.json();
    let points = answer["points"].as_array().unwrap().iter();
    let mut units: Vec<&str> = points.filter_map(|point| point["unit"].as_str()).collect();
    units.sort_unstable();
    assert_eq!((&answer["sealed"], units), (&json!(true), vec!["PD-1", "PD-2"]));
    // One of them cannot be sent any more.
    client.ask(Key::new(9, [7; 6], 1), &Ask::Out { unit: 2, reason: "other" }).unwrap();
    let fewer = no(&world.run(&[&asked[..], &live, &["--key", key]].concat()));
    assert_eq!((&fewer["sealed"], &fewer["missing"]), (&json!(false), &json!(1)));
    let without = world.run(&[&asked[..], &live].concat());
    assert!(without.code == 2 && without.err.contains("--key"), "{}", without.err);
    let wrong = world.run(&[&asked[..], &live, &["--key", "nobody"]].concat());
    assert_ne!(wrong.code, 0);
    assert!(wrong.err.contains("does not let this key"), "{}", wrong.err);
}

#[test]
fn a_map_has_the_points_with_their_units() {
    let world = World::line("contain-map");
    let said = contain(&world, TWO, &["--map", "plan.svg", "--theme", "light", "--json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let map = std::fs::read_to_string(world.path("plan.svg")).unwrap();
    for text in
        ["sealed with 2 points", "West · there in 0:00 · slack 0:15", "East · there", "#checkpoint"]
    {
        assert!(map.contains(text), "{text}: {map}");
    }
    // They can be on two of four streets; the other two are kept out of the ball.
    assert!(map.contains("100.0 %") && !map.contains("not sent"), "{map}");
    let one = "unit,lon,lat\nWest,0.009,0\nFar,0,0\n";
    let said = contain(&world, one, &["--map", "plan.svg", "--lang", "zh"]);
    assert_eq!(said.code, 1, "{}", said.err);
    let map = std::fs::read_to_string(world.path("plan.svg")).unwrap();
    assert!(map.contains("需增派一支力量") && map.contains("未调派"), "{map}");
    let theme = contain(&world, TWO, &["--theme", "dark"]);
    assert_eq!(theme.code, 2, "a theme without a map: {}", theme.out);
}

#[test]
fn a_ring_has_its_crossings_gaps_and_units() {
    let world = World::line("contain-ring");
    world.write("units.csv", TWO);
    let ring = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
        {"type":"Polygon","coordinates":[[[0.0045,-0.01],[0.0225,-0.01],[0.0225,0.01],[0.0045,0.01],[0.0045,-0.01]]]}}]}"#;
    world.write("ring.geojson", ring);
    let asked = ["plan", "ring", "line", "--polygon", "ring.geojson", "--json"];
    let bare = world.run(&asked);
    let gaps = no(&bare);
    assert_eq!((&gaps["count"], &gaps["gaps"]), (&json!(2), &json!(2)));
    let manned = world.run(&[&asked[..], &["--units", "units.csv"]].concat());
    assert_eq!(manned.code, 0, "{}", manned.err);
    let answer = manned.json();
    // Half a segment of a minute, and 45 seconds to set up.
    assert_eq!((&answer["missing"], &answer["manned_by"]), (&json!(0), &json!(75.0)));
    // The west station is half a kilometre off.
    let near = ["--posts", "police", "--near", "600"];
    let watched = no(&world.run(&[&asked[..], &near].concat()));
    assert_eq!((&watched["gaps"], &watched["manned"]), (&json!(1), &json!(1)));
    let wrong = world.run(&["plan", "ring", "line", "--area", "Nowhere"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("no area called"), "{}", wrong.err);
}

#[test]
fn lanes_follow_the_hour() {
    let world = World::line("contain-lanes");
    let asked = ["plan", "lanes", "--arrivals", "0,60,500", "--per-lane", "60", "--wait", "30"];
    let hours = world.run(&[&asked[..], &["--json"]].concat()).json();
    let lanes: Vec<&Value> = (0..3).map(|hour| &hours["hours"][hour]["lanes"]).collect();
    assert_eq!(lanes, [&json!(0), &json!(2), &json!(10)]);
    let few = world.run(&[&asked[..], &["--most", "8", "--lang", "zh"]].concat());
    assert_eq!(few.code, 1);
    assert!(few.out.contains("不足"), "{}", few.out);
}
