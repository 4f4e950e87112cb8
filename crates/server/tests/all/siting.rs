//! What the planner is asked over HTTP, limit by limit: money, people, capacities, places, least cover, grades and hours.

use precinct_core::Role;
use serde_json::{Value, json};

use crate::client::{Client, Town, key};

fn planner(town: &Town) -> Client {
    town.machine("plans", &[Role::Planner], 0)
}

/// What a run comes to.
#[track_caller]
fn sited(planner: &Client, asked: &Value) -> Value {
    let run = planner.ask("/api/v1/planning/runs", asked)["run"].as_u64().unwrap();
    planner.over(&format!("/api/v1/planning/runs/{run}"))
}

/// The result of a run that is done.
#[track_caller]
fn result(planner: &Client, asked: &Value) -> Value {
    let over = sited(planner, asked);
    assert_eq!(over["run"]["status"], "done", "{asked}: {over}");
    over["result"].clone()
}

fn added(result: &Value) -> usize {
    let posts = result["posts"].as_array().unwrap().iter();
    posts.filter(|post| post["post"].is_null()).count()
}

fn kinds(result: &Value) -> Vec<&str> {
    let binds = result["binds"].as_array().unwrap().iter();
    binds.map(|bind| bind["limit"].as_str().unwrap()).collect()
}

#[test]
fn money_and_people_are_limits_and_what_a_plan_takes_is_told() {
    let town = Town::peopled();
    let planner = planner(&town);
    let each = json!({"money": 10, "staff": 4});
    let asked = json!({
        "candidates": {}, "more": 9, "minutes": [1], "added": each, "money": 35,
        "posts": [{"post": 1, "terms": {"money": 5, "staff": 12}}],
    });
    let found = result(&planner, &asked);
    assert_eq!((added(&found), &found["money"], &found["staff"]), (3, &json!(35), &json!(24)));
    assert!(kinds(&found).contains(&"money"), "{found}");
    let asked = json!({
        "candidates": {}, "more": 9, "minutes": [1], "added": each, "staff": 9,
    });
    let found = result(&planner, &asked);
    assert_eq!((added(&found), &found["staff"]), (2, &json!(8)));
    assert!(kinds(&found).contains(&"staff"), "{found}");
    let asked = json!({
        "candidates": {}, "aim": "set", "least": "money", "share": 800, "minutes": [1], "added": each,
    });
    let found = result(&planner, &asked);
    assert_eq!(found["objective"], found["money"], "{found}");
}

#[test]
fn a_post_serves_no_more_than_it_can() {
    let town = Town::peopled();
    let planner = planner(&town);
    let asked = |capacity: Option<u64>| {
        json!({
            "candidates": {}, "more": 1, "minutes": [60], "keep": [], "forbid": [1, 2],
            "added": {"capacity": capacity},
        })
    };
    let without = result(&planner, &asked(None));
    assert_eq!(without["objective"], 1_260_000, "within an hour one post serves all");
    let with = result(&planner, &asked(Some(500)));
    assert_eq!(with["objective"], 500_000, "{with}");
    let binds = with["binds"].as_array().unwrap();
    assert!(binds.iter().any(|bind| bind["limit"] == "capacity"), "{with}");
    let both = json!({
        "candidates": {}, "more": 1, "aim": "backup", "minutes": [1], "added": {"capacity": 500},
    });
    let over = sited(&planner, &both);
    assert_eq!(over["run"]["status"], "failed");
    assert!(over["run"]["detail"].as_str().unwrap().contains("capacities"), "{over}");
}

#[test]
fn posts_stay_or_go_and_none_is_added_where_none_may_be() {
    let town = Town::peopled();
    let planner = planner(&town);
    let free = json!({"candidates": {}, "more": 1, "minutes": [1]});
    let best = result(&planner, &free);
    let post = best["posts"].as_array().unwrap().iter().find(|post| post["post"].is_null());
    let at = post.unwrap()["at"].clone();
    let barred = json!({"places": [at], "metres": 300});
    let asked = json!({"candidates": {}, "more": 1, "minutes": [1], "barred": barred});
    let other = result(&planner, &asked);
    let elsewhere = |post: &Value| post["post"].is_u64() || post["at"] != at;
    assert!(other["posts"].as_array().unwrap().iter().all(elsewhere), "{other}");
    assert!(other["objective"].as_u64() <= best["objective"].as_u64());
    let everywhere = json!({
        "candidates": {}, "more": 1, "minutes": [1], "barred": {"areas": [0]}, "keep": [1],
    });
    let none = result(&planner, &everywhere);
    assert_eq!(added(&none), 0, "no post may be added in the whole city: {none}");
    let gone = json!({"candidates": {}, "choose": 2, "minutes": [1], "forbid": [1]});
    let gone = result(&planner, &gone);
    assert_eq!(gone["dropped"], json!([1]), "{gone}");
    for wrong in [
        json!({"candidates": {}, "more": 1, "keep": [1], "forbid": [1]}),
        json!({"candidates": {}, "more": 1, "forbid": [99]}),
        json!({"candidates": {}, "more": 1, "posts": [{"post": 99, "terms": {}}]}),
        json!({"candidates": {}, "more": 1, "added": {"busy": 1_001}}),
        json!({"candidates": {}, "more": 1, "added": {"money": u64::MAX}}),
        json!({"candidates": {}, "more": 1, "hours": {"days": [], "bands": []}}),
        json!({"candidates": {}, "more": 1, "hours": {"days": ["2024-01-08"], "bands": [
            {"from": 24, "until": 1, "times": 1},
        ]}}),
    ] {
        let said = planner.command(&key(), "post", "/api/v1/planning/runs", &wrong);
        assert_eq!(said.status, 400, "{wrong}: {:?}", said.body);
    }
}

