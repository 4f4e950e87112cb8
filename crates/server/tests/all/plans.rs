//! Plans over HTTP: what posts cover, where they could stand, runs of the planner, and plans on record.

use precinct_core::Role;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::city::crossing;
use crate::client::{Client, Town, key};

fn planner(town: &Town) -> Client {
    town.machine("plans", &[Role::Planner], 0)
}

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|one| one.as_u64().unwrap()).collect()
}

#[test]
fn what_posts_cover_is_told_at_once_by_hour_area_and_post() {
    let town = Town::peopled();
    let planner = planner(&town);
    let corner = json!({"at": crossing(0, 0)});
    // Manned on Mondays from 00:00 to 08:00 alone.
    let early = json!({"at": crossing(5, 5), "hours": format!("ff{}", "0".repeat(40))});
    let asked = json!({"posts": [corner, early], "minutes": [1, 3, 60]});
    let told = planner.ask("/api/v1/planning/cover", &asked);
    // 36 crossings, with 10 to 60 people from west to east.
    assert_eq!((told["demand"].as_u64(), &told["measure"]), (Some(1_260_000), &json!("people")));
    let within = numbers(&told["within"]);
    assert!(within.is_sorted() && within[2] == 10_000 && within[0] > 0, "{told}");
    assert_eq!(told["twice"][2], 10_000, "within an hour both reach all");
    let hours = told["hours"].as_array().unwrap();
    let of = |posts: u64| hours.iter().find(|one| one["posts"] == posts).unwrap();
    assert_eq!(of(2)["hours"], format!("ff{}", "0".repeat(40)));
    assert!(numbers(&of(1)["within"])[0] < numbers(&of(2)["within"])[0]);
    let areas = told["areas"].as_array().unwrap();
    let demand: u64 = areas.iter().map(|area| area["demand"].as_u64().unwrap()).sum();
    assert_eq!((areas.len(), demand), (2, 1_260_000));
    let posts = told["posts"].as_array().unwrap();
    assert_eq!(posts[0]["off_road"], false);
    assert_eq!(numbers(&posts[0]["only"])[2], 0, "nothing is lost within an hour");
    // On a Tuesday the second is not there.
    let tuesday = json!({"posts": [corner, early], "minutes": [1], "hour": 30});
    let told = planner.ask("/api/v1/planning/cover", &tuesday);
    assert_eq!(told["within"][0], of(1)["within"][0]);
    assert_eq!(told["features"], json!([]));
    let outlined = json!({"posts": [corner], "minutes": [1, 3], "outlines": true});
    let told = planner.ask("/api/v1/planning/cover", &outlined);
    assert_eq!(told["features"].as_array().unwrap().len(), 2);
    assert_eq!(told["features"][0]["geometry"]["type"], "MultiPolygon");
}

#[test]
fn who_gains_and_who_loses_by_a_dragged_post_is_told() {
    let town = Town::peopled();
    let planner = planner(&town);
    let asked = json!({
        "posts": [{"at": crossing(5, 5)}], "against": [{"at": crossing(0, 0)}], "minutes": [1],
    });
    let told = planner.ask("/api/v1/planning/cover", &asked);
    let change = &told["change"];
    assert_eq!(change["gains"], told["within"][0], "nobody had both");
    assert_eq!(change["loses"], change["before"][0]);
    let places = change["places"].as_array().unwrap();
    assert_eq!(places.len() as u64, change["places_in_all"].as_u64().unwrap());
    let weights: Vec<u64> = places.iter().map(|one| one["demand"].as_u64().unwrap()).collect();
    assert!(weights.iter().rev().is_sorted() && !weights.is_empty(), "{weights:?}");
    assert!(places.iter().any(|one| one["before_ms"].is_null() && one["after_ms"].is_u64()));
    assert_eq!(change["areas"].as_array().unwrap().len(), 2);
    for wrong in [
        json!({"posts": [], "minutes": []}),
        json!({"posts": [], "minutes": [0]}),
        json!({"posts": [], "hour": 168}),
        json!({"posts": vec![json!({"at": crossing(0, 0)}); 2_001]}),
    ] {
        let said = planner.command(&key(), "post", "/api/v1/planning/cover", &wrong);
        assert_eq!(said.status, 400, "{:?}", said.body);
    }
}

