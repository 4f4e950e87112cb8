//! Positions: of units on duty and of nobody else (charter 5).

use std::time::{Duration, Instant};

use precinct_base::{Timestamp, UnitId};
use precinct_core::Role;
use precinct_wire::{FrameFix, Time, frame};
use serde_json::{Value, json};

use crate::city::{crossing, place};
use crate::client::{Client, Town};
use crate::person::{administrator, person, post};

pub(crate) fn now(client: &Client) -> Timestamp {
    client.get("/api/v1/clock").body["now"].as_str().unwrap().parse::<Time>().unwrap().0
}

pub(crate) fn fix(unit: u32, (x, y): (i64, i64), time: Timestamp, sos: bool) -> FrameFix {
    let at = place(x, y);
    FrameFix {
        unit: UnitId(unit),
        at,
        accuracy_m: Some(5),
        speed_cm_s: None,
        heading_cdeg: None,
        sos,
        time,
    }
}

pub(crate) fn send(client: &Client, fixes: &[FrameFix]) -> Value {
    let form = [("content-type", "application/vnd.precinct.positions")];
    let said = client.send("post", "/api/v1/positions", &form, &frame(fixes));
    assert_eq!(said.status, 200, "{:?}", said.body);
    said.body
}

/// Looks again for a few ticks until `right` is so.
#[track_caller]
pub(crate) fn soon(what: &str, right: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !right() {
        assert!(Instant::now() < until, "not within ten seconds: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_unit_has_a_place_only_while_it_is_on_duty() {
    let town = Town::new();
    let control = town.control();
    let at = now(&control);
    assert_eq!(
        send(&control, &[fix(1, (1, 1), at, false)])["left_out"],
        json!({"unknown_unit": 1})
    );
    let shift = control.on_duty(1, 1, 1);
    soon("the field knows of the tour", || {
        send(&control, &[fix(1, (1, 1), now(&control), false)])["taken"] == 1
    });
    soon("the fix is shown", || control.get("/api/v1/units/1").body["fix"]["at"] == crossing(1, 1));
    let later = Timestamp(now(&control).0 + 3_600_000);
    assert_eq!(send(&control, &[fix(1, (1, 1), later, false)])["left_out"], json!({"future": 1}));
    // The nearest by road is where it is now, not where its post is.
    control.on_duty(2, 2, 2);
    let incident = control.call(1, 2);
    soon("advice follows", || {
        let advice = control.ask("/api/v1/recommendations", &json!({"incident": incident}));
        let first = &advice["candidates"][0];
        first["unit"] == 1 && first["fix_age_ms"].is_u64()
    });
    let auditor = town.machine("a", &[Role::CallTaker], 2);
    assert_eq!(auditor.get("/api/v1/units/1").status, 403);
    control.done(&format!("/api/v1/shifts/{shift}/end"), &json!({}));
    soon("the fix is gone", || control.get("/api/v1/units/1").body["fix"].is_null());
    let off = send(&control, &[fix(1, (1, 1), now(&control), false)]);
    assert_eq!(off["left_out"], json!({"off_duty": 1}));
}

#[test]
fn a_call_for_help_is_never_lost_whatever_is_wrong_with_its_fix() {
    let town = Town::new();
    let control = town.control();
    let future = Timestamp(now(&control).0 + 86_400_000);
    send(&control, &[fix(77, (3, 3), future, true)]);
    soon("the call is on the board", || {
        let sos = control.get("/api/v1/board").body["sos"].clone();
        sos[0]["unit"] == 77 && sos[0]["at"] == crossing(3, 3)
    });
    let sos = control.get("/api/v1/board").body["sos"][0]["sos"].as_u64().unwrap();
    control.done(&format!("/api/v1/sos/{sos}/close"), &json!({"outcome": "dealt_with"}));
    assert_eq!(control.get("/api/v1/board").body["sos"], json!([]));
}

#[test]
fn frames_that_are_none_are_refused_whole() {
    let town = Town::new();
    let control = town.control();
    let said = control.send("post", "/api/v1/positions", &[], b"PRCPOS1\nshort");
    assert_eq!(said.status, 400);
    assert!(said.body["detail"].as_str().unwrap().contains("32 bytes"));
    let planner = town.machine("p", &[Role::Planner], 0);
    assert_eq!(planner.send("post", "/api/v1/positions", &[], &frame(&[])).status, 403);
}

#[test]
fn a_track_is_shown_for_a_purpose_and_that_is_on_record() {
    let town = Town::new();
    let control = town.control();
    control.on_duty(1, 1, 1);
    soon("the fix is taken", || {
        send(&control, &[fix(1, (1, 1), now(&control), false)])["taken"] == 1
    });
    let incident = control.call(1, 1);
    let from = Time(Timestamp(now(&control).0 - 60_000));
    let to = Time(now(&control));
    let body = json!({"purpose": "review", "incident": incident, "from": from, "to": to});
    let officer = person(&administrator(&town), "L1", "duty_officer", 0);
    let track = officer.ask("/api/v1/units/1/track", &body);
    assert_eq!(track["fixes"][0][1], crossing(1, 1));
    let far =
        json!({"purpose": "review", "incident": incident, "from": Time(Timestamp(0)), "to": to});
    let form = [("content-type", "application/json")];
    assert_eq!(
        control.send("post", "/api/v1/units/1/track", &form, far.to_string().as_bytes()).status,
        400
    );
    let dispatcher = town.machine("d", &[Role::Planner], 0);
    let said = dispatcher.send("post", "/api/v1/units/1/track", &form, body.to_string().as_bytes());
    assert_eq!(said.status, 403, "{said:?}");
}

#[test]
fn a_crew_says_by_its_own_page_where_it_is_and_calls_for_help() {
    let town = Town::new();
    let control = town.control();
    let shift = control.on_duty(1, 1, 1);
    let by = administrator(&town);
    let own = |crew: &Client| {
        let body = json!([{"at": crossing(2, 2), "time": Time(now(&control)), "accuracy_m": 9, "speed_cm_s": null, "heading_cdeg": null}]);
        post(crew, "/api/v1/positions/own", &body)
    };
    let staff = control.get("/api/v1/shifts").body["items"][0]["members"][0]["staff"].clone();
    let crew = person(&by, staff.as_str().unwrap(), "crew", 1);
    soon("the fix is taken", || own(&crew).body["taken"] == 1);
    soon("the fix is shown", || control.get("/api/v1/units/1").body["fix"]["at"] == crossing(2, 2));
    let other = person(&by, "N1", "crew", 1);
    assert_eq!(own(&other).status, 403, "in no unit");
    let duty = crew.get("/api/v1/duty/own").body;
    assert_eq!((&duty["tours"][0]["tour"]["shift"], &duty["sos"]), (&json!(shift), &json!(null)));
    assert_eq!((&duty["unit"], &duty["tours"][0]["call_sign"]), (&json!(1), &json!("E1")));
    assert_eq!(other.get("/api/v1/duty/own").body, json!({"unit": null, "tours": [], "sos": null}));
    crew.done("/api/v1/units/1/sos", &json!({"at": null}));
    assert_eq!(crew.get("/api/v1/duty/own").body["sos"]["unit"], 1);
    crew.done(&format!("/api/v1/shifts/{shift}/end"), &json!({}));
    assert_eq!(own(&crew).status, 403, "off duty");
}
