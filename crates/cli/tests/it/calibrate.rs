//! `precinct calibrate` and `precinct forecast`: on a generated town whose true speeds are known, and on the real record where it is there.

use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

use precinct_base::{HourOfWeek, Millis};
use precinct_city::OpenOptions;
use precinct_osm::Silent;
use precinct_roads::{Factor, Profile, RoadClass, Scratch, SnapRules, SpeedTable};
use serde_json::{Value, json};

use crate::golden::same_as_kept;
use crate::world::{World, checkout, data_root, said};

const MAPPING: &str = r#"
    [columns]
    id = "id"
    received = "sent"
    dispatch = "sent"
    en_route = "off"
    on_scene = "there"
    clear = "free"
    kind = "kind"
    unit = "unit"
    post = "post"
    lon = "lon"
    lat = "lat"
    [time]
    format = "%Y-%m-%dT%H:%M:%S"
    zone = "Asia/Shanghai"
"#;

/// What every drive costs beside its streets, and the factor on all streets but trunk and primary roads, which are as imported.
const START: u32 = 40_000;
const SLOW: u16 = 1_600;

/// A generated town, and responses of its posts to places of its demand over nine days, driven at known speeds.
fn town(world: &World) -> String {
    let done = world.run(&["city", "generate", "--seed", "3", "--people", "60000", "-o", "town"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let options = OpenOptions { cache: Some(world.path("cache")), ..OpenOptions::default() };
    let city = precinct_city::open(&world.path("town"), &options).unwrap();
    let map = Arc::new(precinct_city::road_map(&city, &options, &Silent).unwrap());
    let hour = HourOfWeek::default();
    let mut truth = SpeedTable::as_imported();
    truth.set_start_stop(Millis(START));
    for class in RoadClass::ALL {
        if !matches!(class, RoadClass::Trunk | RoadClass::Primary) {
            truth.set_class(class, hour, Factor(SLOW));
        }
    }
    let network = precinct_roads::Network::new(map, Profile::PoliceCar, &truth, hour);
    let rules = SnapRules { door: true, ..SnapRules::default() };
    let mut text = "id,sent,off,there,free,kind,unit,post,lon,lat\n".to_owned();
    let mut scratch = Scratch::default();
    let posts: Vec<_> = city.posts.iter().filter(|post| post.kind.is_police()).collect();
    for i in 0..600_usize {
        let (post, to) = (posts[i * 7 % posts.len()], &city.demand[i * 131 % city.demand.len()]);
        let ends = (network.snap(post.at, &rules).unwrap(), network.snap(to.at, &rules).unwrap());
        let seconds = network.route(&mut scratch, &ends.0, &ends.1).unwrap().time.0 / 1_000;
        // Every twentieth is wild: there at once.
        let seconds = if i % 20 == 7 { 1 } else { seconds };
        let (day, hour) = (1 + i % 9, i * 5 % 23);
        let at =
            |after: u32| format!("2024-01-{day:02}T{hour:02}:{:02}:{:02}", after / 60, after % 60);
        let times = [0, 70, 70 + seconds, 3_000].map(at).join(",");
        let (lon, lat) = to.at.degrees();
        writeln!(text, "{i},{times},theft,U{i},{},{lon:.7},{lat:.7}", post.id).unwrap();
    }
    text
}

fn number(value: &Value, path: &str) -> i64 {
    value.pointer(path).and_then(Value::as_i64).unwrap_or_else(|| panic!("{path} of {value}"))
}

#[test]
fn a_town_finds_its_speeds_again_and_tells_minutes_by_them() {
    let world = World::new("calibrate-town");
    world.write("responses.csv", &town(&world));
    world.write("map.toml", MAPPING);
    let calibrate = ["calibrate", "town", "--responses", "responses.csv", "--map", "map.toml"];
    let run = |output: &str| {
        let told = world.run(&[&calibrate[..], &["-o", output, "--json"]].concat());
        (told.json(), fs::read_to_string(world.path(output)).unwrap())
    };
    let (told, text) = run("town/calibration.toml");
    assert_eq!(run("again.toml").1, text, "the same record gives the same file");
    assert_eq!(told.pointer("/report/refused/at_once/count"), Some(&json!(30)));
    assert!(number(&told, "/calibration/held_out/bias_per_mille").abs() <= 20, "{told}");
    let error = |of: &str| number(&told, &format!("/calibration/{of}/median_error_ms"));
    assert!(error("held_out") * 8 < error("held_out_as_imported"), "{told}");
    assert!(error("held_out") * 3 < error("held_out_constant"), "{told}");
    let start = number(&told, "/calibration/speeds/start_stop_ms");
    assert!(start.abs_diff(i64::from(START)) < 6_000, "{start}");
    assert_eq!(number(&told, "/calibration/turnout/groups/0/median_ms"), 70_000);

    let before = world.run(&["coverage", "town", "--minutes", "1,3", "--json"]).json();
    assert!(before.get("calibration").is_none());
    let city = world.path("town/city.toml");
    let own = fs::read_to_string(&city).unwrap();
    fs::write(&city, format!("calibration = \"calibration.toml\"\n{own}")).unwrap();
    let after = world.run(&["coverage", "town", "--minutes", "1,3", "--json"]).json();
    let checksum = after["calibration"]["checksum"].as_str().unwrap().to_owned();
    assert_eq!(after["calibration"]["held_out"], told["calibration"]["held_out"]);
    let share = |answer: &Value, i: usize| answer["within"][i]["demand_share"].as_f64().unwrap();
    assert!(share(&after, 0) < share(&before, 0) && share(&after, 1) < share(&before, 1));
    let shown = world.run(&["coverage", "town", "--minutes", "1,3"]).out;
    assert!(shown.contains(&checksum) && shown.contains("median error"), "{shown}");
    let shown = world.run(&["--lang", "zh", "coverage", "town", "--minutes", "1,3"]).out;
    assert!(shown.contains(&checksum) && shown.contains("中位误差"), "{shown}");
    let check = world.run(&["city", "check", "town"]);
    assert!(check.code == 0 && check.out.contains(&checksum), "{}{}", check.out, check.err);

    fs::write(world.path("town/calibration.toml"), text.replace("version = 1", "version = 7"))
        .unwrap();
    let refused = world.run(&["coverage", "town"]);
    assert!(refused.code != 0 && refused.err.contains("is of form 7"), "{}", refused.err);
}

#[test]
fn what_patrols_found_changes_no_byte_of_a_forecast() {
    let world = World::new("forecast-town");
    let rows = town(&world);
    let mapping = MAPPING.replace("unit = \"unit\"", "on_view = \"unit\"");
    let mapping = format!("called = [\"N\"]\n{mapping}");
    world.write("map.toml", &mapping);
    let called: String = rows.lines().map(|row| row.to_owned() + "\n").collect();
    // The column of the unit says here who made it known.
    let called = (0..600).rev().fold(called, |text, i| text.replacen(&format!(",U{i},"), ",N,", 1));
    let found: String = called
        .lines()
        .skip(1)
        .flat_map(|row| (0..4).map(move |n| format!("p{n}-{}\n", row.replace(",N,", ",Y,"))))
        .collect();
    world.write("calls.csv", &called);
    world.write("more.csv", &(called + &found));
    let forecast = |calls: &str, output: &str| {
        let told = world.run(&[
            "forecast", "town", "--calls", calls, "--map", "map.toml", "-o", output, "--json",
        ]);
        (told.json(), fs::read_to_string(world.path(output)).unwrap())
    };
    let ((without, before), (with, after)) =
        (forecast("calls.csv", "town/a.csv"), forecast("more.csv", "town/b.csv"));
    assert_eq!(before, after);
    assert_eq!((number(&without, "/report/patrol"), number(&with, "/report/patrol")), (0, 2_400));
    assert_eq!(with["report"]["methods"], without["report"]["methods"]);

    let city = world.path("town/city.toml");
    let demand = "\n[[demand]]\nname = \"forecast\"\nmeasure = \"calls\"\nfile = \"a.csv\"\n\
                  columns = { lon = \"lon\", lat = \"lat\", id = \"id\", weight = \"weight_18_24\" }\n";
    let own = fs::read_to_string(&city).unwrap();
    fs::write(&city, own + demand).unwrap();
    let told = world.run(&["coverage", "town", "--demand", "forecast", "--json"]).json();
    assert_eq!(told["demand_measure"], "calls");
    assert!(told["demand_total"].as_f64().unwrap() > 10.0, "{}", told["demand_total"]);
}

/// San Francisco's fire brigade, April 2020: the targets, and the figures to the last digit.
#[test]
fn the_real_record_meets_its_targets_and_keeps_its_figures() {
    let Some(data) = data_root() else {
        println!("skipped: the public data of san-francisco is not there");
        return;
    };
    let world = World::new("calibrate-sf");
    let record = data.join("sf/sf_fire_calls_2020-04.csv.gz");
    let ask = |command: &str, option: &str| {
        let mut run = world.command();
        run.arg(command).arg(checkout().join("cities/san-francisco-fire"));
        run.arg(option).arg(&record).arg("--json").env("PRECINCT_DATA", &data);
        said(&mut run).json()
    };
    let told = ask("calibrate", "--responses");
    let (own, imported) = ("/calibration/held_out", "/calibration/held_out_as_imported");
    let error = |of: &str| number(&told, &format!("{of}/median_error_ms"));
    assert!(number(&told, &format!("{own}/bias_per_mille")).abs() <= 50, "{told}");
    assert!(error(own) * 100 <= error(imported) * 60, "{told}");
    assert!(
        number(&told, &format!("{own}/rank_per_mille"))
            > number(&told, &format!("{imported}/rank_per_mille"))
    );
    let forecast = ask("forecast", "--calls");
    let methods = forecast["report"]["methods"].as_array().unwrap();
    let surprise = |i: usize| number(&methods[i], "/surprise_milli");
    assert!((1..4).all(|other| surprise(0) < surprise(other)), "{methods:?}");
    let kept = json!({
        "held_out": told.pointer(own),
        "as_imported": told.pointer(imported),
        "constant": told.pointer("/calibration/held_out_constant"),
        "trips_fitted": told.pointer("/calibration/made/trips_fitted"),
        "refused": told.pointer("/report/refused"),
        "repeats": [told.pointer("/report/repeats"), told.pointer("/report/repeat_rank_per_mille")],
        "start_stop_ms": told.pointer("/calibration/speeds/start_stop_ms"),
        "class": told.pointer("/calibration/speeds/class"),
        "area": told.pointer("/calibration/speeds/area"),
        "unknown": told.pointer("/calibration/unknown_per_mille"),
        "turnout": told.pointer("/calibration/turnout/groups/0"),
        "forecast": forecast["report"],
    });
    same_as_kept("calibrate-san-francisco-fire.json", &kept);
}
