//! Rings and checkpoints through the doors.

use precinct_base::Timestamp;
use precinct_core::Role;
use precinct_server::Drill;
use serde_json::{Value, json};

use crate::city::{self, crossing};
use crate::client::{Client, Town, key};

fn approval(of: &str, lasts_ms: u32) -> Value {
    json!({"approver": of, "role": "duty_officer", "lasts_ms": lasts_ms})
}

/// A ring round the north-east of the crossing in the south-west, with one checkpoint and one gap.
fn ring(area: u32) -> Value {
    json!({
        "name": {"en": "Inner ring", "zh": "内环"}, "area": area,
        "line": [crossing(0, 0), crossing(3, 0), crossing(3, 3), crossing(0, 3)], "border": null, "travels": "car",
        "crossings": [
            {"at": crossing(3, 1), "segment": null, "street": {"en": "Street 1", "zh": "Street 1"}, "post": 9},
            {"at": crossing(3, 2), "segment": null, "street": null, "post": null},
        ],
        "roads": "r1",
    })
}

#[track_caller]
fn checkpoint(client: &Client, post: u32) {
    let body = json!({
        "kind": "checkpoint", "area": 1, "at": crossing(3, 1), "hours": null, "level": 2,
        "name": {"en": "East gate", "zh": "东门"},
    });
    let said = client.command(&key(), "put", &format!("/api/v1/posts/{post}"), &body);
    assert_eq!(said.status, 200, "{:?}", said.body);
}

#[track_caller]
fn refused(client: &Client, path: &str, body: &Value, status: u16, told: &str) {
    let said = client.command(&key(), "post", path, body);
    assert_eq!(said.status, status, "{path}: {:?}", said.body);
    let detail = said.body["detail"].as_str().unwrap_or_default();
    assert!(detail.contains(told), "{path}: {detail}");
}

#[test]
fn a_ring_is_described_called_out_and_stood_down() {
    let town = Town::new();
    let control = town.control();
    checkpoint(&control, 9);
    let number = control.done("/api/v1/rings", &ring(1))["ring"].clone();
    assert_eq!(number, 1);
    let of_it = || control.get("/api/v1/rings").body["items"][0].clone();
    let told = of_it();
    assert_eq!((&told["manned"], &told["level"]), (&json!(1), &Value::Null));
    assert_eq!(told["crossings"][0]["street"], json!({"en": "Street 1", "zh": "Street 1"}));
    assert_eq!(told["crossings"][1]["street"], Value::Null);
    let activate =
        |approval: Value| json!({"level": "l2", "reason": "threat", "approval": approval});
    let path = "/api/v1/rings/1/activate";
    let other = activate(approval("A1", 60_000));
    refused(&control, path, &other, 403, "whoever approves orders it");
    let long = activate(approval("key/control", 73 * 3_600_000));
    refused(&control, path, &long, 400, "may last from 1 minute to");
    let dispatcher = town.machine("d", &[Role::Dispatcher], 1);
    refused(&dispatcher, path, &activate(approval("key/d", 60_000)), 403, "");
    control.done(path, &activate(approval("key/control", 3_600_000)));
    let told = of_it();
    assert_eq!(
        (&told["level"], &told["approver"], &told["reason"]),
        (&json!("l2"), &json!("key/control"), &json!("threat"))
    );
    assert!(told["until"].as_str() > told["since"].as_str());
    // Who works there ends it; the board and its changes tell.
    let before = control.get("/api/v1/board").body;
    assert_eq!(before["rings"][0]["level"], "l2");
    dispatcher.done("/api/v1/rings/1/stand-down", &json!({"reason": "not_needed"}));
    refused(
        &dispatcher,
        "/api/v1/rings/1/stand-down",
        &json!({"reason": "not_needed"}),
        409,
        "nothing to stand down",
    );
    let change =
        crate::stream::told(&control, "/api/v1/board/changes", before["seq"].as_u64().unwrap(), 1);
    assert_eq!(change[0]["rings"][0]["level"], Value::Null);
    // Another area's people see nothing of it and do nothing to it.
    let east = town.machine("east", &[Role::Dispatcher, Role::DutyOfficer], 2);
    assert_eq!(east.get("/api/v1/rings").body["items"], json!([]));
    refused(&east, "/api/v1/rings/1/stand-down", &json!({"reason": "not_needed"}), 403, "");
    let mut moved = ring(1);
    moved["crossings"][1]["post"] = json!(1);
    let said = control.command(&key(), "put", "/api/v1/rings/1", &moved);
    assert_eq!(said.status, 409, "{:?}", said.body);
    control.done("/api/v1/rings/1/retire", &json!({"reason": "not_needed"}));
    assert_eq!(control.get("/api/v1/rings").body["items"], json!([]));
    refused(&control, path, &activate(approval("key/control", 60_000)), 404, "there is no RING-1");
}

/// A town in which a minute passes in a second.
pub(crate) fn hurried() -> Town {
    let folder = tempfile::tempdir().unwrap();
    city::write(folder.path());
    Town::of(folder, Some(Drill { from: Timestamp(1_790_000_000_000), speed: 60 }))
}

