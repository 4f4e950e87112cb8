//! `precinct simulate`: a plan of `precinct plan posts` tried, a calibrated city simulated as it was measured, and San Francisco's figures.

use std::fmt::Write as _;
use std::fs;

use serde_json::{Value, json};

use crate::golden::same_as_kept;
use crate::world::{CALLS_MAPPING, World, checkout, data_root, said};

const PLACES: &str = "lon,lat,name\n0.036,0,far end\n";

/// A line of streets with its only post in the west, and a call at its eastern end at every half hour of two days.
fn line(test: &str) -> World {
    let world = World::line(test);
    let mut calls = "id,at,kind,lon,lat\n".to_owned();
    for i in 0..96 {
        let (day, hour, minute) = (8 + i / 48, i / 2 % 24, i % 2 * 30);
        writeln!(calls, "{i},2024-01-{day:02}T{hour:02}:{minute:02}:00,noise,0.036,0").unwrap();
    }
    world.write("calls.csv", &calls);
    world.write("map.toml", CALLS_MAPPING);
    world
}

fn simulate(world: &World, more: &[&str]) -> crate::world::Said {
    let given = ["simulate", "line", "--calls", "calls.csv", "--map", "map.toml", "--seeds", "3"];
    let days = ["--from", "2024-01-08", "--to", "2024-01-10"];
    world.run(&[&given[..], &days, more].concat())
}

#[test]
fn a_saved_plan_is_tried_on_days_that_were() {
    let world = line("simulate-plan");
    world.write("places.csv", PLACES);
    let asked = ["plan", "posts", "line", "--minutes", "1", "--choose", "1", "--candidates"];
    let saved = ["places.csv", "--keep", "all", "--save", "far.json"];
    let planned = world.run(&[&asked[..], &saved].concat());
    assert_eq!(planned.code, 0, "{}", planned.err);
    let first = simulate(&world, &["--plan", "far.json", "--json"]);
    let told = first.json();
    let names = [0, 1].map(|plan| told["plans"][plan]["name"].as_str().unwrap());
    assert_eq!(names, ["as it is", "far"]);
    let posts = [0, 1].map(|plan| told["plans"][plan]["posts"].as_u64().unwrap());
    let crews = [0, 1].map(|plan| told["plans"][plan]["crews"].as_u64().unwrap());
    assert_eq!((posts, crews[0]), ([1, 2], crews[1]), "a post more, with a crew of the other");
    // Four kilometres in four minutes less, unless the crew there is busy.
    let median = |plan: usize| told["plans"][plan]["all"]["median_s"].as_f64().unwrap();
    assert!(median(0) - median(1) > 180.0, "{} {}", median(0), median(1));
    assert_eq!((&told["calls"], &told["days"]), (&json!(96), &json!(2)));
    let again = simulate(&world, &["--plan", "far.json", "--json"]);
    assert_eq!(again.out, first.out, "the same question has the same bytes");
    let shown = simulate(&world, &["--plan", "far.json", "--lang", "zh"]);
    assert!(shown.code == 0 && shown.out.contains("far"), "{}{}", shown.out, shown.err);
    let wrong = simulate(&world, &["--plan", "calls.csv"]);
    assert!(wrong.code == 2 && wrong.err.contains("calls.csv"), "{}", wrong.err);
    world.write("none.json", "{}");
    let wrong = simulate(&world, &["--plan", "none.json"]);
    assert!(wrong.code == 1 && wrong.err.contains("is no plan"), "{}", wrong.err);
}

/// Half a minute beside the streets, and in the hours from six to nine of every day streets take twice as long.
const CALIBRATION: &str = include_str!("../../../calibration/golden/by-hand.toml");

#[test]
fn a_calibrated_city_is_simulated_as_it_was_measured() {
    let world = line("simulate-calibrated");
    let one = |from: &str, to: &str| {
        let days = ["--from", from, "--to", to, "--json"];
        let given = ["simulate", "line", "--calls", "calls.csv", "--map", "map.toml"];
        let told = world.run(&[&given[..], &days].concat()).json();
        (told["plans"][0]["all"]["mean_s"].as_f64().unwrap(), told)
    };
    let (night, morning) =
        (("2024-01-08T01:00", "2024-01-08T04:00"), ("2024-01-08T06:00", "2024-01-08T08:50"));
    let ((before, told), (early, _)) = (one(night.0, night.1), one(morning.0, morning.1));
    assert!(told.get("calibration").is_none() && (before - early).abs() < 30.0, "{before} {early}");
    let city = world.path("line/city.toml");
    let own = fs::read_to_string(&city).unwrap();
    fs::write(&city, format!("calibration = \"calibration.toml\"\n{own}")).unwrap();
    world.write("line/calibration.toml", CALIBRATION);
    let ((after, told), (later, _)) = (one(night.0, night.1), one(morning.0, morning.1));
    assert_eq!(told["calibration"]["held_out"]["median_error_ms"], 35_000, "{told}");
    // Half a minute beside the streets, and a turnout of a hundred seconds in place of some forty.
    assert!((50.0..130.0).contains(&(after - before)), "{before} {after}");
    // Four minutes on the streets are eight from six to nine.
    assert!((225.0..255.0).contains(&(later - after)), "{after} {later}");
    let route = ["route", "line", "--from", "0,0", "--to", "0.036,0"];
    for command in [&route[..], &["reach", "line", "--from", "0,0", "--minutes", "3"]] {
        let shown = world.run(command).out;
        assert!(shown.contains("0:35"), "{shown}");
        let told: Value = world.run(&[command, &["--json"]].concat()).json();
        assert_eq!(told["calibration"]["held_out"]["p90_error_ms"], 118_000, "{told}");
    }
}

