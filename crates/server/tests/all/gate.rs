//! The gate: a plan holds only once it was tried on days it was not made from, and a second person approved it.

use std::fmt::Write as _;

use precinct_core::Role;
use serde_json::{Value, json};

use crate::city::place;
use crate::client::{Client, Said, Town, key};
use crate::person::{administrator, person};

const MAPPING: &str = r#"
default_kind = "noise"
[columns]
id = "nr"
received = "at"
kind = "what"
lon = "lon"
lat = "lat"
priority = "urgent"
[time]
format = "%Y-%m-%d %H:%M"
zone = "Asia/Macau"
[priorities]
1 = 1
3 = 3
"#;

/// Three days of calls all over the town, an hour and a bit apart.
pub(crate) fn write_calls(town: &Town) {
    let folder = town.folder.path().join("data/calls");
    std::fs::create_dir_all(&folder).unwrap();
    let mut text = "nr,at,what,lon,lat,urgent\n".to_owned();
    for n in 0..66_i64 {
        let (day, minute) = (8 + n / 22, n % 22 * 65);
        let (lon, lat) = place(n * 7 % 6, n * 5 % 6).degrees();
        let (hour, minute) = (minute / 60, minute % 60);
        let urgent = 1 + n % 2 * 2;
        writeln!(
            text,
            "{n},2024-01-{day:02} {hour:02}:{minute:02},noise,{lon:.7},{lat:.7},{urgent}"
        )
        .unwrap();
    }
    std::fs::write(folder.join("january.csv"), text).unwrap();
    std::fs::write(folder.join("january.toml"), MAPPING).unwrap();
}

/// A plan of two more posts, made from the calls of the eighth; its number.
fn proposed(by: &Client) -> u64 {
    let asked = json!({"candidates": {}, "more": 2, "minutes": [1], "fitted": ["2024-01-08"]});
    let run = by.ask("/api/v1/planning/runs", &asked)["run"].as_u64().unwrap();
    by.over(&format!("/api/v1/planning/runs/{run}"));
    let body = json!({"run": run, "name": {"en": "Two more"}});
    by.done("/api/v1/plans", &body)["plan"].as_u64().unwrap()
}

/// A trial on days; its number, and what it came to.
fn tried(by: &Client, days: &[&str], other: &Value) -> (u64, Value) {
    let asked = json!({
        "days": days, "source": "january.csv", "per_post": 2, "seeds": 3, "other": other,
    });
    let run = by.ask("/api/v1/whatif/runs", &asked)["run"].as_u64().unwrap();
    let over = by.over(&format!("/api/v1/whatif/runs/{run}"));
    assert_eq!(over["run"]["status"], "done", "{over}");
    (run, over["result"].clone())
}

pub(crate) fn give(by: &Client, path: &str, body: &Value) -> Said {
    by.command(&key(), "post", path, body)
}

#[track_caller]
pub(crate) fn refused(said: &Said, status: u16, part: &str) {
    assert_eq!(said.status, status, "{:?}", said.body);
    assert!(said.body["detail"].as_str().unwrap().contains(part), "{}", said.body);
}

