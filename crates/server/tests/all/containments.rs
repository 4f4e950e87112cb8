//! Containment through the doors: looked at first, ordered, planned anew, watched, stood down, and over by itself.

use std::io::{BufRead as _, BufReader};

use precinct_core::Role;
use serde_json::{Value, json};

use crate::city::crossing;
use crate::client::{Client, Town, key};
use crate::rings::{hurried, once};

fn approval(of: &str, lasts_ms: u32) -> Value {
    json!({"approver": of, "role": "duty_officer", "lasts_ms": lasts_ms})
}

/// Six cars at the station in the south-west, and an incident two blocks from there in each direction.
fn town(town: &Town) -> (Client, u64) {
    let control = town.control();
    for unit in 1..=6 {
        control.on_duty(unit, 1, 1);
    }
    let incident = control.call(2, 2);
    (control, incident)
}

fn preview(client: &Client, incident: u64) -> Value {
    client.ask("/api/v1/containments/preview", &json!({"incident": incident, "travels": "foot"}))
}

/// An instant so many seconds ago.
fn ago(client: &Client, seconds: i64) -> Value {
    let now = client.get("/api/v1/clock").body["now"].as_str().unwrap().to_owned();
    let now: precinct_wire::Time = now.parse().unwrap();
    json!(precinct_wire::Time(precinct_base::Timestamp(now.0.0 - seconds * 1_000)))
}

fn order(preview: &Value, approval: &Value) -> Value {
    json!({"preview": preview["id"], "reason": "sealed_area", "approval": approval})
}

/// The units at points, by the number of the point.
fn units(doc: &Value) -> Vec<Option<u64>> {
    doc["points"].as_array().unwrap().iter().map(|point| point["unit"].as_u64()).collect()
}

fn events(answer: &Value) -> Vec<String> {
    let events = answer["events"].as_array().unwrap().iter();
    events.map(|event| event.as_object().unwrap().keys().next().unwrap().clone()).collect()
}

fn status(client: &Client, unit: u64) -> String {
    client.get(&format!("/api/v1/units/{unit}")).body["status"].as_str().unwrap().to_owned()
}

