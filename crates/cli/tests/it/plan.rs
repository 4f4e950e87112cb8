//! `precinct plan`.

use std::fs;

use serde_json::{Value, json};

use crate::world::{CALLS_MAPPING, World};

/// Two pairs of places and one far away.
const PLACES: &str = "x y w\n0 0 5\n1 0 4\n5 5 10\n6 5 1\n20 20 3\n";

fn cover(world: &World, more: &[&str]) -> Value {
    world.write("places.txt", PLACES);
    let given = ["plan", "cover", "--instance", "places.txt", "--radius", "1.5", "--json"];
    world.run(&[&given[..], more].concat()).json()
}

#[test]
fn published_instances_run_as_they_are() {
    let world = World::new("plan-cover");
    let most = cover(&world, &["--choose", "2"]);
    let told = ["objective", "bound", "gap", "proven", "demand_share"].map(|key| &most[key]);
    assert_eq!(told, [&json!(20.0), &json!(20.0), &json!(0.0), &json!(true), &json!(0.8696)]);
    assert_eq!(most["chosen"].as_array().unwrap().len(), 2);
    let all = cover(&world, &["--objective", "set"]);
    assert_eq!((&all["objective"], &all["demand_share"]), (&json!(3.0), &json!(1)));
    let mean = cover(&world, &["--objective", "median", "--choose", "3"]);
    assert_eq!((&mean["objective"], &mean["chosen"]), (&json!(5.0), &json!([0, 2, 4])));
    let centre = cover(&world, &["--objective", "centre", "--choose", "3"]);
    assert_eq!(centre["objective"], json!(1.0));
}

#[test]
fn a_graph_of_the_or_library_is_measured_along_its_edges() {
    let world = World::new("plan-graph");
    world.write("pmed.txt", " 4 3 1\n 1 2 3\n 2 3 4\n 2 4 5\n");
    let given = ["plan", "cover", "--instance", "pmed.txt", "--objective", "median", "--json"];
    let answer = world.run(&given).json();
    assert_eq!((&answer["objective"], &answer["chosen"]), (&json!(12.0), &json!([1])));
}

#[test]
fn what_cannot_be_asked_is_said() {
    let world = World::new("plan-wrong");
    world.write("places.txt", PLACES);
    let given = ["plan", "cover", "--instance", "places.txt", "--choose", "2"];
    let said = world.run(&given);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("--radius"), "{}", said.err);
    let said = world.run(&[&given[..4], &["--radius", "1"]].concat());
    assert!(said.code == 2 && said.err.contains("how many posts"), "{}", said.err);
    world.write("places.txt", "1 2\nx y\n");
    let said = world.run(&[&given[..], &["--radius", "1"]].concat());
    assert!(said.code == 1 && said.err.contains("line 2"), "{}", said.err);
}

/// Places on the road of a line, for a list of candidates.
const PLACES_OF_LINE: &str = "lon,lat,name\n0.018,0,middle\n0.036,0,far end\n";

fn posts(more: &[&str]) -> Vec<String> {
    let given = ["plan", "posts", "line", "--minutes", "1", "--choose", "1"];
    given.iter().chain(more).map(|&word| word.to_owned()).collect()
}

fn run(world: &World, more: &[&str]) -> crate::world::Said {
    let given = posts(more);
    world.run(&given.iter().map(String::as_str).collect::<Vec<&str>>())
}

#[test]
fn a_city_is_planned_and_the_plan_audited() {
    let world = World::line("plan-posts");
    world.write("places.csv", PLACES_OF_LINE);
    let list = ["--candidates", "places.csv", "--keep", "all"];
    let answer = run(&world, &[&list[..], &["--json", "--save", "plan.json"]].concat()).json();
    assert_eq!((&answer["proven"], &answer["gap"]), (&json!(true), &json!(0.0)));
    let (before, after) = (&answer["before"]["demand_share"], &answer["after"]["demand_share"]);
    assert!(after.as_f64() > before.as_f64(), "{before} {after}");
    assert_eq!(answer["chosen"].as_array().unwrap().len(), 1);
    assert_eq!(answer["chosen"][0]["name"], json!("far end"));
    let sound = world.run(&["plan", "audit", "plan.json", "line"]);
    assert!(sound.code == 0 && sound.out.contains("sound"), "{} {}", sound.out, sound.err);
    let text = fs::read_to_string(world.path("plan.json")).unwrap();
    let mut plan: Value = serde_json::from_str(&text).unwrap();
    plan["answer"]["chosen"] = json!([0]);
    world.write("plan.json", &plan.to_string());
    let spoilt = world.run(&["plan", "audit", "plan.json", "line", "--json"]);
    assert_eq!(spoilt.code, 1);
    assert!(spoilt.out.contains("changed after it was sealed"), "{}", spoilt.out);
}