#[test]
fn a_plan_holds_once_it_was_tried_and_approved_by_a_second_person() {
    let town = Town::peopled();
    write_calls(&town);
    let administrator = administrator(&town);
    let planner = person(&administrator, "P1", "planner", 0);
    let officer = person(&administrator, "D1", "duty_officer", 0);
    let plan = proposed(&planner);
    let path = format!("/api/v1/plans/{plan}");
    let (approval, publication) = (format!("{path}/approval"), format!("{path}/publication"));
    let (simulation, because) = (format!("{path}/simulation"), json!({"reason": "other"}));

    // Untried it is neither approved nor published.
    refused(&give(&officer, &approval, &because), 409, "not tried");
    refused(&give(&planner, &publication, &json!({})), 409, "not tried");

    // A trial on the days it was made from proves nothing; nor does one of something else.
    let (fitted, _) = tried(&planner, &["2024-01-08"], &json!({"plan": plan}));
    refused(&give(&planner, &simulation, &json!({"run": fitted})), 409, "calls of 2024-01-08");
    let moved = json!({"change": "close", "streets": ["Street 3"]});
    let (changed, _) = tried(&planner, &["2024-01-09"], &json!({"plan": plan, "changes": [moved]}));
    refused(&give(&planner, &simulation, &json!({"run": changed})), 409, "without further changes");

    let (held_out, result) = tried(&planner, &["2024-01-09", "2024-01-10"], &json!({"plan": plan}));
    planner.done(&simulation, &json!({"run": held_out}));
    let known = planner.get(&path).body;
    assert_eq!(known["trials"][0]["days"], json!(["2024-01-09", "2024-01-10"]));
    let file = known["trials"][0]["result"].as_str().unwrap().to_owned();
    let kept = officer.get(&format!("{path}/trials/{file}")).body;
    assert_eq!((&kept["plan"], &kept["trial"]), (&json!(plan), &result));
    assert_eq!(officer.get(&format!("{path}/trials/{}", "0".repeat(64))).status, 404);

    // Tried it is not approved yet; a machine does not approve, and who may not does not either.
    refused(&give(&planner, &publication, &json!({})), 409, "not approved");
    assert_eq!(give(&planner, &approval, &because).status, 403);
    assert_eq!(give(&town.control(), &approval, &because).status, 403);
    officer.done(&approval, &because);
    assert_eq!(planner.get(&path).body["approval"]["by"], "D1");

    let posts = |of: &Client| of.get("/api/v1/posts").body["items"].as_array().unwrap().len();
    assert_eq!(posts(&officer), 2);
    planner.done(&publication, &json!({}));
    let known = planner.get(&path).body;
    assert_eq!((posts(&officer), &known["status"]), (4, &json!("published")));
    assert_eq!(known["publication"]["planned"].as_array().unwrap().len(), 2);

    // Withdrawn, its posts go.
    planner.done(&format!("{path}/withdrawal"), &json!({"reason": "not_needed"}));
    assert_eq!((posts(&officer), &planner.get(&path).body["status"]), (2, &json!("withdrawn")));
    let town = town.restarted();
    assert_eq!(posts(&town.machine("after", &[Role::Dispatcher], 0)), 2);
}

#[test]
fn who_proposed_a_plan_does_not_approve_it_whatever_else_they_are() {
    let town = Town::peopled();
    write_calls(&town);
    let administrator = administrator(&town);
    let officer = person(&administrator, "D1", "duty_officer", 0);
    let plan = proposed(&officer);
    let (run, _) = tried(&officer, &["2024-01-10"], &json!({"plan": plan}));
    officer.done(&format!("/api/v1/plans/{plan}/simulation"), &json!({"run": run}));
    let approval = format!("/api/v1/plans/{plan}/approval");
    let because = json!({"reason": "other"});
    refused(&give(&officer, &approval, &because), 409, "proposed by D1");
    person(&administrator, "D2", "commander", 0).done(&approval, &because);
}

#[test]
fn a_document_that_was_altered_after_its_approval_is_not_published() {
    let town = Town::peopled();
    write_calls(&town);
    let administrator = administrator(&town);
    let planner = person(&administrator, "P1", "planner", 0);
    let officer = person(&administrator, "D1", "duty_officer", 0);
    let plan = proposed(&planner);
    let path = format!("/api/v1/plans/{plan}");
    let (run, _) = tried(&planner, &["2024-01-10"], &json!({"plan": plan}));
    planner.done(&format!("{path}/simulation"), &json!({"run": run}));
    officer.done(&format!("{path}/approval"), &json!({"reason": "other"}));
    let file = planner.get(&path).body["document"].as_str().unwrap().to_owned();
    let file = town.folder.path().join(format!("data/plans/{file}.json"));
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(
        &file,
        text.replace("\"post_kind\":\"standby\"", "\"post_kind\":\"checkpoint\""),
    )
    .unwrap();
    let said = give(&planner, &format!("{path}/publication"), &json!({}));
    refused(&said, 409, "not the one that was recorded");
    std::fs::write(&file, text).unwrap();
    planner.done(&format!("{path}/publication"), &json!({}));
}

