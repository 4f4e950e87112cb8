//! The document of the doors, and the life of an incident through them.

use serde_json::{Value, json};

use crate::city::crossing;
use crate::client::{Town, key};

fn events(answer: &Value) -> Vec<String> {
    let events = answer["events"].as_array().unwrap().iter();
    events.map(|event| event.as_object().unwrap().keys().next().unwrap().clone()).collect()
}

#[test]
fn an_incident_is_taken_in_answered_and_closed() {
    let town = Town::new();
    let control = town.control();
    control.on_duty(1, 1, 1);
    control.on_duty(2, 2, 2);
    let incident = control.call(1, 0);
    let advice = control.ask("/api/v1/recommendations", &json!({"incident": incident}));
    assert_eq!(advice["chosen"], json!([1]), "{advice}");
    let candidates = advice["candidates"].as_array().unwrap();
    assert_eq!(candidates.len(), 2);
    assert!(candidates[0]["travel_ms"].as_u64() < candidates[1]["travel_ms"].as_u64());
    assert_eq!(candidates[0]["fix_age_ms"], Value::Null, "it was never seen");
    let tasks = format!("/api/v1/incidents/{incident}/assignments");
    let sent = control.done(&tasks, &json!({"unit": 2, "recommendation": advice["id"]}));
    let recorded = &sent["events"][0]["unit_dispatched.2"]["advice"];
    assert_eq!(
        (&recorded["rank"], recorded["candidates"].as_array().unwrap().len()),
        (&json!(1), 2)
    );
    for (step, event) in [
        ("acknowledge", "unit_acknowledged.1"),
        ("en-route", "unit_en_route.1"),
        ("on-scene", "unit_on_scene.1"),
    ] {
        let done = control.done(&format!("{tasks}/2/{step}"), &json!({"at": null}));
        assert_eq!(events(&done), [event]);
    }
    let unit = control.get("/api/v1/units/2").body;
    assert_eq!((&unit["status"], &unit["incident"]), (&json!("on_scene"), &json!(incident)));
    assert_eq!(events(&control.done(&format!("{tasks}/2/clear"), &json!({}))), ["unit_cleared.1"]);
    let ended = control.done(
        &format!("/api/v1/incidents/{incident}/resolve"),
        &json!({"disposition": "dealt_with"}),
    );
    assert_eq!(events(&ended), ["incident_resolved.1"]);
    let known = control.get(&format!("/api/v1/incidents/{incident}")).body;
    assert_eq!((&known["status"], &known["ending"]), (&json!("closed"), &json!("dealt_with")));
    assert_eq!(known["assignments"][0]["stage"], "ended");
    let open = control.get("/api/v1/incidents?open=true").body;
    assert_eq!(open["items"], json!([]));
    // What was said is nowhere to be seen without a purpose.
    assert!(!known.to_string().contains("loud"));
}

#[test]
fn what_if_here_is_answered_without_an_incident() {
    let town = Town::new();
    let control = town.control();
    control.on_duty(1, 1, 1);
    let advice =
        control.ask("/api/v1/recommendations", &json!({"at": crossing(5, 5), "kind": "assault"}));
    assert_eq!(advice["needs"], json!([{"capability": "patrol", "units": 2, "met": 1}]));
    let both = json!({"at": crossing(5, 5), "incident": 1});
    let said = control.command(&key(), "post", "/api/v1/recommendations", &both);
    assert!(said.status == 404 || said.status == 400, "{said:?}");
}

#[test]
fn a_command_sent_again_is_done_once() {
    let town = Town::new();
    let control = town.control();
    let body = json!({
        "source": "call", "reported": null, "kind": "noise", "priority": 5, "at": crossing(2, 2), "area": null,
        "address": null, "hazards": [], "text": null,
    });
    let key = key();
    let first = control.command(&key, "post", "/api/v1/incidents", &body).body;
    let again = control.command(&key, "post", "/api/v1/incidents", &body).body;
    assert_eq!((&first["repeated"], &again["repeated"]), (&json!(false), &json!(true)));
    assert_eq!((&first["seq"], &first["incident"]), (&again["seq"], &again["incident"]));
    assert_eq!(control.get("/api/v1/incidents").body["items"].as_array().unwrap().len(), 1);
}

#[test]
fn lists_have_pages_and_tags() {
    let town = Town::new();
    let control = town.control();
    (0..5).for_each(|n| {
        control.call(n, 0);
    });
    let (mut path, mut seen) = ("/api/v1/incidents?limit=2".to_owned(), Vec::new());
    loop {
        let page = control.get(&path).body;
        seen.extend(
            page["items"].as_array().unwrap().iter().map(|one| one["incident"].as_u64().unwrap()),
        );
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/incidents?limit=2&cursor={next}");
    }
    assert_eq!(seen, [1, 2, 3, 4, 5]);
    assert_eq!(control.get("/api/v1/incidents?cursor=x").status, 400);
    let first = control.get("/api/v1/posts");
    let tag = first.headers["etag"].to_str().unwrap().to_owned();
    let mut again = control.clone();
    again.headers.push(("if-none-match".to_owned(), tag));
    assert_eq!(again.get("/api/v1/posts").status, 304);
    control.call(5, 5);
    assert_eq!(again.get("/api/v1/posts").status, 200);
}

#[test]
fn the_city_is_described_and_places_find_their_area() {
    let town = Town::new();
    let control = town.control();
    let posts = control.get("/api/v1/posts").body;
    let names: Vec<&Value> =
        posts["items"].as_array().unwrap().iter().map(|post| &post["name"]).collect();
    assert_eq!(
        names,
        [&json!({"en": "West Station", "zh": ""}), &json!({"en": "East Station", "zh": "东所"})]
    );
    let areas = control.get("/api/v1/areas").body;
    assert_eq!(areas["items"].as_array().unwrap().len(), 3);
    for (x, area) in [(0, 1), (5, 2)] {
        let incident = control.call(x, 1);
        assert_eq!(control.get(&format!("/api/v1/incidents/{incident}")).body["area"], area);
    }
    let board = control.get("/api/v1/board").body;
    assert_eq!(board["incidents"].as_array().unwrap().len(), 2);
    assert_eq!(board["clocks"][0]["clock"], json!({"unanswered": 1}));
}

#[test]
fn the_document_in_the_repository_is_that_of_the_doors() {
    let document = format!("{}\n", precinct_server::openapi().to_pretty_json().unwrap());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    if std::env::var_os("PRECINCT_BLESS").is_some() {
        std::fs::write(path, &document).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert!(
        kept == document,
        "the doors have changed: run this test with PRECINCT_BLESS=1 and look at the difference"
    );
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let town = Town::new();
    let stranger = town.stranger();
    assert_eq!(stranger.get("/api/openapi.json").body, document);
    let page = stranger.get("/api").body;
    assert!(page.as_str().unwrap().contains("/api/v1/incidents/{incident}/resolve"));
}

#[test]
fn the_server_says_how_it_is() {
    let town = Town::new();
    let stranger = town.stranger();
    assert_eq!(stranger.get("/healthz").status, 200);
    assert_eq!(stranger.get("/readyz").status, 200);
    let counted = stranger.get("/metrics").body;
    let counted = counted.as_str().unwrap();
    assert!(counted.contains("precinct_http_requests_total{door=\"/healthz\""), "{counted}");
    assert!(counted.contains("precinct_units_on_duty 0"));
}
