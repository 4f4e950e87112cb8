//! Stopping, starting anew, and drills.

use precinct_base::Timestamp;
use precinct_server::Drill;
use rusqlite::Connection;
use serde_json::json;

use crate::city::{self, crossing};
use crate::client::{Town, key};
use crate::duty::soon;

#[test]
fn what_was_acknowledged_is_there_after_a_restart_and_nothing_is_described_twice() {
    let town = Town::new();
    let control = town.control();
    control.on_duty(1, 1, 1);
    let incident = control.call(2, 2);
    let before = control.get("/api/v1/board").body;
    let headers = control.headers.clone();
    let town = town.restarted();
    let mut control = town.stranger();
    control.headers = headers;
    let after = control.get("/api/v1/board").body;
    for part in ["seq", "incidents", "posts", "areas", "shifts"] {
        assert_eq!(before[part], after[part], "{part}");
    }
    assert_eq!(after["units"][0]["status"], "available");
    let shift = control.get("/api/v1/shifts").body["items"][0]["shift"].as_u64().unwrap();
    control.done(&format!("/api/v1/incidents/{incident}/notes"), &json!({"text": "still here"}));
    control.done(&format!("/api/v1/shifts/{shift}/end"), &json!({}));
    assert!(control.on_duty(3, 1, 1) > shift, "a tour's number is never given twice");
}

#[test]
fn a_drill_has_its_own_time_and_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    city::write(folder.path());
    let from = Timestamp(1_704_700_800_000);
    let town = Town::of(folder, Some(Drill { from, speed: 600 }));
    let control = town.control();
    let clock = control.get("/api/v1/clock").body;
    assert_eq!((&clock["speed"], &clock["drill"]), (&json!(600), &json!(true)));
    assert_eq!(clock["time_zone"], "Asia/Macau");
    assert!(clock["now"].as_str().unwrap().starts_with("2024-01-08T"), "{clock}");
    let incident = control.call(1, 1);
    let opened = control.get(&format!("/api/v1/incidents/{incident}")).body["opened"].clone();
    assert!(opened.as_str().unwrap().starts_with("2024-01-08T"));
    assert!(town.folder.path().join("data/drill").exists());
}

/// The disk is as slow as can be: another hand holds the file, and the writer waits for it.
#[test]
fn a_slow_disk_holds_up_commands_and_nobody_who_looks() {
    let town = Town::new();
    let control = town.control();
    let hand = Connection::open(town.folder.path().join("data/journal.db")).unwrap();
    hand.execute_batch("BEGIN IMMEDIATE").unwrap();
    let body = json!({
        "source": "call", "reported": null, "kind": "noise", "priority": null, "at": crossing(2, 2), "area": null,
        "address": null, "hazards": [], "text": null,
    });
    let key = key();
    let asked = std::thread::spawn({
        let (control, key, body) = (control.clone(), key.clone(), body.clone());
        move || control.command(&key, "post", "/api/v1/incidents", &body)
    });
    let mut looks = 0;
    while !asked.is_finished() {
        assert_eq!(control.get("/api/v1/board").status, 200);
        looks += 1;
    }
    let said = asked.join().unwrap();
    assert_eq!(
        (said.status, &said.headers["retry-after"].to_str().unwrap()),
        (503, &"2"),
        "{said:?}"
    );
    assert!(said.body["detail"].as_str().unwrap().contains("with the same key"));
    assert!(looks > 1, "looks waited for the disk");
    hand.execute_batch("ROLLBACK").unwrap();
    soon("the same key is answered", || {
        control.command(&key, "post", "/api/v1/incidents", &body).status == 200
    });
    assert_eq!(control.get("/api/v1/incidents").body["items"].as_array().unwrap().len(), 1);
}
