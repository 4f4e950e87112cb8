//! Devices of the field: real clients' forms.

use base64::Engine as _;
use serde_json::json;

use crate::city::crossing;
use crate::client::{Client, Town};
use crate::duty::soon;

fn enrolled(town: &Town, control: &Client, unit: u32, body: &serde_json::Value) -> String {
    let code = control.ask(&format!("/api/v1/units/{unit}/devices"), body);
    let stranger = town.stranger();
    let device = stranger.ask("/api/v1/devices", &json!({"code": code["code"]}));
    assert_eq!(device["unit"], unit);
    let again = json!({"code": code["code"]}).to_string();
    let form = [("content-type", "application/json")];
    assert_eq!(
        stranger.send("post", "/api/v1/devices", &form, again.as_bytes()).status,
        401,
        "once"
    );
    device["credential"].as_str().unwrap().to_owned()
}

#[test]
fn osmand_and_traccar_client_are_heard() {
    let town = Town::new();
    let control = town.control();
    control.on_duty(1, 1, 1);
    let credential = enrolled(&town, &control, 1, &json!({"kind": "tracker", "tracker": null}));
    let tracker = town.stranger();
    let query = format!(
        "/osmand?id={credential}&lat=22.1036&lon=113.504&speed=10&bearing=90&accuracy=8&batt=70"
    );
    soon("the query is taken", || {
        assert_eq!(tracker.get(&query).status, 200);
        control.get("/api/v1/units/1").body["fix"]["at"] == crossing(1, 1)
    });
    let unit = control.get("/api/v1/units/1").body;
    assert_eq!(
        (&unit["fix"]["speed_cm_s"], &unit["fix"]["heading_cdeg"]),
        (&json!(514), &json!(9_000))
    );
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = format!("id={credential}&lat=22.1072&lon=113.504");
    assert_eq!(tracker.send("post", "/osmand", &form, body.as_bytes()).status, 200);
    let document = json!({"device_id": credential, "location": {"coords": {"latitude": 22.1036, "longitude": 113.508}, "alarm": "sos"}});
    let form = [("content-type", "application/json")];
    assert_eq!(tracker.send("post", "/osmand", &form, document.to_string().as_bytes()).status, 200);
    soon("the call is on the board", || control.get("/api/v1/board").body["sos"][0]["unit"] == 1);
    assert_eq!(tracker.get("/osmand?id=nobody&lat=22&lon=113").status, 400);
    assert_eq!(tracker.get(&format!("/osmand?id={credential}&notificationToken=x")).status, 200);
}

#[test]
fn owntracks_is_answered_with_an_empty_list() {
    let town = Town::new();
    let control = town.control();
    control.on_duty(1, 1, 1);
    let credential = enrolled(&town, &control, 1, &json!({"kind": "phone", "tracker": null}));
    let mut phone = town.stranger();
    let basic = base64::prelude::BASE64_STANDARD.encode(format!("u1:{credential}"));
    phone.headers.push(("authorization".to_owned(), format!("Basic {basic}")));
    soon("the location is taken", || {
        let now: precinct_wire::Time =
            control.get("/api/v1/clock").body["now"].as_str().unwrap().parse().unwrap();
        let body = json!({"_type": "location", "lat": 22.1036, "lon": 113.504, "tst": now.0.0 / 1_000, "tid": "u1"});
        let said = phone.send("post", "/owntracks", &[], body.to_string().as_bytes());
        assert_eq!((said.status, said.body), (200, json!([])));
        control.get("/api/v1/units/1").body["fix"]["at"] == crossing(1, 1)
    });
    for other in [&b""[..], b"{\"_type\":\"lwt\"}"] {
        let said = phone.send("post", "/owntracks", &[], other);
        assert_eq!((said.status, said.body), (200, json!([])));
    }
    assert_eq!(town.stranger().send("post", "/owntracks", &[], b"").status, 401);
}
