//! Looking back: every moment is as it was, its records can be played again, and where units were is told for a purpose.

use precinct_base::Timestamp;
use precinct_core::Role;
use precinct_wire::Time;
use serde_json::{Value, json};

use crate::city::crossing;
use crate::client::{Client, Town};
use crate::duty::{fix, now, send, soon};
use crate::person::{administrator, person, post};

/// The board without what goes on by itself: the instant, and with it the due times of clocks, and fixes.
fn still(mut board: Value) -> Value {
    board["now"] = Value::Null;
    for unit in board["units"].as_array_mut().unwrap() {
        unit["fix"] = Value::Null;
    }
    for clock in board["clocks"].as_array_mut().unwrap() {
        clock["due"] = Value::Null;
    }
    board.as_object_mut().unwrap().remove("stands_on");
    board
}

/// Does something; the board after it, and the same as it is looked back at later.
fn busy(control: &Client) -> Vec<Value> {
    let mut boards = vec![control.get("/api/v1/board").body];
    control.on_duty(1, 1, 1);
    boards.push(control.get("/api/v1/board").body);
    let incident = control.call(0, 0);
    boards.push(control.get("/api/v1/board").body);
    let tasks = format!("/api/v1/incidents/{incident}/assignments");
    control.done(&tasks, &json!({"unit": 1}));
    boards.push(control.get("/api/v1/board").body);
    control.done(&format!("{tasks}/1/on-scene"), &json!({"at": null}));
    control.done("/api/v1/units/1/sos", &json!({"at": null}));
    boards.push(control.get("/api/v1/board").body);
    control.done(&format!("{tasks}/1/clear"), &json!({}));
    let ended = format!("/api/v1/incidents/{incident}/resolve");
    control.done(&ended, &json!({"disposition": "dealt_with"}));
    boards.push(control.get("/api/v1/board").body);
    boards
}

fn data(town: &Town) -> precinct_journal::Reader {
    precinct_journal::Reader::open(&town.folder.path().join("data")).unwrap()
}

#[test]
fn every_moment_is_as_it_was() {
    let town = Town::new();
    let control = town.control();
    let boards = busy(&control);
    for board in boards.into_iter().rev() {
        let seq = board["seq"].as_u64().unwrap();
        let past = control.get(&format!("/api/v1/review/board?sequence={seq}")).body;
        assert_eq!(past["stands_on"]["seq"], seq);
        let naive = precinct_engine::replay_all(&data(&town), seq).unwrap();
        assert_eq!(past["stands_on"]["hash"], naive.head.hash.to_string());
        assert_eq!(past["stands_on"]["at"], json!(Time(naive.last.wall)));
        assert_eq!(still(past), still(board), "{seq}");
    }
}