#[test]
fn candidates_are_posts_corners_and_places_of_ones_own() {
    let town = Town::peopled();
    let planner = planner(&town);
    let asked = json!({"streets": 9, "places": [crossing(1, 1), [0.0, 0.0]]});
    let told = planner.ask("/api/v1/planning/candidates", &asked);
    assert_eq!(told["off_road"], 1, "there is no street in the Gulf of Guinea");
    let all = told["candidates"].as_array().unwrap();
    let of = |origin: &str| all.iter().filter(|one| one["origin"] == origin).count();
    assert_eq!((of("post"), of("listed")), (2, 1));
    assert!((1..=9).contains(&of("street")), "{told}");
    assert_eq!((&all[0]["post"], &all[0]["name"]["en"]), (&json!(1), &json!("West Station")));
    let west = planner.ask("/api/v1/planning/candidates", &json!({"area": 1, "streets": 0}));
    assert_eq!(west["candidates"].as_array().unwrap().len(), 1);
}

#[test]
fn a_run_is_begun_watched_and_comes_to_a_proven_plan() {
    let town = Town::peopled();
    let planner = planner(&town);
    let asked = json!({"candidates": {}, "more": 2, "minutes": [1]});
    let begun = planner.ask("/api/v1/planning/runs", &asked);
    let run = begun["run"].as_u64().unwrap();
    assert_eq!((&begun["what"], &begun["by"]), (&json!("siting"), &json!("key/plans")));
    // The stream ends when the run does.
    let told = planner.get(&format!("/api/v1/planning/runs/{run}/progress"));
    let told = told.body.as_str().unwrap().to_owned();
    let last = told.lines().rfind(|line| line.starts_with("data:")).unwrap();
    assert!(last.contains("\"status\":\"done\"") && last.contains("\"gap_ppm\":0"), "{told}");
    let over = planner.over(&format!("/api/v1/planning/runs/{run}"));
    let result = &over["result"];
    assert_eq!((&result["proven"], &result["gap_ppm"]), (&json!(true), &json!(0)));
    let posts = result["posts"].as_array().unwrap();
    assert_eq!((posts.len(), posts.iter().filter(|post| post["kept"] == true).count()), (4, 2));
    assert!(result["after"]["covered"].as_u64() > result["before"]["covered"].as_u64());
    assert_eq!(result["after"]["covered"], result["objective"]);
    // The plan and the picture of cover say the same.
    let at: Vec<Value> = posts.iter().map(|post| json!({"at": post["at"]})).collect();
    let cover = planner.ask("/api/v1/planning/cover", &json!({"posts": at, "minutes": [1]}));
    let covered = result["after"]["covered"].as_u64().unwrap();
    assert_eq!(cover["within"][0].as_u64(), Some(covered * 10_000 / 1_260_000));
    assert_eq!(planner.get("/api/v1/planning/runs").body.as_array().unwrap().len(), 1);
    let gone = planner.ask(&format!("/api/v1/planning/runs/{run}/cancel"), &json!({}));
    assert_eq!(gone["status"], "done", "what is over stays as it is");
    assert_eq!(planner.get("/api/v1/planning/runs/77").status, 404);
    for (wrong, status) in [
        (json!({"candidates": {}, "more": 1, "choose": 1}), 400),
        (json!({"candidates": {}, "more": 1, "keep": [9]}), 400),
        (json!({"candidates": {}, "more": 1, "minutes": [0]}), 400),
        (json!({"candidates": {}, "more": 1, "share": 1_001}), 400),
        (json!({"candidates": {"streets": 5_001}, "more": 1}), 400),
    ] {
        let said = planner.command(&key(), "post", "/api/v1/planning/runs", &wrong);
        assert_eq!(said.status, status, "{wrong}: {:?}", said.body);
    }
    let failed = planner.ask("/api/v1/planning/runs", &json!({"candidates": {}}));
    let failed = planner.over(&format!("/api/v1/planning/runs/{}", failed["run"]));
    assert_eq!((&failed["run"]["status"], &failed["result"]), (&json!("failed"), &Value::Null));
    assert!(failed["run"]["detail"].as_str().unwrap().contains("how many posts"), "{failed}");
}