#[test]
fn four_corners_keep_somebody_on_foot_in() {
    let town_ = Town::new();
    let (control, incident) = town(&town_);
    let before = control.get("/api/v1/board").body["seq"].clone();
    let found = preview(&control, incident);
    // From where four streets meet there are four ways, and each is closed at the next crossing.
    assert_eq!(
        (&found["sealed"], &found["proof"], &found["least"]),
        (&json!(true), &json!("fewest"), &json!(4))
    );
    let mut places: Vec<Value> =
        found["points"].as_array().unwrap().iter().map(|point| point["at"].clone()).collect();
    places.sort_by_key(ToString::to_string);
    let mut expected = vec![crossing(1, 2), crossing(3, 2), crossing(2, 1), crossing(2, 3)];
    expected.sort_by_key(ToString::to_string);
    assert_eq!(places, expected);
    for point in found["points"].as_array().unwrap() {
        let slack = point["quarry_ms"].as_i64().unwrap() - point["arrival_ms"].as_i64().unwrap();
        assert_eq!(point["slack_ms"], slack);
        assert!(slack >= 0, "{point}");
        assert!(point["call_sign"].as_str().unwrap().starts_with('E'));
        let street = point["street"]["en"].as_str().unwrap();
        assert!(street.contains("Street") && street.contains("中山路"), "{street}");
    }
    let slacks: Vec<i64> = found["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["slack_ms"].as_i64().unwrap())
        .collect();
    assert!(slacks.is_sorted(), "the tightest first: {slacks:?}");
    let spread = found["spread"].as_array().unwrap();
    assert_eq!(
        spread.iter().map(|one| one["after_ms"].as_u64().unwrap()).collect::<Vec<_>>(),
        [0, 120_000, 300_000]
    );
    assert_eq!(spread[2]["geometry"]["type"], "MultiPolygon");
    assert!(spread[2].to_string().len() > spread[0].to_string().len());
    assert_eq!(control.get("/api/v1/board").body["seq"], before, "nothing was recorded");
}

#[test]
fn ordered_seen_elsewhere_planned_anew_and_stood_down_everybody_is_free() {
    let town_ = Town::new();
    let (control, incident) = town(&town_);
    let path = format!("/api/v1/incidents/{incident}/containment");
    // Four minutes ago: the next crossings are lost, and for those after them six units are too few.
    let left = json!({"incident": incident, "travels": "foot", "left": ago(&control, 240)});
    let found = control.ask("/api/v1/containments/preview", &left);
    assert_eq!(found["sealed"], false, "{found}");
    assert!(found["missing"].as_u64() > Some(0) && found["missing_at_least"].as_u64() > Some(0));
    let done = control.done(&path, &order(&found, &approval("key/control", 3_600_000)));
    assert_eq!(done["containment"], 1);
    let sent = units(&found).iter().flatten().count();
    assert_eq!(events(&done).iter().filter(|name| *name == "unit_dispatched.2").count(), sent);
    let board = control.get("/api/v1/board").body;
    let known = &board["containments"][0];
    assert_eq!((&known["approver"], &known["incident"]), (&json!("key/control"), &json!(incident)));
    assert_eq!(units(known), units(&found));
    assert!(known["until"].as_str() > known["since"].as_str());
    let tasks = board["incidents"][0]["assignments"].as_array().unwrap();
    assert!(tasks.iter().all(|task| task["posted"]["containment"] == 1), "{tasks:?}");
    // A crew gets to its point as to anything else.
    let unit = units(known).into_iter().flatten().next().unwrap();
    for step in ["acknowledge", "en-route", "on-scene"] {
        let path = format!("/api/v1/incidents/{incident}/assignments/{unit}/{step}");
        control.done(&path, &json!({}));
    }
    assert_eq!(status(&control, unit), "on_scene");
    // They were seen between two crossings: what is in no record is reckoned with, and four ways are few enough.
    let (place, seen) = ([113.508_000_1, 22.109_012_3], "/api/v1/containments/1/sightings");
    let anew = control.ask(seen, &json!({"at": place, "when": null, "sure": true}));
    assert_eq!((&anew["incident"], &anew["doubted"]), (&json!(incident), &json!([])));
    assert!(anew["since"].as_str() > found["since"].as_str());
    assert_eq!(anew["sealed"], true, "{anew}");
    let replan = json!({"preview": anew["id"], "approval": null});
    let done = control.done("/api/v1/containments/1/replan", &replan);
    assert_eq!(events(&done).last().unwrap(), "containment_replanned.1");
    let known = control.get("/api/v1/containments").body["items"][0].clone();
    assert_eq!(units(&known), units(&anew));
    let down = json!({"reason": "not_needed"});
    let done = control.done("/api/v1/containments/1/stand-down", &down);
    assert_eq!(events(&done).last().unwrap(), "containment_stood_down.1");
    assert_eq!(control.get("/api/v1/containments").body["items"], json!([]));
    for unit in 1..=6 {
        assert_eq!(status(&control, unit), "available");
    }
    let close = format!("/api/v1/incidents/{incident}/resolve");
    control.done(&close, &json!({"disposition": "dealt_with"}));
    not_recorded(&town_, &control);
}

/// Charter 4: no movement of the public is recorded. The place of the sighting is in no record and in no file.
fn not_recorded(town: &Town, control: &Client) {
    let last = control.get("/api/v1/board").body["seq"].as_u64().unwrap();
    let records = crate::stream::records(control, 0, last as usize);
    let text = serde_json::to_string(&records).unwrap();
    assert!(text.contains("containment_replanned.1"));
    for place in ["1135080001", "221090123", "113.5080001", "22.1090123"] {
        assert!(!text.contains(place), "{place}");
        for entry in std::fs::read_dir(town.folder.path().join("data")).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap_or_default();
            let found = bytes.windows(place.len()).any(|window| window == place.as_bytes());
            assert!(!found, "{place} in {}", path.display());
        }
    }
}

#[test]
fn a_containment_ends_by_itself_and_lets_everybody_go() {
    let town_ = hurried();
    let (control, incident) = town(&town_);
    let found = preview(&control, incident);
    let path = format!("/api/v1/incidents/{incident}/containment");
    control.done(&path, &order(&found, &approval("key/control", 60_000)));
    assert_eq!(control.get("/api/v1/containments").body["items"].as_array().unwrap().len(), 1);
    once(|| control.get("/api/v1/containments").body["items"] == json!([]));
    for unit in 1..=6 {
        assert_eq!(status(&control, unit), "available");
    }
}

