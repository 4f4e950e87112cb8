//! The stream of what happens: nothing is missed, and nothing is shown to who may not see it.

use std::io::{BufRead, BufReader};

use precinct_core::Role;
use serde_json::Value;

use crate::client::{Client, Town};

/// The next `count` records of a stream from record `from` on.
fn records(client: &Client, from: u64, count: usize) -> Vec<Value> {
    let mut request = client.agent.get(format!("{}/api/v1/stream", client.base));
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
