//! Work that went on on paper is entered afterwards, with both times.

use precinct_base::Timestamp;
use precinct_wire::Time;
use serde_json::{Value, json};

use crate::city::crossing;
use crate::client::{Client, Town, key};
use crate::duty::now;

#[test]
fn a_case_from_paper_says_when_it_happened_and_when_it_was_entered() {
    let folder = tempfile::tempdir().unwrap();
    crate::city::write(folder.path());
    // An hour of the drill is a second: units have been on duty for a while when the paper is taken up.
    let drill = precinct_server::Drill { from: Timestamp(1_704_700_800_000), speed: 3_600 };
    let town = Town::of(folder, Some(drill));
    let control = town.control();
    control.on_duty(1, 1, 1);
    let begun = now(&control).0;
    crate::duty::soon("an hour has passed", || now(&control).0 > begun + 3_600_000);
    let began = begun + 60_000;
    let at = |minutes: i64| Time(Timestamp(began + minutes * 60_000));
    let intake = json!({
        "source": "call", "kind": "disturbance", "at": crossing(1, 1), "text": "by runner", "happened_at": at(0),
    });
    let incident = control.done("/api/v1/incidents", &intake)["incident"].as_u64().unwrap();
    let path = format!("/api/v1/incidents/{incident}");
    let tasks = format!("{path}/assignments");
    let steps = [
        (tasks.clone(), json!({"unit": 1, "happened_at": at(2)})),
        (format!("{tasks}/1/acknowledge"), json!({"happened_at": at(3)})),
        (format!("{tasks}/1/en-route"), json!({"happened_at": at(4)})),
        (format!("{tasks}/1/on-scene"), json!({"happened_at": at(9)})),
        (format!("{path}/notes"), json!({"text": "two men parted", "happened_at": at(10)})),
        (format!("{tasks}/1/transport"), json!({"post": 1, "happened_at": at(12)})),
        (format!("{tasks}/1/clear"), json!({"happened_at": at(20)})),
        (format!("{path}/resolve"), json!({"disposition": "dealt_with", "happened_at": at(21)})),
    ];
    for (path, body) in &steps {
        control.done(path, body);
    }
    let known = control.get(&path).body;
    assert_eq!((&known["opened"], &known["since"]), (&json!(at(0)), &json!(at(21))));
    let entered =
        |value: &Value| value.as_str().unwrap().parse::<Time>().unwrap().0.0 > began + 1_800_000;
    assert!(entered(&known["entered_at"]) && entered(&known["ending_entered_at"]), "{known}");
    assert_eq!(known["notes"][1]["at"], json!(at(10)));
    assert!(entered(&known["notes"][1]["entered_at"]));
    marked(&known["assignments"][0], at, entered);
    let records = control.get("/api/v1/review/records?limit=1000").body;
    let records = records["items"].as_array().unwrap();
    let happened: Vec<&Value> =
        records.iter().filter(|record| record.get("happened_at").is_some()).collect();
    assert_eq!(happened.len(), 1 + steps.len());
    assert_eq!(happened[1]["happened_at"], json!(at(2)));
    refusals(&control, at(1));
}

/// What cannot be is refused, and what was told late as ever has no mark.
fn refusals(control: &Client, early: Time) {
    let other = control.call(2, 2);
    let path = format!("/api/v1/incidents/{other}");
    let refused = |path: &str, body: &Value| control.command(&key(), "post", path, body).status;
    let tasks = format!("{path}/assignments");
    assert_eq!(refused(&tasks, &json!({"unit": 1, "happened_at": early})), 409);
    let ahead = Time(Timestamp(now(control).0 + 24 * 3_600_000));
    let note = format!("{path}/notes");
    assert_eq!(refused(&note, &json!({"text": "x", "happened_at": ahead})), 400);
    control.done(&tasks, &json!({"unit": 1}));
    let told = format!("{tasks}/1/on-scene");
    let late = Time(now(control));
    assert_eq!(refused(&told, &json!({"at": late, "happened_at": late})), 400);
    control.done(&told, &json!({"at": late}));
    assert_eq!(control.get(&path).body["assignments"][0]["from_paper"], json!([]));
}

/// Each step of a task has the instant of paper, and a mark.
fn marked(task: &Value, at: impl Fn(i64) -> Time, entered: impl Fn(&Value) -> bool) {
    for (step, stage, minutes) in [
        (0, "dispatched", 2),
        (1, "acknowledged", 3),
        (2, "en_route", 4),
        (3, "on_scene", 9),
        (4, "transporting", 12),
        (5, "ended", 20),
    ] {
        assert_eq!(task[stage], json!(at(minutes)), "{stage}");
        let paper = &task["from_paper"][step];
        assert_eq!((&paper["stage"], &paper["happened_at"]), (&json!(stage), &json!(at(minutes))));
        assert!(entered(&paper["entered_at"]), "{paper}");
    }
}