#[test]
fn a_plan_is_proposed_with_its_documents_and_is_the_same_after_a_restart() {
    let town = Town::peopled();
    let planner = planner(&town);
    let plan = planner.proposed(0);
    let path = format!("/api/v1/plans/{plan}");
    let known = planner.get(&path).body;
    assert_eq!((&known["status"], &known["aim"]), (&json!("proposed"), &json!("cover")));
    assert_eq!((&known["proposer"], &known["gap_ppm"]), (&json!("key/plans"), &json!(0)));
    let data = town.folder.path().join("data/plans");
    for (what, file) in [("document", &known["document"]), ("inputs", &known["inputs"])] {
        let file = file.as_str().unwrap();
        let bytes = std::fs::read(data.join(format!("{file}.json"))).unwrap();
        let hash: Vec<String> =
            Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash.concat(), file);
        let told = planner.get(&format!("{path}/{what}")).body;
        assert_eq!(told, serde_json::from_slice::<Value>(&bytes).unwrap());
    }
    let compared = planner.get(&format!("/api/v1/plans/compare?one={plan}")).body;
    assert_eq!(compared["one_posts"].as_array().unwrap().len(), 4);
    assert_eq!(
        (&compared["other"], compared["other_posts"].as_array().unwrap().len()),
        (&Value::Null, 2)
    );
    assert_eq!(compared["cover"]["change"]["loses"], 0, "posts that stay lose nothing");
    // The same result is not proposed twice.
    let again = planner.command(
        &key(),
        "post",
        "/api/v1/plans",
        &json!({"run": 1, "name": {"en": "Again"}}),
    );
    assert_eq!(again.status, 409, "{:?}", again.body);
    // What is put beside the record and not named by it is swept at the start; what is named stays.
    std::fs::write(data.join(format!("{}.json", "0".repeat(64))), "{}").unwrap();
    let town = town.restarted();
    let planner = town.machine("later", &[Role::Planner], 0);
    assert_eq!(planner.get(&path).body, known);
    assert_eq!(planner.get(&format!("{path}/document")).status, 200);
    assert_eq!(std::fs::read_dir(town.folder.path().join("data/plans")).unwrap().count(), 2);
    assert_eq!(planner.get("/api/v1/plans").body["items"].as_array().unwrap().len(), 1);
}

#[test]
fn a_document_that_was_altered_is_neither_shown_nor_published() {
    let town = Town::peopled();
    let planner = planner(&town);
    let plan = planner.proposed(0);
    let known = planner.get(&format!("/api/v1/plans/{plan}")).body;
    let file = format!("data/plans/{}.json", known["document"].as_str().unwrap());
    let file = town.folder.path().join(file);
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen("standby", "checkpoint", 1)).unwrap();
    for said in [
        planner.get(&format!("/api/v1/plans/{plan}/document")),
        planner.get(&format!("/api/v1/plans/compare?one={plan}")),
        planner.command(&key(), "post", &format!("/api/v1/plans/{plan}/publication"), &json!({})),
    ] {
        assert_eq!(said.status, 409, "{:?}", said.body);
        assert!(said.body["detail"].as_str().unwrap().contains("not the one that was recorded"));
    }
}

#[test]
fn a_city_without_demand_is_told_to_add_some() {
    let town = Town::new();
    let asked = json!({"candidates": {}, "more": 1});
    let said = planner(&town).command(&key(), "post", "/api/v1/planning/runs", &asked);
    assert_eq!(said.status, 409, "{:?}", said.body);
    assert!(said.body["detail"].as_str().unwrap().contains("no demand"));
}
