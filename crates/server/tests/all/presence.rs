//! Presence on streets and at hot spots, through the doors.

use std::cell::RefCell;
use std::collections::BTreeSet;

use precinct_base::{Timestamp, UnitId};
use precinct_core::Role;
use precinct_server::Drill;
use precinct_wire::{FrameFix, Time, frame};
use serde_json::{Value, json};

use crate::city::{self, place};
use crate::client::{Client, Town};
use crate::duty::soon;

/// The town with demand in the south-west and in the north-east, one thrice the other, and a hot spot in each; ten minutes a second.
fn town() -> Town {
    let folder = tempfile::tempdir().unwrap();
    city::write(folder.path());
    let file = folder.path().join("city.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let more = "[[demand]]\nfile = \"demand.csv\"\ncolumns = { lon = \"lon\", lat = \"lat\", weight = \"weight\" }\n\
        [[hot_spots]]\nfile = \"h.csv\"\ncolumns = { id = \"id\", name = \"name\", lon = \"lon\", lat = \"lat\", dose_min = \"dose\" }\n";
    std::fs::write(&file, format!("{text}{more}")).unwrap();
    let table = "lon,lat,weight\n113.502,22.1,3\n113.518,22.118,1\n";
    std::fs::write(folder.path().join("demand.csv"), table).unwrap();
    let spots = "id,name,lon,lat,dose\nH1,Market,113.502,22.1,5\nH2,Quay,113.518,22.118,5\n";
    std::fs::write(folder.path().join("h.csv"), spots).unwrap();
    Town::of(folder, Some(Drill { from: Timestamp(1_704_700_800_000), speed: 600 }))
}

fn now(client: &Client) -> Timestamp {
    let now = client.get("/api/v1/clock").body["now"].as_str().unwrap().to_owned();
    now.parse::<Time>().unwrap().0
}

/// Unit 1 is in the middle of the street with the market.
fn fix(control: &Client) {
    let (west, east) = (place(0, 0), place(1, 0));
    let at = precinct_base::LonLat::new(i32::midpoint(west.lon(), east.lon()), west.lat()).unwrap();
    let time = now(control);
    let fix = FrameFix {
        unit: UnitId(1),
        at,
        accuracy_m: None,
        speed_cm_s: None,
        heading_cdeg: None,
        sos: false,
        time,
    };
    let with = [("content-type", "application/vnd.precinct.positions")];
    let said = control.send("post", "/api/v1/positions", &with, &frame(&[fix]));
    assert_eq!((said.status, &said.body["taken"]), (200, &json!(1)), "{said:?}");
}

/// The answer of a door once it says something: meanwhile unit 1 goes on reporting.
fn until(control: &Client, path: &str, done: impl Fn(&Value) -> bool) -> Value {
    let said = RefCell::new(Value::Null);
    soon(path, || {
        fix(control);
        let answer = control.get(path);
        assert_eq!(answer.status, 200, "{answer:?}");
        *said.borrow_mut() = answer.body;
        done(&said.borrow())
    });
    said.into_inner()
}

#[test]
fn streets_that_are_passed_count_by_what_lies_on_them_and_each_sees_its_own() {
    let town = town();
    let control = town.control();
    control.on_duty(1, 1, 1);
    let share = |said: &Value, of: &str| said[of].as_u64();
    let all = until(&control, "/api/v1/presence?within=15", |said| share(said, "demand") > Some(0));
    // 412 m of 24.4 km of streets, and those with three quarters of the demand; nothing before the unit came.
    let (demand, streets) = (share(&all, "demand").unwrap(), share(&all, "streets").unwrap());
    assert!((1..=7_500).contains(&demand) && (0..=169).contains(&streets), "{all}");
    assert_eq!((&all["within_min"], &all["hours"]["other_roads"]), (&json!(15), &json!(0)));
    assert!(
        all["passes"].as_u64().unwrap() >= 1 && all["hours"]["completeness"].as_u64() < Some(1_000),
        "{all}"
    );
    let hours = all["by_hour"].as_array().unwrap();
    assert!(hours.last().unwrap()["demand"].is_u64(), "{all}");
    // Of an hour and a half before, nothing is known.
    let before =
        control.get("/api/v1/presence?from=2024-01-08T04:00:00Z&until=2024-01-08T06:30:00Z").body;
    assert_eq!(
        (&before["demand"], &before["hours"]["hours"], &before["hours"]["known"]),
        (&Value::Null, &json!(3), &json!(0))
    );
    let east = town.machine("east", &[Role::Planner], 2);
    let there = east.get("/api/v1/presence?within=15").body;
    assert_eq!(
        (&there["demand"], &there["streets"], &there["passes"]),
        (&json!(0), &json!(0), &json!(0))
    );
    assert_eq!(east.get("/api/v1/presence?area=1").status, 403);
    let west = control.get("/api/v1/presence?within=15&area=1").body;
    assert!(share(&west, "demand").unwrap() > demand, "{west}");
    let map = control.get("/api/v1/presence/streets?within=15&bbox=113.49,22.09,113.53,22.13").body;
    let features = map["features"].as_array().unwrap();
    let passed: Vec<&Value> =
        features.iter().filter(|one| one["properties"]["passes"] != 0).collect();
    assert_eq!((features.len(), passed.len()), (60, 1));
    assert_eq!(passed[0]["properties"]["name"]["en"], "Street 0");
    assert!(passed[0]["properties"]["share"].as_u64() > Some(0));
    assert_eq!(passed[0]["geometry"]["coordinates"], json!([[113.5, 22.1], [113.504, 22.1]]));
    let theirs = east.get("/api/v1/presence/streets?within=15&bbox=113.49,22.09,113.53,22.13").body;
    assert!(theirs["features"].as_array().unwrap().len() < 40, "{theirs}");
}

#[test]
fn a_hot_spot_is_due_until_somebody_stayed_long_enough() {
    let town = town();
    let control = town.control();
    let shift = control.on_duty(1, 1, 1);
    let spots = |said: &Value| said["spots"].as_array().unwrap().clone();
    let first = spots(&control.get("/api/v1/hotspots").body);
    assert_eq!(first.iter().map(|spot| spot["due"] == true).collect::<Vec<_>>(), [true, true]);
    assert_eq!((&first[0]["last_visit"], &first[0]["due_at"]), (&Value::Null, &Value::Null));
    let began = now(&control);
    until(&control, "/api/v1/hotspots", |said| spots(said)[0]["there"] == 1);
    // Ten city minutes a second: six of them are a visit as long as planned.
    soon("a while", || {
        fix(&control);
        now(&control).0 - began.0 > 8 * 60_000
    });
    fix(&control);
    let there = spots(&control.get("/api/v1/hotspots").body);
    assert_eq!((&there[0]["due"], &there[1]["due"]), (&json!(false), &json!(true)));
    control.done(&format!("/api/v1/shifts/{shift}/end"), &json!({}));
    soon("the visit is over", || spots(&control.get("/api/v1/hotspots").body)[0]["visits"] == 1);
    let after = control.get("/api/v1/hotspots").body;
    let market = &spots(&after)[0];
    assert_eq!(
        (&market["there"], &market["due"], &market["dosed"]),
        (&json!(0), &json!(false), &json!(1))
    );
    assert_eq!(
        (&market["key"], &market["name"]["en"], &market["area"]),
        (&json!("H1"), &json!("Market"), &json!(1))
    );
    assert!(market["visited_ms"].as_u64().unwrap() >= 5 * 60_000, "{market}");
    assert_eq!(
        (&market["last_visit"], market["dose_ms"].as_u64()),
        (&market["last_dosed"], Some(300_000))
    );
    let time = |of: &str| market[of].as_str().unwrap().parse::<Time>().unwrap().0.0;
    assert_eq!(time("due_at") - time("last_dosed"), 2 * 3_600_000);
    // The unit is named nowhere, and each sees the spots of its own area.
    assert!(!after.to_string().contains("E1"));
    let east = town.machine("east", &[Role::Dispatcher], 2);
    let theirs = spots(&east.get("/api/v1/hotspots").body);
    assert_eq!(theirs.iter().map(|spot| &spot["key"]).collect::<Vec<_>>(), [&json!("H2")]);
}

#[test]
fn what_is_wrong_is_told() {
    let town = Town::new();
    let control = town.control();
    for (wrong, word) in [
        ("presence?within=20", "15, 30, 60, 120"),
        ("presence?from=2024-01-02T00:00:00Z&until=2024-01-01T00:00:00Z", "before"),
        ("presence?from=2024-01-01T00:00:00Z&until=2024-03-01T00:00:00Z", "31 days"),
        ("presence/streets?bbox=1,2,3", "west,south,east,north"),
        ("hotspots?from=yesterday", "yesterday"),
    ] {
        let said = control.get(&format!("/api/v1/{wrong}"));
        assert_eq!(said.status, 400, "{wrong}: {said:?}");
        assert!(said.body["detail"].as_str().unwrap().contains(word), "{said:?}");
    }
    assert_eq!(control.get("/api/v1/presence?area=77").status, 404);
    // A city without hot spots has none that are due, and one without demand still has streets.
    let none = control.get("/api/v1/hotspots").body;
    assert_eq!(none["spots"], json!([]));
    assert_eq!(control.get("/api/v1/presence").body["demand"], Value::Null);
    let crew = town.machine("crew", &[Role::CallTaker, Role::Gateway], 1);
    let allowed: BTreeSet<u16> = ["presence", "presence/streets?bbox=1,2,3,4"]
        .map(|path| crew.get(&format!("/api/v1/{path}")).status)
        .into();
    assert_eq!(allowed, BTreeSet::from([403]));
}