/// Asks until it is so.
#[track_caller]
pub(crate) fn once(mut is: impl FnMut() -> bool) {
    for _ in 0..200 {
        if is() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("it never is");
}

#[test]
fn what_is_ordered_for_a_ring_ends_by_itself() {
    let town = hurried();
    let control = town.control();
    checkpoint(&control, 9);
    control.done("/api/v1/rings", &ring(1));
    let order =
        json!({"level": "l1", "reason": "threat", "approval": approval("key/control", 60_000)});
    control.done("/api/v1/rings/1/activate", &order);
    assert_eq!(control.get("/api/v1/rings").body["items"][0]["level"], "l1");
    once(|| control.get("/api/v1/rings").body["items"][0]["level"].is_null());
}

fn count(
    from: &str,
    until: &str,
    vehicles: u32,
    queue: Option<u32>,
    corrects: Option<u64>,
) -> Value {
    json!({
        "from": from, "until": until, "vehicles": vehicles, "people": 2 * vehicles,
        "finds": [{"kind": "explosives", "count": 1}], "queue": queue, "corrects": corrects,
    })
}

#[test]
fn a_checkpoint_keeps_lanes_and_numbers_and_says_how_long_one_waits() {
    let town = Town::new();
    let control = town.control();
    checkpoint(&control, 9);
    let (lanes, counts) = ("/api/v1/checkpoints/9/lanes", "/api/v1/checkpoints/9/counts");
    refused(
        &control,
        "/api/v1/checkpoints/1/lanes",
        &json!({"lanes": 1, "staff": 1}),
        409,
        "post 1 is a police_station",
    );
    control.done(lanes, &json!({"lanes": 2, "staff": 5}));
    let first = count("2024-01-08T08:00:00Z", "2024-01-08T09:00:00Z", 120, Some(10), None);
    let first = control.done(counts, &first)["count"].as_u64().unwrap();
    let of_it = || control.get("/api/v1/checkpoints").body["items"][0].clone();
    let told = of_it();
    // Two lanes let a vehicle a minute pass each; the tenth in the queue waits five minutes.
    assert_eq!((&told["vehicles"], &told["wait_ms"]), (&json!(120), &json!(300_000)));
    assert_eq!(told["finds"], json!([{"kind": "explosives", "count": 1}]));
    // With twice the lanes half as long.
    control.done(lanes, &json!({"lanes": 4, "staff": 9}));
    assert_eq!(of_it()["wait_ms"], 150_000);
    let again = count("2024-01-08T08:30:00Z", "2024-01-08T09:30:00Z", 10, None, None);
    refused(&control, counts, &again, 409, "counts a part of that time already");
    let right = count("2024-01-08T08:00:00Z", "2024-01-08T09:00:00Z", 240, Some(10), Some(first));
    let right = control.done(counts, &right)["count"].as_u64().unwrap();
    let told = of_it();
    assert_eq!((&told["vehicles"], &told["people"]), (&json!(240), &json!(480)));
    // Nothing is overwritten: both entries are there, and the first says which is right.
    let entries = control.get(counts).body["items"].clone();
    assert_eq!(
        (&entries[0]["vehicles"], &entries[0]["corrected_by"]),
        (&json!(120), &json!(right))
    );
    assert_eq!(
        (&entries[1]["by"], &entries[1]["corrected_by"]),
        (&json!("key/control"), &Value::Null)
    );
    let mut person = count("2024-01-08T10:00:00Z", "2024-01-08T11:00:00Z", 1, None, None);
    person["plates"] = json!(["X1"]);
    refused(&control, counts, &person, 400, "unknown field");
    let east = town.machine("east", &[Role::Dispatcher], 2);
    refused(&east, lanes, &json!({"lanes": 1, "staff": 1}), 403, "");
    assert_eq!(east.get("/api/v1/checkpoints").body["items"], json!([]));
}

#[test]
fn who_works_there_opens_a_post_again() {
    let town = Town::new();
    let control = town.control();
    checkpoint(&control, 9);
    let path = "/api/v1/posts/9/state";
    let close =
        json!({"to": "closed", "reason": "threat", "approval": approval("key/control", 3_600_000)});
    control.done(path, &close);
    let dispatcher = town.machine("d", &[Role::Dispatcher], 1);
    dispatcher.done(path, &json!({"to": "open", "reason": "not_needed", "approval": null}));
}

/// A line round the crossing where the checkpoint is.
fn half_a_block() -> Value {
    json!([[113.510, 22.1018], [113.514, 22.1018], [113.514, 22.1054], [113.510, 22.1054]])
}

#[test]
fn every_road_that_crosses_a_line_is_found() {
    let town = Town::new();
    let control = town.control();
    checkpoint(&control, 9);
    // Half a block round the crossing where the checkpoint is: four ways, none of them at it.
    let line = half_a_block();
    let ask = json!({"line": line, "border": null, "travels": "car"});
    let found = control.ask("/api/v1/rings/crossings", &ask);
    let crossings = found["crossings"].as_array().unwrap();
    assert_eq!(crossings.len(), 4, "{found}");
    assert!(
        crossings.iter().all(|one| one["post"].is_null() && !one["street"].is_null()),
        "{found}"
    );
    // A line through the place itself is manned there.
    let near =
        json!([[113.5115, 22.1030], [113.5125, 22.1030], [113.5125, 22.1042], [113.5115, 22.1042]]);
    let by_it = control
        .ask("/api/v1/rings/crossings", &json!({"line": near, "border": null, "travels": "car"}));
    assert!(by_it["crossings"].as_array().unwrap().iter().all(|one| one["post"] == 9), "{by_it}");
    let border =
        control.ask("/api/v1/rings/crossings", &json!({"line": [], "border": 1, "travels": "car"}));
    // The district's border runs between two streets that go up: six go across.
    assert_eq!(border["crossings"].as_array().unwrap().len(), 6, "{border}");
    for wrong in [
        json!({"line": [], "border": null, "travels": "car"}),
        json!({"line": line, "border": 1, "travels": "car"}),
    ] {
        refused(&control, "/api/v1/rings/crossings", &wrong, 400, "one of the two");
    }
    refused(
        &control,
        "/api/v1/rings/crossings",
        &json!({"line": [], "border": 77, "travels": "car"}),
        404,
        "area 77",
    );
}

#[test]
fn a_ring_says_how_ready_it_is_and_who_would_man_the_rest() {
    let town = Town::new();
    let control = town.control();
    checkpoint(&control, 9);
    let line = half_a_block();
    let ask = json!({"line": line, "border": null, "travels": "car"});
    let found = control.ask("/api/v1/rings/crossings", &ask);
    let ring = json!({
        "name": {"en": "Gate", "zh": ""}, "area": 1, "line": line, "border": null, "travels": "car",
        "crossings": found["crossings"], "roads": found["roads"],
    });
    control.done("/api/v1/rings", &ring);
    let ready = || control.get("/api/v1/rings/1/readiness").body;
    let nobody = ready();
    assert_eq!(
        (&nobody["crossings"], &nobody["manned"], &nobody["share"]),
        (&json!(4), &json!(0), &json!(0))
    );
    assert_eq!((&nobody["rest_ms"], &nobody["stale"]), (&Value::Null, &json!(false)));
    for unit in 1..=4 {
        control.on_duty(unit, 1, 1);
    }
    let four = ready();
    let gaps = four["gaps"].as_array().unwrap();
    let mut units: Vec<u64> = gaps.iter().map(|gap| gap["unit"].as_u64().unwrap()).collect();
    units.sort_unstable();
    assert_eq!(units, [1, 2, 3, 4], "each goes to one");
    let last = gaps.iter().map(|gap| gap["arrival_ms"].as_u64().unwrap()).max();
    assert_eq!(four["rest_ms"].as_u64(), last);
    // With the checkpoint at one of them three are left; nobody at work there, and it is open again.
    let mut manned = ring.clone();
    manned["crossings"][0]["post"] = json!(9);
    manned["roads"] = json!("other");
    let said = control.command(&key(), "put", "/api/v1/rings/1", &manned);
    assert_eq!(said.status, 200, "{:?}", said.body);
    let three = ready();
    assert_eq!(
        (&three["manned"], &three["share"], &three["stale"]),
        (&json!(1), &json!(2_500), &json!(true))
    );
    control.done("/api/v1/checkpoints/9/lanes", &json!({"lanes": 0, "staff": 0}));
    assert_eq!(ready()["manned"], 0);
    let east = town.machine("east", &[Role::Dispatcher], 2);
    assert_eq!(east.get("/api/v1/rings/1/readiness").status, 403);
}

#[test]
fn lanes_are_planned_by_the_hour_from_what_was_counted() {
    let town = Town::new();
    let control = town.control();
    checkpoint(&control, 9);
    control.done("/api/v1/checkpoints/9/lanes", &json!({"lanes": 2, "staff": 5}));
    let counts = "/api/v1/checkpoints/9/counts";
    // 16:00 to 18:00 in Macau: an hour and a half of it in the first hour's pace.
    control.done(counts, &count("2024-01-08T08:00:00Z", "2024-01-08T09:00:00Z", 240, None, None));
    control.done(counts, &count("2024-01-08T09:00:00Z", "2024-01-08T10:00:00Z", 60, None, None));
    let plan = control.get("/api/v1/checkpoints/9/lanes?wait_ms=30000").body;
    assert_eq!((&plan["per_lane"], &plan["wait_ms"]), (&json!(120), &json!(30_000)));
    let hours = plan["hours"].as_array().unwrap();
    let told: Vec<(u64, u64)> = hours
        .iter()
        .map(|one| (one["hour"].as_u64().unwrap(), one["vehicles"].as_u64().unwrap()))
        .collect();
    assert_eq!(told, [(16, 240), (17, 60)]);
    for hour in hours {
        assert!(hour["wait_ms"].as_u64().unwrap() <= 30_000, "{hour}");
    }
    assert!(hours[0]["lanes"].as_u64() > hours[1]["lanes"].as_u64(), "{plan}");
}
