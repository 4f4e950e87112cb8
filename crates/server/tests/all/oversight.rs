//! Looks at what is sensitive, rights, policies and broken glass: all of it on record.

use precinct_core::Role;
use serde_json::{Value, json};

use crate::client::{Town, key};
use crate::person::{PASSWORD, administrator, person, post, signed_in, with_factor};

pub(crate) fn last_events(town: &Town) -> Vec<Value> {
    let reader = precinct_journal::Reader::open(&town.folder.path().join("data")).unwrap();
    let mut last = Vec::new();
    reader
        .read(1, &mut |row| {
            let body: Value = serde_json::from_str(row.body).unwrap();
            last.clone_from(body["facts"].as_array().unwrap());
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    last
}

#[test]
fn a_text_is_shown_once_the_look_is_on_record_and_never_in_the_journal() {
    let town = Town::new();
    let control = town.control();
    let dispatcher = person(&administrator(&town), "D1", "dispatcher", 0);
    let incident = control.call(1, 1);
    control
        .done(&format!("/api/v1/incidents/{incident}/notes"), &json!({"text": "gate code 1234"}));
    let path = format!("/api/v1/incidents/{incident}/text");
    let text = dispatcher.ask(&path, &json!({"purpose": "response"}));
    assert_eq!(text["address"], "3 Street 1, flat 12");
    let notes: Vec<&Value> =
        text["notes"].as_array().unwrap().iter().map(|note| &note["text"]).collect();
    assert_eq!(notes, ["loud voices", "gate code 1234"]);
    assert_eq!(last_events(&town)[0]["access_read.2"]["what"], "text");
    assert_eq!(post(&dispatcher, &path, &json!({})).status, 400, "without a purpose");
    assert_eq!(post(&dispatcher, &path, &json!({"purpose": "planning"})).status, 403);
    // What is sensitive is for people, never for machines.
    assert_eq!(post(&control, &path, &json!({"purpose": "response"})).status, 403);
    let file = |name: &str| std::fs::read(town.folder.path().join("data").join(name)).unwrap();
    let bytes = [file("journal.db-wal"), file("journal.db")].concat();
    for secret in ["loud voices", "gate code", "flat 12"] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
    }
}

#[test]
fn a_text_is_gone_once_it_is_erased() {
    let town = Town::new();
    let control = town.control();
    let officer = person(&administrator(&town), "L1", "duty_officer", 0);
    let incident = control.call(1, 1);
    control
        .done(&format!("/api/v1/incidents/{incident}/cancel"), &json!({"reason": "false_alarm"}));
    let erase = format!("/api/v1/incidents/{incident}/erase-text");
    let erased = officer.command(&key(), "post", &erase, &json!({}));
    assert_eq!(erased.status, 200, "{erased:?}");
    let text =
        officer.ask(&format!("/api/v1/incidents/{incident}/text"), &json!({"purpose": "review"}));
    assert_eq!((&text["erased"], &text["notes"][0]["text"]), (&json!(true), &Value::Null));
    assert!(!text.to_string().contains("loud"));
}

#[test]
fn glass_can_be_broken_at_once_widens_ordinary_work_and_is_on_record() {
    let town = Town::new();
    let control = town.control();
    let administrator = administrator(&town);
    let west = person(&administrator, "D1", "dispatcher", 1);
    let east = control.call(5, 5);
    let path = format!("/api/v1/incidents/{east}/cancel");
    let body = json!({"reason": "false_alarm"});
    assert_eq!(west.command(&key(), "post", &path, &body).status, 403);
    let glass = json!({"reason": "radio_down", "lasts_ms": null});
    assert_eq!(west.command(&key(), "post", "/api/v1/glass", &glass).status, 200);
    assert_eq!(last_events(&town)[0]["glass_broken.1"]["staff"], "D1");
    assert_eq!(west.command(&key(), "post", &path, &body).status, 200);
    // It never gives rights.
    let account = json!({"staff": "D2", "force": "police", "roles": []});
    assert_eq!(post(&west, "/api/v1/accounts", &account).status, 403);
    assert_eq!(west.command(&key(), "post", "/api/v1/glass/D1/mend", &json!({})).status, 200);
    let other = control.call(5, 5);
    let path = format!("/api/v1/incidents/{other}/cancel");
    assert_eq!(west.command(&key(), "post", &path, &body).status, 403);
    // A machine's key is not widened.
    let machine = town.machine("west", &[Role::Dispatcher], 1);
    assert_eq!(machine.command(&key(), "post", "/api/v1/glass", &glass).status, 403);
}

#[test]
fn keys_are_given_and_revoked_by_who_may_and_that_is_on_record() {
    let town = Town::new();
    let administrator = administrator(&town);
    let body =
        json!({"name": "cad", "roles": [{"role": "dispatcher", "area": 1}], "expires": null});
    let dispatcher = person(&administrator, "D1", "dispatcher", 0);
    assert_eq!(post(&dispatcher, "/api/v1/keys", &body).status, 403);
    let made = administrator.ask("/api/v1/keys", &body);
    let changed = &last_events(&town)[0]["account_changed.1"];
    assert_eq!(
        (&changed["staff"], &changed["roles"][0]["role"]),
        (&json!("key/cad"), &json!("dispatcher"))
    );
    let mut machine = town.stranger();
    let key = format!("Bearer {}", made["key"].as_str().unwrap());
    machine.headers.push(("authorization".to_owned(), key));
    assert_eq!(machine.get("/api/v1/board").status, 200);
    assert_eq!(administrator.get("/api/v1/keys").body[0]["staff"], "key/cad");
    assert_eq!(post(&administrator, "/api/v1/keys/cad/revoke", &json!({})).status, 204);
    assert_eq!(machine.get("/api/v1/board").status, 401);
}

#[test]
fn policies_are_replaced_whole_or_not_at_all_and_outlive_a_restart() {
    let town = Town::new();
    let administrator = administrator(&town);
    let form = [("content-type", "application/json")];
    let put = |text: &str| {
        let body = json!({"text": text}).to_string();
        administrator.send("put", "/api/v1/policies", &form, body.as_bytes())
    };
    let policies = administrator.get("/api/v1/policies").body["text"].as_str().unwrap().to_owned();
    let wrong = put("permit(principal, action, resource) when { context.magic };");
    assert_eq!(wrong.status, 400, "{wrong:?}");
    assert_eq!(put("").status, 400, "nobody could mend that");
    let dispatcher = person(&administrator, "D1", "dispatcher", 0);
    assert_eq!(dispatcher.get("/api/v1/board").status, 200);
    let stricter = format!(
        "{policies}\n@id(\"closed\") forbid (principal, action == Action::\"read_board\", resource);\n"
    );
    assert_eq!(put(&stricter).status, 204);
    assert!(last_events(&town)[0]["policy_set.1"]["version"].is_string());
    let refused = dispatcher.get("/api/v1/board");
    assert_eq!(refused.status, 403);
    assert!(refused.body["detail"].as_str().unwrap().contains("closed"), "{refused:?}");
    let headers = dispatcher.headers.clone();
    let town = town.restarted();
    let mut dispatcher = town.stranger();
    dispatcher.headers = headers;
    assert_eq!(dispatcher.get("/api/v1/board").status, 403);
}

#[test]
fn who_gives_roles_in_one_area_takes_none_away_in_another() {
    let town = Town::new();
    let administrator = administrator(&town);
    let body =
        json!({"staff": "K2", "force": "police", "roles": [{"role": "administrator", "area": 1}]});
    let token = administrator.ask("/api/v1/accounts", &body)["token"].clone();
    let stranger = town.stranger();
    let password = json!({"token": token, "password": PASSWORD});
    assert_eq!(post(&stranger, "/api/v1/accept", &password).status, 204);
    let west = with_factor(&signed_in(&stranger, "K2", None), "K2");
    person(&administrator, "E1", "dispatcher", 2);
    person(&administrator, "W1", "dispatcher", 1);
    let form = [("content-type", "application/json")];
    let set = |staff: &str| {
        let body = json!({"roles": [{"role": "call_taker", "area": 1}]}).to_string();
        west.send("put", &format!("/api/v1/accounts/{staff}/roles"), &form, body.as_bytes()).status
    };
    assert_eq!((set("W1"), set("E1"), set("K100"), set("Z9")), (204, 403, 403, 404));
}
