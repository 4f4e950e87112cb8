//! Patrol plans over HTTP, and long computations after a restart.

use precinct_core::Role;
use serde_json::{Value, json};

use crate::city::crossing;
use crate::client::Town;
use crate::gate::{give, refused, write_calls};
use crate::person::{administrator, person};

/// Every day from 08:00 to 16:00.
fn days() -> String {
    "00ff00".repeat(7)
}

/// Every day from 16:00 to 24:00.
fn evenings() -> String {
    "0000ff".repeat(7)
}

fn patrol() -> Value {
    json!({
        "name": {"en": "Two corners", "zh": "两处巡区"},
        "beats": [
            {"name": {"en": "Market"}, "at": crossing(4, 4)}, {"name": {"en": "Pier"}, "at": crossing(0, 5)},
        ],
        "tours": [
            {"unit": 11, "beat": 0, "hours": days()}, {"unit": 11, "beat": 1, "hours": evenings()},
            {"unit": 12, "beat": 1, "hours": days()},
        ],
        "fitted": ["2024-01-08"],
    })
}

fn town() -> Town {
    let town = Town::peopled();
    write_calls(&town);
    let control = town.control();
    for unit in 11..=13 {
        control.on_duty(unit, 1, 1);
    }
    town
}

fn trial(day: &str, plan: u64) -> Value {
    json!({"days": [day], "source": "january.csv", "seeds": 2, "one": {}, "other": {"plan": plan}})
}

#[test]
fn a_patrol_plan_goes_through_the_gate_that_plans_of_posts_go_through() {
    let town = town();
    let administrator = administrator(&town);
    let planner = person(&administrator, "P1", "planner", 0);
    let officer = person(&administrator, "D1", "duty_officer", 0);
    let plan = planner.done("/api/v1/plans/patrols", &patrol())["plan"].as_u64().unwrap();
    let path = format!("/api/v1/plans/{plan}");
    let known = planner.get(&path).body;
    assert_eq!((&known["kind"], &known["aim"]), (&json!("patrol"), &json!("presence")));
    // By hand: 56 hours a week each of three tours, of the 168 of two units.
    assert_eq!((&known["objective"], &known["bound"]), (&json!(168), &json!(336)));
    let told = planner.get(&format!("{path}/document")).body;
    assert_eq!(told["beats"].as_array().unwrap().len(), 2);
    assert_eq!(planner.get(&format!("{path}/inputs")).body["units"][1]["unit"], 12);
    refused(&give(&planner, &format!("{path}/publication"), &json!({})), 409, "not tried");

    // Units that are made up are none of the plan's; the days it was made from prove nothing.
    let mut made_up = trial("2024-01-09", plan);
    made_up["per_post"] = json!(2);
    refused(&give(&planner, "/api/v1/whatif/runs", &made_up), 400, "units of the board");
    let tried = |day: &str| {
        let run = planner.ask("/api/v1/whatif/runs", &trial(day, plan))["run"].as_u64().unwrap();
        let over = planner.over(&format!("/api/v1/whatif/runs/{run}"));
        assert_eq!(over["run"]["status"], "done", "{over}");
        (run, over["result"].clone())
    };
    let simulation = format!("{path}/simulation");
    let (fitted, _) = tried("2024-01-08");
    refused(&give(&planner, &simulation, &json!({"run": fitted})), 409, "calls of 2024-01-08");
    let (held_out, result) = tried("2024-01-09");
    let [one, other] = [&result["arms"][0], &result["arms"][1]];
    assert_eq!((&one["duty_hours"], &result["runs"]), (&other["duty_hours"], &json!(2)));
    assert_ne!(one["km"], other["km"], "units that stand elsewhere drive otherwise");
    planner.done(&simulation, &json!({"run": held_out}));
    refused(&give(&planner, &format!("{path}/publication"), &json!({})), 409, "not approved");
    officer.done(&format!("{path}/approval"), &json!({"reason": "other"}));
    planner.done(&format!("{path}/publication"), &json!({}));
    assert_eq!(planner.get(&path).body["status"], "published");
    assert_eq!(planner.get("/api/v1/posts").body["items"].as_array().unwrap().len(), 2);
    let compare = planner.get(&format!("/api/v1/plans/compare?one={plan}"));
    refused(&compare, 409, "has no posts to compare");
}

#[test]
fn a_patrol_plan_that_cannot_be_walked_is_not_proposed() {
    let town = town();
    let planner = town.machine("plans", &[Role::Planner], 0);
    let with = |change: &dyn Fn(&mut Value)| {
        let mut body = patrol();
        change(&mut body);
        give(&planner, "/api/v1/plans/patrols", &body)
    };
    refused(&with(&|body| body["tours"][1]["hours"] = json!(days())), 400, "on two beats");
    refused(&with(&|body| body["tours"][2]["beat"] = json!(2)), 400, "counted from 0");
    refused(&with(&|body| body["beats"][1]["at"] = json!([0.0, 0.0])), 400, "near no street");
    refused(&with(&|body| body["tours"] = json!([body["tours"][0]])), 400, "has no tour");
    refused(&with(&|body| body["beats"] = json!([])), 400, "1 to 200");
    refused(&with(&|body| body["area"] = json!(2)), 400, "not in area");
    assert_eq!(with(&|body| body["tours"][2]["unit"] = json!(99)).status, 404);
    assert_eq!(planner.get("/api/v1/plans").body["items"], json!([]));
}

#[test]
fn what_came_of_a_trial_is_there_after_a_restart_and_it_can_be_started_again() {
    let town = town();
    let planner = town.machine("plans", &[Role::Planner], 0);
    let plan = planner.done("/api/v1/plans/patrols", &patrol())["plan"].as_u64().unwrap();
    for _ in 0..2 {
        planner.ask("/api/v1/whatif/runs", &trial("2024-01-09", plan));
    }
    let (first, second) = ("/api/v1/whatif/runs/1", "/api/v1/whatif/runs/2");
    let before = [planner.over(first), planner.over(second)];
    assert_eq!(planner.get(&format!("{first}/trace")).status, 200);
    let town = town.restarted();
    let planner = town.machine("later", &[Role::Planner], 0);
    assert_eq!(planner.get("/api/v1/whatif/runs").body.as_array().unwrap().len(), 2);
    assert_eq!([planner.get(first).body, planner.get(second).body], before);
    refused(&planner.get(&format!("{first}/trace")), 409, "Start it again");
    let again = planner.ask(&format!("{first}/again"), &json!({}));
    assert_eq!((&again["run"], &again["by"]), (&json!(3), &json!("key/later")));
    let over = planner.over("/api/v1/whatif/runs/3");
    let differences = |of: &Value| of["result"]["differences"].clone();
    assert_eq!(differences(&over), differences(&before[0]));
    assert_eq!(planner.get("/api/v1/whatif/runs/3/trace").status, 200);
    // It proves the plan as it did before; one that was cut short does not.
    planner.done(&format!("/api/v1/plans/{plan}/simulation"), &json!({"run": 1}));
    let file = town.folder.path().join("data/runs/2.json");
    let mut short: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    short["result"]["runs"] = json!(1);
    short["run"]["status"] = json!("running");
    std::fs::write(&file, short.to_string()).unwrap();
    let town = town.restarted();
    let planner = town.machine("last", &[Role::Planner], 0);
    assert_eq!(planner.get(second).body["run"]["status"], "cut_off");
    let simulation = format!("/api/v1/plans/{plan}/simulation");
    refused(&give(&planner, &simulation, &json!({"run": 2})), 409, "start it again");
}