#[test]
fn calls_in_an_area_have_figures_beside_those_of_all() {
    let world = line("simulate-area");
    world.two_districts();
    let calls = fs::read_to_string(world.path("calls.csv")).unwrap();
    world.write("calls.csv", &format!("{calls}west,2024-01-08T09:10:00,noise,0.009,0\n"));
    let all = simulate(&world, &["--against-policy", "own-district", "--json"]).json();
    let asked = ["--against-policy", "own-district", "--area"];
    let told = simulate(&world, &[&asked[..], &["west", "--json"]].concat()).json();
    assert_eq!((&told["plans"], &told["difference"]), (&all["plans"], &all["difference"]));
    assert_eq!((all.get("part"), &told["part"]["area"]), (None, &json!("West")));
    assert_eq!((&told["part"]["record"]["calls"], &told["calls"]), (&json!(1), &json!(97)));
    // Three times simulated, and a street away from the post.
    let figures = &told["part"]["plans"][1]["all"];
    assert_eq!((&figures["calls"], &told["part"]["difference"]["km"]), (&json!(3), &Value::Null));
    assert!(figures["mean_s"].as_f64() < told["plans"][1]["all"]["mean_s"].as_f64(), "{told}");
    let shown = simulate(&world, &[&asked[..], &["West", "--lang", "zh"]].concat());
    assert!(shown.code == 0 && shown.out.contains("West内警情"), "{}{}", shown.out, shown.err);
    let wrong = simulate(&world, &[&asked[..], &["North"]].concat());
    assert!(wrong.code == 1 && wrong.err.contains("it has West, East"), "{}", wrong.err);
}

/// Four hours of San Francisco's police, to the last digit.
#[test]
fn san_francisco_keeps_its_figures() {
    let Some(data) = data_root() else {
        println!("skipped: the public data of san-francisco is not there");
        return;
    };
    let world = World::new("simulate-sf");
    let mut run = world.command();
    run.arg("simulate").arg(checkout().join("cities/san-francisco/city.toml"));
    run.arg("--calls").arg(data.join("sf/sfpd_cad_5000.csv.gz"));
    run.args(["--from", "2024-01-08T06:00", "--to", "2024-01-08T10:00", "--units", "50"]);
    run.args(["--pace", "1.7", "--seeds", "2", "--json"]).env("PRECINCT_DATA", &data);
    let said = said(&mut run);
    let told = said.json();
    let plan = &told["plans"][0];
    // FNV-1a of every byte told: anything that changes anywhere changes it.
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = said.out.bytes().fold(0xcbf2_9ce4_8422_2325, fold);
    let kept = json!({
        "calls": told["calls"],
        "found": told["found"],
        "record": told["record"]["all"],
        "all": plan["all"],
        "by_priority": plan["by_priority"],
        "km": plan["km"],
        "task_hours": plan["task_hours"],
        "hash": format!("{hash:016x}"),
    });
    same_as_kept("simulate-san-francisco.json", &kept);
}

#[test]
fn a_picture_shows_the_record_beside_what_was_simulated() {
    let world = line("simulate-chart");
    let asked = ["--against-policy", "own-district", "--chart", "chart.svg"];
    let told = simulate(&world, &asked);
    assert_eq!(told.code, 0, "{}", told.err);
    let svg = fs::read_to_string(world.path("chart.svg")).unwrap();
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{svg}");
    assert!(svg.contains("as recorded") && svg.contains("as it is"), "{svg}");
    // The record says of nobody when a crew was there: its curve stays at the bottom; both plans come to all within the hour.
    assert_eq!(svg.matches("fill=\"none\"").count(), 3, "{svg}");
    let again = simulate(&world, &asked);
    assert_eq!((again.code, fs::read_to_string(world.path("chart.svg")).unwrap()), (0, svg));
}
