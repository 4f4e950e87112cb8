//! Who comes too often is held up, and a call for help never is.

use precinct_core::Role;
use serde_json::json;

use crate::city::crossing;
use crate::client::{Client, Said, Town, key};
use crate::person::{administrator, person, post, with_factor};

/// More than anybody may do at once.
const MANY: usize = 20_000;

fn search(who: &Client) -> Said {
    who.get("/api/v1/search?q=west")
}

/// Asks until it is too often.
#[track_caller]
fn held_up(ask: impl Fn() -> Said) -> Said {
    (0..MANY).map(|_| ask()).find(|said| said.status == 429).expect("it is too often some time")
}

#[test]
fn who_asks_too_often_is_told_when_to_come_again_and_nobody_else_is() {
    let town = Town::new();
    let control = town.control();
    control.on_duty(1, 1, 1);
    let administrator = administrator(&town);
    let wild = with_factor(&person(&administrator, "D1", "dispatcher", 0), "D1");
    let calm = person(&administrator, "D2", "dispatcher", 0);
    let said = held_up(|| search(&wild));
    assert_eq!(said.body["type"], "/problems/too-often");
    assert_eq!(said.headers["content-type"], "application/problem+json");
    assert!(said.headers["retry-after"].to_str().unwrap().parse::<u32>().unwrap() >= 1);
    assert_eq!(search(&calm).status, 200, "others go on");
    assert_eq!(wild.get("/api/v1/board").status, 200, "so does other work");
    let call = |_| wild.command(&key(), "post", "/api/v1/units/1/sos", &json!({"at": null})).status;
    assert!((0..MANY / 40).map(call).all(|status| status != 429), "a call for help goes through");
    // Whoever broke glass is not held up.
    let glass = wild.command(&key(), "post", "/api/v1/glass", &json!({"reason": "radio_down"}));
    assert_eq!(glass.status, 200, "{glass:?}");
    assert!((0..MANY / 40).all(|_| search(&wild).status == 200));
    assert!(search(&control).status == 200);
    let counted = town.stranger().get("/metrics").body;
    assert!(counted.as_str().unwrap().contains("precinct_held_up_total"));
}

#[test]
fn who_is_not_known_is_counted_by_address_and_does_not_hold_up_who_is() {
    let town = Town::new();
    let control = town.control();
    // One connection, or it takes long.
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let stranger = Client { agent, ..town.stranger() };
    let forged = vec![(
        "authorization".to_owned(),
        format!("Bearer pk_{}_{}", "0".repeat(16), "0".repeat(64)),
    )];
    let forger = Client { headers: forged, ..stranger.clone() };
    held_up(|| stranger.get("/api/v1/sign-in"));
    held_up(|| forger.get("/api/v1/board"));
    held_up(|| stranger.get("/osmand?id=nobody&lat=22&lon=113"));
    assert_eq!(control.get("/api/v1/board").status, 200, "a key has a count of its own");
    assert_eq!(stranger.get("/readyz").status, 200);
}

#[test]
fn a_device_that_runs_wild_is_held_up_and_its_call_for_help_is_not() {
    let town = Town::new();
    let control = town.control();
    control.on_duty(1, 1, 1);
    let code = control.ask("/api/v1/units/1/devices", &json!({"kind": "phone", "tracker": null}));
    let credential = town.stranger().ask("/api/v1/devices", &json!({"code": code["code"]}));
    let credential = credential["credential"].as_str().unwrap().to_owned();
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let headers = vec![("authorization".to_owned(), format!("Bearer {credential}"))];
    let phone = Client { agent, headers, ..town.stranger() };
    let now = control.get("/api/v1/clock").body["now"].clone();
    let send = |sos: bool| {
        let body = json!([{"at": crossing(1, 1), "time": now, "sos": sos}]);
        post(&phone, "/api/v1/positions/own", &body)
    };
    held_up(|| send(false));
    assert_eq!(send(true).status, 200);
    let gateway = town.machine("radio", &[Role::Gateway], 0);
    let frame = precinct_wire::frame(&[]);
    let form = [("content-type", "application/vnd.precinct.positions")];
    assert_eq!(gateway.send("post", "/api/v1/positions", &form, &frame).status, 200);
}
