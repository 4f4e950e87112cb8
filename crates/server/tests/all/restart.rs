//! Stopping, starting anew, and drills.

use precinct_base::Timestamp;
use precinct_server::Drill;
use serde_json::json;

use crate::city;
use crate::client::Town;

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
