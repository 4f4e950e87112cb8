//! Several people at one thing: who looks is seen, and nobody overwrites what they have not seen.

use std::io::{BufRead, BufReader};

use precinct_core::Role;
use serde_json::{Value, json};

use crate::city::crossing;
use crate::client::{Client, Said, Town, key};
use crate::person::{administrator, person};

/// The next `count` events of a stream: name, number, what it says.
fn events(client: &Client, path: &str, count: usize) -> Vec<(String, Option<String>, Value)> {
    let mut request = client.agent.get(format!("{}{path}", client.base));
    for (name, value) in &client.headers {
        request = request.header(name, value);
    }
    let lines = BufReader::new(request.call().unwrap().into_body().into_reader()).lines();
    let (mut found, mut name, mut id, mut data) = (Vec::new(), String::new(), None, None);
    for line in lines.map(Result::unwrap) {
        match line.split_once(": ") {
            Some(("event", text)) => text.clone_into(&mut name),
            Some(("id", text)) => id = Some(text.to_owned()),
            Some(("data", text)) => data = serde_json::from_str(text).ok(),
            _ => {
                let said = data.take().filter(|_| name != "time");
                found.extend(said.map(|data| (name.clone(), id.clone(), data)));
                id = None;
            }
        }
        if found.len() == count {
            break;
        }
    }
    found
}

fn looks(client: &Client, incident: u64, what: &str) -> u16 {
    let path = format!("/api/v1/incidents/{incident}/looking");
    let body = json!({"what": what}).to_string();
    client.send("put", &path, &[("content-type", "application/json")], body.as_bytes()).status
}

#[test]
fn who_looks_at_an_incident_is_told_to_others_and_never_recorded() {
    let town = Town::new();
    let control = town.control();
    let administrator = administrator(&town);
    let (one, other) = (
        person(&administrator, "D1", "dispatcher", 0),
        person(&administrator, "D2", "dispatcher", 0),
    );
    let incident = control.call(0, 0);
    let seq = control.get("/api/v1/board").body["seq"].clone();
    assert_eq!((looks(&one, incident, "looking"), looks(&other, incident, "editing")), (204, 204));
    for path in ["/api/v1/stream", "/api/v1/board/changes"] {
        let (name, id, said) = events(&control, path, 1).remove(0);
        assert_eq!((name.as_str(), id), ("looking", None), "{path}");
        assert_eq!(
            (&said["incident"], &said["looking"][1]["what"]),
            (&json!(incident), &json!("editing"))
        );
        let who: Vec<&Value> =
            said["looking"].as_array().unwrap().iter().map(|one| &one["staff"]).collect();
        assert_eq!(who, ["D1", "D2"]);
    }
    let path = format!("/api/v1/incidents/{incident}");
    let known = control.get(&path);
    assert_eq!(known.body["looking"].as_array().unwrap().len(), 2);
    let gone = other.send("delete", &format!("{path}/looking"), &[], b"");
    assert_eq!(gone.status, 204, "{gone:?}");
    let left = control.get(&path);
    assert_eq!(left.body["looking"][0]["staff"], "D1");
    assert_ne!(known.headers["etag"], left.headers["etag"], "or nobody would hear of it");
    assert_eq!(control.get("/api/v1/board").body["seq"], seq, "nothing of it is on record");
    let east = town.machine("e", &[Role::Dispatcher], 2);
    assert_eq!(looks(&east, incident, "looking"), 403);
    assert_eq!((looks(&one, 99, "looking"), looks(&one, incident, "staring")), (404, 400));
}

/// Gives a command that is to be done only if nothing has changed since `tag`.
fn if_match(
    client: &Client,
    key: &str,
    (method, path): (&str, &str),
    tag: &str,
    body: &Value,
) -> Said {
    let with = [("content-type", "application/json"), ("idempotency-key", key), ("if-match", tag)];
    client.send(method, path, &with, body.to_string().as_bytes())
}

fn tag(client: &Client, path: &str) -> String {
    client.get(path).headers["etag"].to_str().unwrap().to_owned()
}