#[test]
fn areas_have_their_least_cover_and_grades_their_minutes() {
    let town = Town::peopled();
    let planner = planner(&town);
    let told = planner.ask("/api/v1/planning/candidates", &json!({"streets": 0}));
    let grades = told["grades"].as_array().unwrap();
    let demand: u64 = grades.iter().map(|grade| grade["demand"].as_u64().unwrap()).sum();
    assert_eq!(demand, 1_260_000, "{told}");
    assert!(grades.iter().all(|grade| grade["minutes"].as_u64() > Some(0)));
    let floor = |least: u16| {
        json!({
            "candidates": {}, "choose": 1, "keep": [], "minutes": [1],
            "floors": [{"area": 1, "least": least}],
        })
    };
    let covered = |result: &Value| {
        let areas = result["after"]["areas"].as_array().unwrap();
        let area = areas.iter().find(|area| area["area"] == 1).unwrap();
        area["covered"].as_u64().unwrap() * 1_000 / area["demand"].as_u64().unwrap()
    };
    let (free, fair) = (result(&planner, &floor(0)), result(&planner, &floor(300)));
    assert!(covered(&free) < 300 && covered(&fair) >= 300, "{free} {fair}");
    assert!(fair["objective"].as_u64() < free["objective"].as_u64());
    let whole = json!({"candidates": {}, "more": 1, "floors": [{"area": 0, "least": 1}]});
    let said = planner.command(&key(), "post", "/api/v1/planning/runs", &whole);
    assert_eq!(said.status, 400, "{:?}", said.body);
    assert!(said.body["detail"].as_str().unwrap().contains("whole city"), "{:?}", said.body);
}

#[test]
fn demand_by_hour_is_of_the_citys_own_calls_and_the_plan_is_tried_on_other_days() {
    let town = Town::peopled();
    let planner = planner(&town);
    let none = json!({
        "candidates": {}, "more": 1, "minutes": [1],
        "hours": {"days": ["2024-01-08"], "bands": [{"from": 0, "until": 24, "times": 2}]},
    });
    let over = sited(&planner, &none);
    assert_eq!(over["run"]["status"], "failed", "nothing is recorded yet: {over}");
    assert!(over["run"]["detail"].as_str().unwrap().contains("no calls on 2024-01-08"), "{over}");
    let taker = town.machine("calls", &[Role::CallTaker], 0);
    for _ in 0..3 {
        taker.call(5, 5);
    }
    let sources = planner.get("/api/v1/whatif/days").body;
    let day = sources[0]["days"][0]["day"].clone();
    let asked = |times: u32| {
        json!({
            "candidates": {}, "more": 1, "minutes": [1],
            "hours": {"days": [day], "bands": [{"from": 0, "until": 24, "times": times}]},
        })
    };
    let (once, thrice) = (result(&planner, &asked(1)), result(&planner, &asked(3)));
    let calls: u64 = once["hours"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!((calls, &once["fitted"]), (3, &json!([day])));
    assert_eq!(once["after"]["demand"], 1_260_000, "nothing is lost by spreading it over hours");
    assert_eq!(thrice["after"]["demand"], 3 * 1_260_000);
    assert_eq!(once["posts"], thrice["posts"], "all hours alike are as none");
    // The hour in which all the calls were counts for nothing: so does all demand.
    let hour = once["hours"].as_array().unwrap().iter().position(|n| n.as_u64() > Some(0));
    let (from, until) = (hour.unwrap() as u64, (hour.unwrap() as u64 + 2) % 24);
    let quiet = json!({
        "candidates": {}, "more": 1, "minutes": [1],
        "hours": {"days": [day], "bands": [{"from": from, "until": until, "times": 0}]},
    });
    let quiet = result(&planner, &quiet);
    let left = quiet["after"]["demand"].as_u64().unwrap();
    assert_eq!(left, 0, "all demand is of the hours of the calls: {quiet}");
    // It is proposed with what its hours were counted from.
    let body = json!({"run": 2, "name": {"en": "By hour"}});
    let plan = planner.done("/api/v1/plans", &body)["plan"].as_u64().unwrap();
    let inputs = planner.get(&format!("/api/v1/plans/{plan}/inputs")).body;
    assert_eq!(inputs["hours"]["source"], "record");
    assert_eq!(planner.get(&format!("/api/v1/plans/{plan}")).body["fitted"], json!([day]));
}
