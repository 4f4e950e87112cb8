//! A policy watched beside those who send units, through the doors.

use serde_json::{Value, json};

use crate::client::{Client, Town, key};

const SHADOW: &str = "/api/v1/whatif/shadow";

fn watch(control: &Client, policy: &str) {
    control.done(SHADOW, &json!({"policy": policy, "lasts_ms": 3_600_000}));
}

/// Asks whom to send to an incident.
fn advice(control: &Client, incident: u64) -> Value {
    control.ask("/api/v1/recommendations", &json!({ "incident": incident }))
}

/// Sends a unit on the strength of advice; what was recorded.
fn send(control: &Client, incident: u64, unit: u64, advice: &Value) -> Value {
    let tasks = format!("/api/v1/incidents/{incident}/assignments");
    let sent = control.done(&tasks, &json!({"unit": unit, "recommendation": advice["id"]}));
    assert_eq!(sent["events"].as_array().unwrap().len(), 1, "nobody else is sent: {sent}");
    sent["events"][0]["unit_dispatched.2"].clone()
}

/// The scores, once the figures have come to what was recorded.
fn scores(control: &Client, compared: u64) -> Value {
    for _ in 0..200 {
        let said = control.get(SHADOW);
        let rows = said.body["rows"].as_array().cloned().unwrap_or_default();
        let sum: u64 = rows.iter().map(|row| row["compared"].as_u64().unwrap()).sum();
        if said.status == 200 && sum == compared {
            return said.body;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("{:?}", control.get(SHADOW));
}

fn candidate(advice: &Value, unit: u64) -> Value {
    let all = advice["candidates"].as_array().unwrap();
    all.iter().find(|one| one["unit"] == unit).unwrap().clone()
}

/// How much later the first is there than the second, as the answer itself says.
fn later(advice: &Value, would: u64, sent: u64) -> i64 {
    let travel = |unit: u64| candidate(advice, unit)["travel_ms"].as_i64().unwrap();
    travel(would) - travel(sent)
}

/// How much more demand stays covered.
fn kept(advice: &Value, would: u64, sent: u64) -> Value {
    let (would, sent) = (candidate(advice, would), candidate(advice, sent));
    let lost = |of: &Value, k: usize| of["cover_lost"][k].as_i64().unwrap();
    json!([0, 1, 2].map(|k| lost(&sent, k) - lost(&would, k)))
}

#[test]
fn what_it_would_have_sent_is_scored_and_nothing_is_sent() {
    let town = Town::peopled();
    let control = town.control();
    control.on_duty(1, 1, 1);
    control.on_duty(2, 2, 2);
    let before = control.get(SHADOW).body;
    assert_eq!((&before["now"], &before["rows"]), (&Value::Null, &json!([])));
    assert!(before["policies"].as_array().unwrap().contains(&json!("closest")));
    watch(&control, "closest");
    assert_eq!(control.get(SHADOW).body["now"]["policy"], "closest");
    // The farther of two is sent by hand; the policy would have sent the nearer.
    let first = control.call(1, 0);
    let told = advice(&control, first);
    let recorded = send(&control, first, 2, &told);
    let (later, kept) = (later(&told, 1, 2), kept(&told, 1, 2));
    assert!(later < 0, "{told}");
    let beside = &recorded["advice"]["beside"];
    assert_eq!(*beside, json!({"policy": "closest", "would": 1, "later_ms": later, "kept": kept}));
    // What is left is sent as it would have been.
    let second = control.call(0, 1);
    let recorded = send(&control, second, 1, &advice(&control, second));
    assert_eq!(recorded["advice"]["beside"]["would"], 1);
    let said = scores(&control, 2);
    let row = &said["rows"][0];
    assert_eq!(
        (&row["policy"], &row["agreed"], &row["timed"]),
        (&json!("closest"), &json!(1), &json!(2))
    );
    assert_eq!((&row["later_ms"], &row["within_ms"]), (&json!(later / 2), &Value::Null));
    let differed = said["differed"].as_array().unwrap();
    assert_eq!(differed.len(), 1);
    assert_eq!(
        (&differed[0]["incident"], &differed[0]["unit"], &differed[0]["would"]),
        (&json!(first), &json!(2), &json!(1))
    );
    // Nobody is on a task but those who were sent by hand.
    let on = |incident: u64| {
        let known = control.get(&format!("/api/v1/incidents/{incident}")).body;
        let tasks = known["assignments"].as_array().unwrap().iter();
        tasks.map(|task| task["unit"].clone()).collect::<Vec<_>>()
    };
    assert_eq!((on(first), on(second)), (vec![json!(2)], vec![json!(1)]));
}

#[test]
fn what_waits_together_is_looked_at_together() {
    let town = Town::new();
    let control = town.control();
    control.on_duty(1, 1, 1);
    control.on_duty(2, 2, 2);
    watch(&control, "joint");
    let (one, _other) = (control.call(2, 2), control.call(0, 1));
    let told = advice(&control, one);
    assert_eq!(told["chosen"], json!([1]), "by itself it takes the nearest");
    let recorded = send(&control, one, 1, &told);
    let beside = &recorded["advice"]["beside"];
    assert_eq!(
        (&beside["policy"], &beside["would"], &beside["later_ms"]),
        (&json!("joint"), &json!(2), &json!(later(&told, 2, 1)))
    );
}

#[test]
fn nothing_is_recorded_beside_when_none_is_watched() {
    let town = Town::new();
    let control = town.control();
    control.on_duty(1, 1, 1);
    let status = |body: Value, path: &str| {
        let said = control.command(&key(), "post", path, &body);
        (said.status, said.body["code"].clone())
    };
    let body = |policy: &str, lasts: u32| json!({"policy": policy, "lasts_ms": lasts});
    assert_eq!(status(json!({}), "/api/v1/whatif/shadow/end"), (409, json!("shadow.not_set")));
    assert_eq!(status(body("fairest", 3_600_000), SHADOW), (400, json!("shadow.policy")));
    assert_eq!(status(body("closest", 1_000), SHADOW), (409, json!("shadow.lasts")));
    watch(&control, "closest");
    control.done("/api/v1/whatif/shadow/end", &json!({}));
    assert_eq!(control.get(SHADOW).body["now"], Value::Null);
    let incident = control.call(1, 0);
    let recorded = send(&control, incident, 1, &advice(&control, incident));
    assert_eq!(recorded["advice"]["beside"], Value::Null);
}