#[track_caller]
fn refused(client: &Client, path: &str, body: &Value, status: u16, told: &str) {
    let said = client.command(&key(), "post", path, body);
    assert_eq!(said.status, status, "{path}: {:?}", said.body);
    let detail = said.body["detail"].as_str().unwrap_or_default();
    assert!(detail.contains(told), "{path}: {detail}");
}

#[test]
fn whoever_approves_orders_it_and_what_cannot_be_is_refused() {
    let town_ = Town::new();
    let (control, incident) = town(&town_);
    let path = format!("/api/v1/incidents/{incident}/containment");
    let found = preview(&control, incident);
    let good = || order(&found, &approval("key/control", 3_600_000));
    // Charter 14: it names who approved it, and that is who gives the order.
    refused(
        &control,
        &path,
        &order(&found, &approval("A1", 60_000)),
        403,
        "whoever approves orders it",
    );
    let dispatcher = town_.machine("d", &[Role::Dispatcher], 1);
    refused(&dispatcher, &path, &order(&found, &approval("key/d", 60_000)), 403, "");
    refused(
        &control,
        &path,
        &order(&found, &approval("key/control", 1_000)),
        400,
        "may last from 1 minute",
    );
    let unknown = order(&json!({"id": "P-1-999"}), &approval("key/control", 60_000));
    refused(&control, &path, &unknown, 409, "no preview of the last two minutes");
    let other = control.call(5, 5);
    refused(
        &control,
        &format!("/api/v1/incidents/{other}/containment"),
        &good(),
        409,
        "the preview is of",
    );
    control.done(&path, &good());
    refused(&control, &path, &good(), 409, "is sealed off by SEAL-1 already");
    refused(
        &control,
        &format!("/api/v1/incidents/{incident}/cancel"),
        &json!({"reason": "false_alarm"}),
        409,
        "",
    );
}

#[test]
fn a_dispatcher_plans_anew_and_stands_down_under_whoever_approved_it() {
    let town_ = Town::new();
    let (control, incident) = town(&town_);
    let path = format!("/api/v1/incidents/{incident}/containment");
    let found = preview(&control, incident);
    control.done(&path, &order(&found, &approval("key/control", 3_600_000)));
    let (dispatcher, other) = (town_.machine("d", &[Role::Dispatcher], 1), control.call(5, 5));
    // To go on for longer takes approval.
    let anew = preview(&dispatcher, incident);
    let replan = "/api/v1/containments/1/replan";
    let longer = json!({"preview": anew["id"], "approval": approval("key/d", 3_600_000)});
    refused(&dispatcher, replan, &longer, 403, "");
    dispatcher.done(replan, &json!({"preview": anew["id"], "approval": null}));
    let known = dispatcher.get("/api/v1/containments").body["items"][0].clone();
    assert_eq!(known["approver"], "key/control");
    let elsewhere = preview(&control, other);
    refused(
        &control,
        replan,
        &json!({"preview": elsewhere["id"], "approval": null}),
        409,
        "is of another",
    );
    let east = town_.machine("east", &[Role::Dispatcher, Role::DutyOfficer], 2);
    refused(&east, "/api/v1/containments/1/stand-down", &json!({"reason": "other"}), 403, "");
    assert_eq!(east.get("/api/v1/containments").body["items"], json!([]));
    dispatcher.done("/api/v1/containments/1/stand-down", &json!({"reason": "not_needed"}));
    refused(
        &dispatcher,
        "/api/v1/containments/1/stand-down",
        &json!({"reason": "not_needed"}),
        404,
        "SEAL-1 does not go on",
    );
}