#[test]
fn an_instant_stands_on_the_last_record_by_then() {
    let town = Town::new();
    let control = town.control();
    busy(&control);
    let mut instants = Vec::new();
    data(&town)
        .read(1, &mut |row| {
            instants.push(row.instant);
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    let at = |ms: i64| {
        let at = Time(Timestamp(ms));
        control.get(&format!("/api/v1/review/board?at={at}"))
    };
    for (seq, &instant) in (1_usize..).zip(&instants).filter(|(seq, _)| seq % 3 == 0) {
        let last = instants.iter().rposition(|&other| other <= instant).unwrap() + 1;
        let past = at(instant).body;
        assert_eq!(
            (&past["stands_on"]["seq"], &past["now"]),
            (&json!(last), &json!(Time(Timestamp(instant)))),
            "{seq}"
        );
    }
    assert_eq!(at(instants[0] - 1).status, 404);
    let ahead = at(now(&control).0 + 3_600_000);
    assert_eq!(ahead.status, 400, "{ahead:?}");
    for (query, status) in
        [("", 400), ("?sequence=0", 400), ("?sequence=100000", 404), ("?at=noon", 400)]
    {
        let said = control.get(&format!("/api/v1/review/board{query}"));
        assert_eq!(said.status, status, "{query}: {said:?}");
    }
}

/// Every record of the pages from an address on.
fn pages(client: &Client, path: &str) -> Vec<Value> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{path}{cursor}"));
        assert_eq!(page.status, 200, "{page:?}");
        let items = page.body["items"].as_array().unwrap();
        assert!(items.len() <= 3);
        found.extend(items.iter().cloned());
        match page.body["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

#[test]
fn a_shift_is_played_again_as_the_stream_told_it() {
    let town = Town::new();
    let control = town.control();
    busy(&control);
    let head = control.get("/api/v1/board").body["seq"].as_u64().unwrap();
    let streamed = crate::stream::records(&control, 0, head as usize);
    assert_eq!(pages(&control, "/api/v1/review/records?limit=3"), streamed);
    let from = head - 4;
    let path = format!("/api/v1/review/records?limit=3&from={from}");
    assert_eq!(pages(&control, &path), streamed[from as usize..]);
    // Instants of records may be equal, so what is between two of them is worked out from the stream.
    let instant =
        |seq: u64| -> Time { streamed[seq as usize - 1]["at"].as_str().unwrap().parse().unwrap() };
    let (after, until) = (instant(from), instant(head - 1));
    let within = |record: &&Value| {
        let at: Time = record["at"].as_str().unwrap().parse().unwrap();
        after < at && at <= until
    };
    let expected: Vec<Value> = streamed.iter().filter(within).cloned().collect();
    let path = format!("/api/v1/review/records?limit=3&after={after}&until={until}");
    assert_eq!(pages(&control, &path), expected);
    let west = town.machine("w", &[Role::Dispatcher], 2);
    let seen = pages(&west, "/api/v1/review/records?limit=3");
    assert_eq!(seen, crate::stream::records(&west, 0, head as usize));
    assert!(seen.iter().all(|record| !record.to_string().contains("\"call_sign\":\"E1\"")));
    for query in ["?from=1&after=2026-01-01T00:00:00Z", "?cursor=x"] {
        assert_eq!(control.get(&format!("/api/v1/review/records{query}")).status, 400, "{query}");
    }
}

#[test]
fn the_span_counts_every_record() {
    let town = Town::new();
    let control = town.control();
    busy(&control);
    for _ in 0..2 {
        control.call(3, 3);
        let head = control.get("/api/v1/board").body["seq"].as_u64().unwrap();
        let span = control.get("/api/v1/review/span").body;
        assert_eq!((&span["first"]["seq"], &span["last"]["seq"]), (&json!(1), &json!(head)));
        let counts = span["counts"].as_array().unwrap();
        assert_eq!(counts.iter().map(|count| count.as_u64().unwrap()).sum::<u64>(), head);
        assert_eq!(span["bar_ms"], 600_000);
    }
}

#[test]
fn who_looks_back_sees_what_lies_in_their_areas() {
    let town = Town::new();
    let control = town.control();
    let here = control.call(0, 0);
    control.call(5, 5);
    let head = control.get("/api/v1/board").body["seq"].as_u64().unwrap();
    let west = town.machine("w", &[Role::Dispatcher], 1);
    let past = west.get(&format!("/api/v1/review/board?sequence={head}")).body;
    let numbers: Vec<&Value> =
        past["incidents"].as_array().unwrap().iter().map(|one| &one["incident"]).collect();
    assert_eq!(numbers, [&json!(here)]);
    let operator = town.machine("o", &[Role::Operator], 0);
    for door in ["board?sequence=3", "records", "span"] {
        assert_eq!(operator.get(&format!("/api/v1/review/{door}")).status, 403, "{door}");
    }
}

#[test]
fn tracks_are_shown_for_a_purpose_unit_by_unit_on_record() {
    let town = Town::new();
    let control = town.control();
    control.on_duty(1, 1, 1);
    control.on_duty(2, 2, 2);
    soon("the fixes are taken", || {
        let at = now(&control);
        let both = [fix(1, (1, 1), at, false), fix(2, (2, 2), at, false)];
        send(&control, &both)["taken"] == 2
    });
    let incident = control.call(1, 1);
    control.done(&format!("/api/v1/incidents/{incident}/assignments"), &json!({"unit": 1}));
    let (from, until) = (now(&control).0 - 60_000, Time(now(&control)));
    let from = Time(Timestamp(from));
    let mut body = json!({"purpose": "review", "incident": incident, "from": from, "until": until});
    let administrator = administrator(&town);
    let officer = person(&administrator, "L1", "duty_officer", 0);
    let before = control.get("/api/v1/board").body["seq"].as_u64().unwrap();
    let sent = officer.ask("/api/v1/review/tracks", &body);
    let tracks = sent["tracks"].as_array().unwrap();
    assert_eq!((tracks.len(), &tracks[0]["unit"]), (1, &json!(1)), "those that were sent: {sent}");
    let (lon, lat) = (&tracks[0]["fixes"][0][1], &tracks[0]["fixes"][0][2]);
    let degrees = |value: &Value| value.as_f64().unwrap() / 1e7;
    assert_eq!(json!([degrees(lon), degrees(lat)]), crossing(1, 1));
    body["units"] = json!([2, 1, 2]);
    let named = officer.ask("/api/v1/review/tracks", &body);
    assert_eq!((&named["tracks"][0], &named["tracks"][1]["unit"]), (&tracks[0], &json!(2)));
    let looks: Vec<Value> =
        pages(&control, &format!("/api/v1/review/records?limit=3&from={before}"))
            .iter()
            .map(|record| record["events"][0]["access_read.2"]["unit"].clone())
            .collect();
    let mut looked: Vec<u64> = looks.iter().filter_map(Value::as_u64).collect();
    looked.sort_unstable();
    assert_eq!(looked, [1, 1, 2], "each look at each unit is on record");
    // What is sensitive is for people, and for those whose area it is.
    assert_eq!(post(&control, "/api/v1/review/tracks", &body).status, 403);
    let west = person(&administrator, "L2", "duty_officer", 1);
    assert_eq!(post(&west, "/api/v1/review/tracks", &body).status, 403);
    for (field, wrong, status) in [
        ("until", json!(Time(Timestamp(from.0.0 + 25 * 3_600_000))), 400),
        ("units", json!([]), 400),
        ("units", json!((0..65).collect::<Vec<u32>>()), 400),
        ("units", json!([77]), 404),
        ("incident", json!(99), 404),
    ] {
        let mut body = body.clone();
        body[field] = wrong;
        let said = post(&officer, "/api/v1/review/tracks", &body);
        assert_eq!(said.status, status, "{field}: {said:?}");
    }
}