#[test]
fn nobody_overwrites_what_they_have_not_seen() {
    let town = Town::new();
    let control = town.control();
    let other = town.machine("other", &[Role::Dispatcher], 0);
    let incident = control.call(0, 0);
    control.on_duty(1, 1, 1);
    let path = format!("/api/v1/incidents/{incident}");
    let regrade = format!("{path}/regrade");
    let grade = |priority: u8| json!({"kind": "noise", "priority": priority, "reason": "grew"});
    let seen = tag(&control, &path);
    // What others do elsewhere, what is noted and that somebody looks is no change of it.
    control.call(2, 2);
    other.done(&format!("{path}/notes"), &json!({"text": "x"}));
    assert_eq!(looks(&other, incident, "editing"), 204);
    let mine = key();
    let done = if_match(&control, &mine, ("post", &regrade), &seen, &grade(2));
    assert_eq!(done.status, 200, "{done:?}");
    // Sent again it is answered from the record, though its own change lies after what was seen.
    let again = if_match(&control, &mine, ("post", &regrade), &seen, &grade(2));
    assert_eq!((again.status, &again.body["seq"]), (200, &done.body["seq"]), "{again:?}");
    let late = if_match(&other, &key(), ("post", &regrade), &seen, &grade(1));
    assert_eq!(late.status, 412, "{late:?}");
    let changed = &late.body["changed"][0];
    assert_eq!(
        (&changed["seq"], &changed["by"], &changed["events"]),
        (&done.body["seq"], &json!("key/control"), &json!(["incident_regraded.1"]))
    );
    assert!(late.body["detail"].as_str().unwrap().contains("key/control"), "{late:?}");
    assert_eq!(control.get(&path).body["priority"], 2, "nothing was overwritten");
    // A unit was sent: whoever closes it has not seen that.
    let seen = tag(&other, &path);
    control.done(&format!("{path}/assignments"), &json!({"unit": 1}));
    let cancel = format!("{path}/cancel");
    let late = if_match(&other, &key(), ("post", &cancel), &seen, &json!({"reason": "other"}));
    assert_eq!(late.status, 412, "{late:?}");
    let any = if_match(&other, &key(), ("post", &regrade), "*", &grade(4));
    assert_eq!(any.status, 200, "{any:?}");
    let newest = if_match(&other, &key(), ("post", &regrade), &tag(&other, &path), &grade(3));
    assert_eq!(newest.status, 200, "{newest:?}");
    assert_eq!(if_match(&other, &key(), ("post", &regrade), "7", &grade(1)).status, 400);
    assert_eq!(if_match(&other, &key(), ("post", &regrade), "\"999999\"", &grade(1)).status, 412);
}

#[test]
fn what_was_seen_before_a_restart_still_counts() {
    let town = Town::new();
    let control = town.control();
    let (still, moved) = (control.call(0, 0), control.call(4, 4));
    let tags = [still, moved].map(|id| tag(&control, &format!("/api/v1/incidents/{id}")));
    let hazard = json!({"hazard": "fire"});
    control.done(&format!("/api/v1/incidents/{moved}/hazards"), &hazard);
    let headers = control.headers.clone();
    let town = town.restarted();
    let control = Client { headers, ..town.stranger() };
    let mut statuses = Vec::new();
    for (id, tag) in [still, moved].iter().zip(&tags) {
        let path = format!("/api/v1/incidents/{id}/cancel");
        let body = json!({"reason": "false_alarm"});
        statuses.push(if_match(&control, &key(), ("post", &path), tag, &body).status);
    }
    assert_eq!(statuses, [200, 412]);
}

#[test]
fn what_describes_the_city_is_replaced_by_who_has_seen_it() {
    let town = Town::new();
    let control = town.control();
    control.on_duty(1, 1, 1);
    let name = json!({"en": "X", "zh": ""});
    let unit = |sign: &str| json!({"call_sign": sign, "force": "police", "capabilities": [], "vehicle": "car", "home": null, "area": 1, "members": []});
    let post = |level: u8| json!({"kind": "checkpoint", "area": 1, "at": crossing(0, 0), "hours": null, "level": level, "name": name});
    let area = |en: &str| json!({"parent": 0, "level": "district", "grade": null, "reach_ms": null, "name": {"en": en, "zh": ""}});
    let catalogue = |keep: u32| {
        let mut catalogue = serde_json::to_value(precinct_core::Catalogue::standard()).unwrap();
        catalogue["rules"]["keep_closed"] = json!(keep);
        catalogue
    };
    for (read, path, first, second) in [
        ("/api/v1/units/1", "/api/v1/units/1", unit("A"), unit("B")),
        ("/api/v1/posts", "/api/v1/posts/1", post(2), post(3)),
        ("/api/v1/areas", "/api/v1/areas/1", area("A"), area("B")),
        ("/api/v1/catalogue", "/api/v1/catalogue", catalogue(600_000), catalogue(700_000)),
    ] {
        let seen = tag(&control, read);
        let done = if_match(&control, &key(), ("put", path), &seen, &first);
        assert_eq!(done.status, 200, "{path}: {done:?}");
        let late = if_match(&control, &key(), ("put", path), &seen, &second);
        assert_eq!(
            (late.status, &late.body["changed"][0]["seq"]),
            (412, &done.body["seq"]),
            "{path}"
        );
        let seen = tag(&control, read);
        // That a unit goes about its work is no change of what it is.
        let incident = control.call(1, 1);
        if path.ends_with("units/1") {
            let tasks = format!("/api/v1/incidents/{incident}/assignments");
            control.done(&tasks, &json!({"unit": 1}));
        }
        let done = if_match(&control, &key(), ("put", path), &seen, &second);
        assert_eq!(done.status, 200, "{path}: {done:?}");
    }
    let administrator = administrator(&town);
    let policies = administrator.get("/api/v1/policies");
    let seen = policies.headers["etag"].to_str().unwrap().to_owned();
    let put = |comment: &str| {
        let text = format!("{}\n// {comment}\n", policies.body["text"].as_str().unwrap());
        let with = [("content-type", "application/json"), ("if-match", seen.as_str())];
        administrator.send(
            "put",
            "/api/v1/policies",
            &with,
            json!({"text": text}).to_string().as_bytes(),
        )
    };
    assert_eq!(put("by one hand").status, 204);
    let late = put("by the other");
    assert_eq!((late.status, &late.body["changed"][0]["events"]), (412, &json!(["policy_set.1"])));
    let text = administrator.get("/api/v1/policies").body["text"].to_string();
    assert!(text.contains("by one hand") && !text.contains("by the other"));
}