#[test]
fn what_is_asked_wrongly_is_told() {
    let town_ = Town::new();
    let (control, incident) = town(&town_);
    let ask = |change: Value| {
        let mut body = json!({"incident": incident, "travels": "foot"});
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let said = control.command(&key(), "post", "/api/v1/containments/preview", &body);
        (said.status, said.body["detail"].as_str().unwrap_or_default().to_owned())
    };
    for (change, status, told) in [
        (json!({"incident": 99}), 404, "I-99 is not on the board"),
        (json!({"left": "2999-01-01T00:00:00Z"}), 400, "nobody left later than now"),
        (json!({"minutes": 61}), 400, "1 to 60"),
        (json!({"pace": 0}), 400, "a pace of 0 thousandths"),
        (json!({"at": [0.0, 0.0]}), 400, "far from any street"),
        (
            json!({"seen": [{"at": crossing(1, 1), "when": "2999-01-01T00:00:00Z", "sure": true}]}),
            400,
            "nobody was seen later",
        ),
        (
            json!({"seen": [{"at": [0.0, 0.0], "when": null, "sure": true}]}),
            400,
            "far from any street",
        ),
        (json!({"travels": "boat"}), 400, "boat"),
        (json!({"suspect": "x"}), 400, "unknown field"),
    ] {
        let (found, detail) = ask(change.clone());
        assert!(found == status && detail.contains(told), "{change}: {found} {detail}");
    }
    for wrong in ["", "?preview=P-1-1&containment=1"] {
        assert_eq!(
            control.get(&format!("/api/v1/containments/live{wrong}")).status,
            400,
            "{wrong}"
        );
    }
    assert_eq!(control.get("/api/v1/containments/live?preview=P-1-1").status, 404);
    assert_eq!(control.get("/api/v1/containments/live?containment=1").status, 404);
}

#[test]
fn who_watches_is_told_each_second_until_it_is_over() {
    let town_ = Town::new();
    let (control, incident) = town(&town_);
    let found = preview(&control, incident);
    let watch = |which: String| {
        let mut request =
            control.agent.get(format!("{}/api/v1/containments/live?{which}", control.base));
        for (name, value) in &control.headers {
            request = request.header(name, value);
        }
        let lines = BufReader::new(request.call().unwrap().into_body().into_reader()).lines();
        let mut lines = lines.map(|line| line.unwrap()).filter(|line| !line.is_empty());
        move || {
            let event = lines.find_map(|line| line.strip_prefix("event: ").map(str::to_owned));
            let data = lines.find_map(|line| line.strip_prefix("data: ").map(str::to_owned));
            (event.unwrap(), serde_json::from_str::<Value>(&data.unwrap()).unwrap())
        }
    };
    let mut next = watch(format!("preview={}", found["id"].as_str().unwrap()));
    let (first, second) = (next(), next());
    assert_eq!((first.0.as_str(), &first.1["sealed"]), ("plan", &json!(true)));
    assert_ne!(first.1["id"], second.1["id"], "made anew");
    assert!(first.1["at"].as_str() < second.1["at"].as_str());
    // What was told last is what is ordered.
    let path = format!("/api/v1/incidents/{incident}/containment");
    control.done(&path, &order(&second.1, &approval("key/control", 3_600_000)));
    let mut next = watch("containment=1".to_owned());
    let (event, plan) = next();
    assert_eq!((event.as_str(), &plan["incident"]), ("plan", &json!(incident)));
    // The units that were sent are sent there still.
    let mut sent = units(&plan);
    sent.sort_unstable();
    let mut before = units(&second.1);
    before.sort_unstable();
    assert_eq!(sent, before);
    control.done("/api/v1/containments/1/stand-down", &json!({"reason": "not_needed"}));
    let over = loop {
        let told = next();
        if told.0 != "plan" {
            break told;
        }
    };
    assert_eq!((over.0.as_str(), &over.1["status"]), ("over", &json!(404)));
}

#[test]
fn after_a_start_anew_a_containment_goes_on_from_what_the_record_says() {
    let first = Town::new();
    let (control, incident) = town(&first);
    let found = preview(&control, incident);
    let path = format!("/api/v1/incidents/{incident}/containment");
    control.done(&path, &order(&found, &approval("key/control", 3_600_000)));
    let before = control.get("/api/v1/containments").body["items"].clone();
    let second = first.restarted();
    let again = second.machine("again", &[Role::Dispatcher, Role::DutyOfficer], 0);
    assert_eq!(again.get("/api/v1/containments").body["items"], before);
    let seen = json!({"at": crossing(2, 2), "when": null, "sure": true});
    let plan = again.ask("/api/v1/containments/1/sightings", &seen);
    assert_eq!(plan["incident"], incident);
}
