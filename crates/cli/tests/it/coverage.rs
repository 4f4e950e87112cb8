//! `precinct coverage`.

use std::fs;

use serde_json::{Value, json};

use crate::world::World;

#[test]
fn shares_are_exact_and_thresholds_include_themselves() {
    let world = World::line("cover-shares");
    let answer = world.run(&["coverage", "line", "--minutes", "2,1,3.9999,1", "--json"]).json();
    assert_eq!(answer["demand_total"], json!(20));
    let within: Vec<[&Value; 3]> = answer["within"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| [&one["minutes"], &one["demand_share"], &one["street_share"]])
        .collect();
    let share = |n: f64| json!(n);
    assert_eq!(within[0], [&json!(1), &share(0.15), &share(0.25)]);
    assert_eq!(within[1], [&json!(2), &share(0.3), &share(0.5)]);
    // 0.999975 of the street: what is not all is not told to be.
    assert_eq!(within[2], [&json!(3.9999), &share(0.5), &share(0.9999)]);
    assert_eq!(within.len(), 3);
}

#[test]
fn the_worst_places_come_first_with_how_long_they_wait() {
    let world = World::line("cover-worst");
    let answer =
        world.run(&["coverage", "line", "--minutes", "2", "--worst", "1", "--json"]).json();
    let worst = answer["uncovered"].as_array().unwrap();
    assert_eq!(worst.len(), 1);
    let told =
        ["name", "demand", "minutes", "ms", "nearest_post", "places"].map(|key| &worst[0][key]);
    assert_eq!(
        told,
        [&json!("E"), &json!(10), &json!(4), &json!(240_000), &json!("West"), &json!(1)]
    );
    let table = world.run(&["coverage", "line", "--minutes", "2"]);
    let (first, second) = (table.out.find("  E ").unwrap(), table.out.find("  D ").unwrap());
    assert!(first < second && table.out.contains("4:00"), "{}", table.out);
}

#[test]
fn a_table_says_it_in_both_languages() {
    let world = World::line("cover-table");
    let english = world.run(&["coverage", "line", "--minutes", "1,2"]);
    assert!(english.out.starts_with("Line · by police car · 1 post\n"), "{}", english.out);
    assert!(
        english.out.contains("within 2 min") && english.out.contains("30.0 %"),
        "{}",
        english.out
    );
    assert!(english.out.contains("Made for a test"), "{}", english.out);
    let chinese = world.run(&["coverage", "line", "--minutes", "1,2", "--lang", "zh"]);
    assert!(chinese.out.contains("2分钟内") && chinese.out.contains("20人"), "{}", chinese.out);
}

#[test]
fn a_city_without_posts_is_told_what_to_add() {
    let world = World::town("cover-none");
    let town = fs::read_to_string(world.path("town.osm")).unwrap();
    world.write("bare.osm", &town.replace("police", "bench").replace("fire_station", "bench"));
    let said = world.run(&["coverage", "bare.osm", "--json"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("[[posts]]"), "{}", said.err);
}

#[test]
fn posts_of_other_kinds_are_counted_when_asked_for() {
    let world = World::line("cover-kinds");
    world.write("line/posts.csv", "lon,lat,name,kind\n0,0,Fire,fire_station\n");
    let said = world.run(&["coverage", "line", "--json"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("1 fire_station") && said.err.contains("--posts"), "{}", said.err);
    assert_eq!(world.run(&["coverage", "line", "--posts", "all"]).code, 0);
}

#[test]
fn an_extract_alone_is_covered_by_its_own_stations() {
    let world = World::town("cover-town");
    let answer = world.run(&["coverage", "town.osm", "--minutes", "60", "--json"]).json();
    assert_eq!(answer["posts"]["kinds"], json!({ "police_station": 1 }));
    assert_eq!(answer["within"][0]["street_share"], json!(1));
    assert!(answer["cut_off_km"].as_f64().unwrap() > 1.0, "{answer}");
    let all = world.run(&["coverage", "town.osm", "--minutes", "60", "--islands", "--json"]).json();
    assert!(all["within"][0]["street_share"].as_f64().unwrap() < 0.8, "{all}");
}

#[test]
fn streets_posts_and_places_are_features() {
    let world = World::line("cover-features");
    let answer = world.run(&["coverage", "line", "--minutes", "1,2", "--geojson"]).json();
    let what: Vec<&str> = answer["features"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|f| f["properties"]["what"].as_str())
        .collect();
    assert_eq!(what, ["streets", "streets", "streets", "post", "uncovered", "uncovered"]);
    let bands = &answer["features"][1]["properties"];
    assert_eq!((&bands["over_minutes"], &bands["within_minutes"]), (&json!(1), &json!(2)));
}

#[test]
fn the_map_is_drawn_and_the_same_every_time() {
    let world = World::line("cover-map");
    world
        .write("line/posts.csv", "lon,lat,name,kind\n0,0,\"<West> & \"\"Co\"\"\",police_station\n");
    let draw = |name: &str, extra: &[&str]| {
        let said = world
            .run(&[&["coverage", "line", "--minutes", "1,2", "--map", name][..], extra].concat());
        assert_eq!(said.code, 0, "{}", said.err);
        fs::read_to_string(world.path(name)).unwrap()
    };
    let (one, two) = (draw("one.svg", &[]), draw("two.svg", &["--json"]));
    assert_eq!(one, two);
    assert!(one.starts_with("<svg ") && one.ends_with("</svg>\n"));
    for part in [
        "prefers-color-scheme:dark",
        "Line: minutes from the nearest post",
        "within 2 min",
        "Made for a test",
        "30.0 %",
    ] {
        assert!(one.contains(part), "{part} is missing");
    }
    assert!(draw("zh.svg", &["--lang", "zh", "--theme", "dark"]).contains("线：最近岗点到达时间"));
    assert!(one.len() < 20_000, "{}", one.len());
}

#[test]
fn without_demand_streets_alone_are_told() {
    let world = World::town("cover-streets");
    let town = fs::read_to_string(world.path("town.osm")).unwrap();
    world.write(
        "town.osm",
        &town.replace(
            "<tag k=\"highway\" v=\"residential\"/>",
            "<tag k=\"highway\" v=\"tertiary\"/>",
        ),
    );
    let answer = world.run(&["coverage", "town.osm", "--minutes", "1", "--json"]).json();
    assert_eq!(
        (&answer["demand_total"], &answer["within"][0]["demand_share"]),
        (&json!(0), &Value::Null)
    );
    let table = world.run(&["coverage", "town.osm", "--minutes", "1"]);
    assert!(table.out.contains("Streets") && !table.out.contains("Demand"), "{}", table.out);
}