#[test]
fn calls_in_an_area_have_figures_beside_those_of_the_whole() {
    let town = Town::peopled();
    write_calls(&town);
    let control = town.control();
    let asked = |area: &Value| {
        json!({
            "days": ["2024-01-08", "2024-01-09"], "source": "january.csv", "per_post": 2, "seeds": 2, "area": area,
            "other": {"changes": [{"change": "remove_post", "post": 2}]},
        })
    };
    let tried = |area: Value| {
        let run = control.ask("/api/v1/whatif/runs", &asked(&area))["run"].as_u64().unwrap();
        control.over(&format!("/api/v1/whatif/runs/{run}"))["result"].clone()
    };
    let (whole, west, east, all) =
        (tried(Value::Null), tried(json!(1)), tried(json!(2)), tried(json!(0)));
    assert_eq!(whole["part"], Value::Null);
    // What is told of the whole is the same whichever area is asked about.
    for of in [&west, &east, &all] {
        assert_eq!((&of["arms"], &of["differences"]), (&whole["arms"], &whole["differences"]));
    }
    assert_eq!(all["part"]["arms"][1]["all"], whole["arms"][1]["all"]);
    let calls = |of: &Value| of["part"]["calls"].as_u64().unwrap();
    assert_eq!((calls(&west) + calls(&east), calls(&all)), (44, 44));
    assert_eq!(west["part"]["arms"][0]["all"]["calls"], 2 * calls(&west));
    // The post that goes stood in the east.
    let later = |of: &Value| {
        let all = of["part"]["differences"].as_array().unwrap();
        let figure = |name: &str| all.iter().find(|one| one["figure"] == name);
        assert!(figure("km").is_none(), "what units did is of the whole");
        figure("mean_ms").unwrap()["difference"].as_f64().unwrap()
    };
    assert!(later(&east) > 30_000.0 && later(&east) > later(&west), "{east} {west}");
    let said = control.command(&key(), "post", "/api/v1/whatif/runs", &asked(&json!(99)));
    assert_eq!(said.status, 404, "{:?}", said.body);
}

#[test]
fn two_plans_are_tried_on_the_same_days_and_their_difference_is_told_with_its_interval() {
    let town = Town::peopled();
    write_calls(&town);
    let control = town.control();
    let days = control.get("/api/v1/whatif/days").body;
    assert_eq!((&days[0]["source"], &days[0]["days"]), (&json!("record"), &json!([])));
    assert_eq!(days[1]["source"], "january.csv");
    let first = json!({"day": "2024-01-08", "calls": 22});
    assert_eq!((&days[1]["days"][0], days[1]["days"].as_array().unwrap().len()), (&first, 3));
    let more = json!({"name": "more", "changes": [
        {"change": "add_post", "name": {"en": "Middle"}, "at": crate::city::crossing(3, 3), "units": [1]},
        {"change": "add_units", "like": 0, "post": 1, "count": 2},
        {"change": "take_off", "unit": 2, "hours": format!("ff{}", "0".repeat(40))},
    ]});
    let all = ["2024-01-08", "2024-01-09", "2024-01-10"];
    let (_, result) = tried(&control, &all, &more);
    assert_eq!(
        (&result["calls"], &result["seeds"], &result["basis"]),
        (&json!(66), &json!(3), &json!("pieces"))
    );
    let arms = result["arms"].as_array().unwrap();
    assert_eq!((&arms[0]["units"], &arms[1]["units"]), (&json!(4), &json!(6)));
    assert_eq!(arms[0]["all"]["calls"], 3 * 66);
    assert!(arms[0]["all"]["p50_ms"].as_u64() <= arms[0]["all"]["p90_ms"].as_u64());
    let differences = result["differences"].as_array().unwrap();
    let mean = differences.iter().find(|one| one["figure"] == "mean_ms").unwrap();
    assert!(mean["difference"].as_f64().unwrap() < 0.0, "a post in the middle is nearer: {mean}");
    assert_eq!((mean["interval"].as_array().unwrap().len(), &mean["observations"]), (2, &json!(3)));
    let (run, again) = tried(&control, &all, &more);
    assert_eq!(again, result, "the same once more");
    watched(&control, run);
    for (wrong, status) in [
        (json!({"days": []}), 400),
        (json!({"days": ["2024-02-30"]}), 400),
        (json!({"days": ["2024-01-08"], "seeds": 0}), 400),
        (json!({"days": ["2024-01-08"], "pace": 1}), 400),
        (json!({"days": ["2024-01-08"]}), 409),
        (json!({"days": ["2024-01-08"], "per_post": 1, "one": {"policy": "best"}}), 400),
        (json!({"days": ["2024-01-08"], "per_post": 1, "one": {"plan": 7}}), 404),
        (
            json!({"days": ["2024-01-08"], "per_post": 1, "one": {"changes": [{"change": "remove_post", "post": 9}]}}),
            400,
        ),
    ] {
        let said = give(&control, "/api/v1/whatif/runs", &wrong);
        assert_eq!(said.status, status, "{wrong}: {:?}", said.body);
    }
    let asked = json!({"days": ["2024-03-01"], "source": "january.csv", "per_post": 1});
    let run = control.ask("/api/v1/whatif/runs", &asked)["run"].as_u64().unwrap();
    let over = control.over(&format!("/api/v1/whatif/runs/{run}"));
    assert_eq!(over["run"]["detail"], "january.csv has no calls on 2024-03-01");
}