#[test]
fn a_report_and_tables_say_it_in_both_languages() {
    let world = World::line("plan-report");
    world.write("places.csv", PLACES_OF_LINE);
    let list = ["--candidates", "places.csv", "--keep", "all"];
    let english = run(&world, &[&list[..], &["--report", "plan.html"]].concat());
    assert!(english.out.contains("no better plan is possible"), "{} {}", english.out, english.err);
    assert!(english.out.contains("far end"), "{}", english.out);
    let page = fs::read_to_string(world.path("plan.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.matches("<svg").count() == 2, "{page}");
    assert!(!page.contains("http://") || page.matches("http://www.w3.org/2000/svg").count() == 2);
    let chinese = run(&world, &[&list[..], &["--lang", "zh"]].concat());
    assert!(chinese.out.contains("已证明不存在更优方案"), "{}", chinese.out);
}

/// The west calls at three in the morning, the east at three in the afternoon: who counts the night alone posts nobody in the east.
#[test]
fn hours_that_count_move_a_post_and_the_plan_is_gone_over_with_its_calls() {
    let world = World::line("plan-hours");
    world.two_districts();
    world.write("places.csv", PLACES_OF_LINE);
    let call = |i: u32| {
        let (hour, lon) = if i.is_multiple_of(2) { ("03", "0.009") } else { ("15", "0.036") };
        format!("{i},2024-01-08T{hour}:{:02}:00,noise,{lon},0\n", i / 2 % 60)
    };
    world.write(
        "calls.csv",
        &(0..600).fold("id,at,kind,lon,lat\n".to_owned(), |text, i| text + &call(i)),
    );
    world.write("map.toml", CALLS_MAPPING);
    let asked = ["plan", "posts", "line", "--minutes", "1", "--choose", "1", "--candidates"];
    let asked = [&asked[..], &["places.csv", "--json"]].concat();
    let calls = ["--calls", "calls.csv", "--calls-map", "map.toml"];
    let chosen = |more: &[&str]| {
        let told = world.run(&[&asked[..], more].concat()).json();
        (told["chosen"][0]["name"].as_str().unwrap().to_owned(), told)
    };
    let (always, told) = chosen(&[]);
    assert_eq!((always.as_str(), told.get("hours")), ("far end", None), "{told}");
    let night = ["--hours", "0-12:1,12-24:0", "--save", "night.json"];
    let (at_night, told) = chosen(&[&night[..], &calls].concat());
    assert_eq!(at_night, "middle", "{told}");
    assert_eq!(
        (&told["hours"]["calls"][3], &told["hours"]["calls"][15]),
        (&json!(300), &json!(300))
    );
    assert_eq!((&told["hours"]["times"][11], &told["hours"]["times"][12]), (&json!(1), &json!(0)));
    let audit = ["plan", "audit", "night.json", "line"];
    assert_eq!(world.run(&[&audit[..], &calls].concat()).code, 0);
    let said = world.run(&audit);
    assert!(said.code == 2 && said.err.contains("--calls"), "{}", said.err);
    for (wrong, why) in [
        (&["--hours", "0-12:0,12-24:0"][..], "no hour counts"),
        (&["--hours", "0-12:2,11-13:1"][..], "two bands"),
        (&[][..], "--hours"),
    ] {
        let said = world.run(&[&asked[..], wrong, &calls].concat());
        assert!(said.code == 2 && said.err.contains(why), "{}", said.err);
    }
}
