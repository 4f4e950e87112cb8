//! The stream of what happens: nothing is missed, and nothing is shown to who may not see it.

use std::io::{BufRead, BufReader};

use precinct_core::Role;
use serde_json::Value;

use crate::client::{Client, Town};

/// The next `count` records of a stream from record `from` on.
pub(crate) fn records(client: &Client, from: u64, count: usize) -> Vec<Value> {
    told(client, "/api/v1/stream", from, count)
}

/// The next `count` events of a stream from record `from` on.
pub(crate) fn told(client: &Client, path: &str, from: u64, count: usize) -> Vec<Value> {
    let mut request = client.agent.get(format!("{}{path}", client.base));
    for (name, value) in &client.headers {
        request = request.header(name, value);
    }
    let response = request.header("last-event-id", from.to_string()).call().unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let lines = BufReader::new(response.into_body().into_reader()).lines();
    let data = lines.filter_map(|line| line.unwrap().strip_prefix("data: ").map(str::to_owned));
    data.take(count).map(|json| serde_json::from_str(&json).unwrap()).collect()
}

#[test]
fn a_stream_is_resumed_where_it_broke_off() {
    let town = Town::new();
    let control = town.control();
    let before = control.get("/api/v1/board").body["seq"].as_u64().unwrap();
    let calls: Vec<u64> = (0..6).map(|n| control.call(n % 3, n)).collect();
    let all = records(&control, before, 6);
    let seqs: Vec<u64> = all.iter().map(|record| record["seq"].as_u64().unwrap()).collect();
    assert_eq!(seqs, (before + 1..=before + 6).collect::<Vec<_>>());
    let opened: Vec<u64> = all
        .iter()
        .map(|record| record["events"][0]["incident_opened.1"]["incident"].as_u64().unwrap())
        .collect();
    assert_eq!(opened, calls);
    assert_eq!(records(&control, before + 4, 2), all[4..]);
    assert!(all.iter().all(|record| record["events"][0]["incident_opened.1"]["text"].is_null()));
    let ahead = control.get(&format!("/api/v1/stream?from={}", before + 1_000));
    assert_eq!(ahead.status, 400);
    // From the very first record: those before this start are read from the journal.
    let first = records(&control, 0, 1);
    assert_eq!(first[0]["seq"], 1);
}

#[test]
fn who_sees_one_area_is_told_of_that_area() {
    let town = Town::new();
    let control = town.control();
    let before = control.get("/api/v1/board").body["seq"].as_u64().unwrap();
    control.call(0, 0);
    control.call(5, 5);
    let west = town.machine("w", &[Role::Dispatcher], 1);
    let told = records(&west, before, 2);
    let events: Vec<usize> =
        told.iter().map(|record| record["events"].as_array().unwrap().len()).collect();
    assert_eq!(events, [1, 0]);
}

/// Takes over a change as a console does: things by their numbers, whole.
fn take_over(picture: &mut Value, change: &Value) {
    for (list, number) in
        [("incidents", "incident"), ("units", "unit"), ("posts", "post"), ("shifts", "shift")]
    {
        let new = change[list].as_array().unwrap();
        let numbers = |docs: &[Value]| docs.iter().map(|doc| doc[number].clone()).collect();
        let mut left: Vec<Value> = numbers(new);
        left.extend(change["gone"][list].as_array().unwrap().iter().cloned());
        let all = picture[list].as_array_mut().unwrap();
        all.retain(|doc| !left.contains(&doc[number]));
        all.extend(new.iter().cloned());
        all.sort_by_key(|doc| doc[number].as_u64());
    }
    picture["seq"] = change["seq"].clone();
    picture["sos"] = change["sos"].clone();
}

#[test]
fn a_picture_that_takes_over_what_changes_is_the_board() {
    let town = Town::new();
    let control = town.control();
    let mut picture = control.get("/api/v1/board").body;
    control.on_duty(1, 1, 1);
    let incident = control.call(0, 0);
    control.call(2, 2);
    control.done(
        &format!("/api/v1/incidents/{incident}/assignments"),
        &serde_json::json!({"unit": 1}),
    );
    control.done("/api/v1/units/1/sos", &serde_json::json!({"at": null}));
    let mut board = control.get("/api/v1/board").body;
    while picture["seq"] != board["seq"] {
        let from = picture["seq"].as_u64().unwrap();
        take_over(&mut picture, &told(&control, "/api/v1/board/changes", from, 1)[0]);
    }
    // Fixes, due times and the instant go on by themselves.
    for each in [&mut picture, &mut board] {
        for unit in each["units"].as_array_mut().unwrap() {
            unit["fix"] = Value::Null;
        }
    }
    for list in ["incidents", "units", "posts", "shifts", "sos"] {
        assert_eq!(picture[list], board[list], "{list}");
    }
    assert_eq!(picture["units"][0]["status"], "dispatched");
}

#[test]
fn changes_of_another_area_are_not_told() {
    let town = Town::new();
    let control = town.control();
    let before = control.get("/api/v1/board").body["seq"].as_u64().unwrap();
    let here = control.call(0, 0);
    control.call(5, 5);
    let west = town.machine("w", &[Role::Dispatcher], 1);
    let now = control.get("/api/v1/board").body["seq"].as_u64().unwrap();
    let (mut seen, mut after) = (Vec::new(), before);
    while after < now {
        let change = told(&west, "/api/v1/board/changes", after, 1).remove(0);
        after = change["seq"].as_u64().unwrap();
        let all = change["incidents"].as_array().unwrap().iter();
        seen.extend(all.map(|one| one["incident"].as_u64().unwrap()));
        for record in change["records"].as_array().unwrap() {
            assert!(!record.to_string().contains("\"incident\":2"), "{record}");
        }
    }
    assert_eq!(seen, [here]);
}