#[test]
fn days_of_the_citys_own_record_can_be_tried() {
    let town = Town::peopled();
    let control = town.control();
    control.on_duty(1, 1, 1);
    control.on_duty(2, 2, 2);
    (0..5).for_each(|n| {
        control.call(n, n);
    });
    let days = control.get("/api/v1/whatif/days").body;
    let days = days[0]["days"].as_array().unwrap();
    let calls: u64 = days.iter().map(|day| day["calls"].as_u64().unwrap()).sum();
    assert_eq!(calls, 5);
    let all: Vec<&Value> = days.iter().map(|day| &day["day"]).collect();
    let run = control.ask("/api/v1/whatif/runs", &json!({"days": all, "seeds": 1}))["run"].as_u64();
    let over = control.over(&format!("/api/v1/whatif/runs/{}", run.unwrap()));
    assert_eq!(over["result"]["calls"], 5, "{over}");
    assert_eq!(over["result"]["arms"][0]["units"], 2);
    control.call(5, 5);
    let again = control.get("/api/v1/whatif/days").body;
    let calls =
        again[0]["days"].as_array().unwrap().iter().map(|day| day["calls"].as_u64().unwrap());
    assert_eq!(calls.sum::<u64>(), 6);
}

/// A day of the trial, as it can be watched.
fn watched(control: &Client, run: u64) {
    let path = format!("/api/v1/whatif/runs/{run}/trace");
    let trace = control.get(&format!("{path}?arm=other&day=2024-01-09&seed=2")).body;
    assert_eq!((&trace["day"], &trace["arm"]), (&json!("2024-01-09"), &json!("more")), "{trace}");
    assert_eq!(
        (trace["lasts_ms"].as_i64(), trace["posts"].as_array().unwrap().len()),
        (Some(86_400_000), 3)
    );
    let calls = trace["calls"].as_array().unwrap();
    assert_eq!(calls.len(), 22);
    let mut drives = 0;
    for unit in trace["units"].as_array().unwrap() {
        let mut at = unit["home"].clone();
        let mut last = i64::MIN;
        for leg in unit["legs"].as_array().unwrap() {
            let (from, until) =
                (leg["from_ms"].as_i64().unwrap(), leg["until_ms"].as_i64().unwrap());
            assert!(last <= from && from <= until, "{unit}");
            let way = leg["path"].as_array().unwrap();
            assert_eq!(way[0], at, "a drive begins where the last one ended");
            (last, at) = (until, way[way.len() - 1].clone());
            drives += u32::from(leg["incident"].is_u64());
        }
    }
    let reached = calls.iter().filter(|call| call["on_scene_ms"].is_u64()).count();
    assert!(drives as usize >= reached && reached > 0, "{drives} drives, {reached} calls");
    assert_eq!(control.get(&format!("{path}?arm=third")).status, 400);
    assert_eq!(control.get(&format!("{path}?day=2024-05-01")).status, 400);
    assert_eq!(control.get(&format!("{path}?seed=4")).status, 400);
}
