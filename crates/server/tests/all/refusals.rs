//! What is refused, and how that is said.

use precinct_core::Role;
use serde_json::json;

use crate::city::crossing;
use crate::client::{Town, key};

#[test]
fn a_problem_says_what_was_wrong_and_what_to_do() {
    let town = Town::new();
    let control = town.control();
    let body = json!({"disposition": "dealt_with"});
    let missing = control.command(&key(), "post", "/api/v1/incidents/9/resolve", &body);
    assert_eq!(missing.status, 404);
    assert_eq!(missing.headers["content-type"], "application/problem+json");
    assert!(missing.body["detail"].as_str().unwrap().contains("I-9 is not on the board"));
    let incident = control.call(0, 0);
    let path = format!("/api/v1/incidents/{incident}/resolve");
    let unknown = control.command(&key(), "post", &path, &json!({"disposition": "magic"}));
    assert_eq!(
        (unknown.status, unknown.body["type"].as_str()),
        (400, Some("/problems/bad-request"))
    );
    let more =
        control.command(&key(), "post", &path, &json!({"disposition": "dealt_with", "x": 1}));
    assert_eq!(more.status, 400, "{more:?}");
    assert!(more.body["detail"].as_str().unwrap().contains("unknown field"));
    let no_key = control.send(
        "post",
        &path,
        &[("content-type", "application/json")],
        b"{\"disposition\":\"dealt_with\"}",
    );
    assert!(
        no_key.status == 400 && no_key.body["detail"].as_str().unwrap().contains("Idempotency-Key")
    );
    control.on_duty(1, 1, 1);
    let tasks = format!("/api/v1/incidents/{incident}/assignments");
    control.done(&tasks, &json!({"unit": 1, "recommendation": null}));
    let busy = control.command(&key(), "post", &path, &body);
    assert_eq!(busy.status, 409);
    assert!(busy.body["detail"].as_str().unwrap().contains("clear or recall them first"));
    let made_up = json!({"unit": 1, "recommendation": "R-1-99"});
    assert_eq!(control.command(&key(), "post", &tasks, &made_up).status, 409);
    let off_earth = json!({"at": [22.1, 113.5], "kind": "noise"});
    assert_eq!(control.command(&key(), "post", "/api/v1/recommendations", &off_earth).status, 400);
}

#[test]
fn who_is_not_known_or_has_no_role_is_sent_away() {
    let town = Town::new();
    let stranger = town.stranger();
    for path in
        ["/api/v1/board", "/api/v1/units", "/api/v1/stream", "/api/v1/accounts", "/api/v1/policies"]
    {
        let said = stranger.get(path);
        assert_eq!(
            (said.status, said.headers["www-authenticate"].to_str().unwrap()),
            (401, "Bearer"),
            "{path}"
        );
    }
    let auditor = town.machine("audit", &[Role::Auditor], 0);
    let body = json!({
        "source": "call", "reported": null, "kind": "noise", "priority": null, "at": crossing(1, 1), "area": null,
        "address": null, "hazards": [], "text": null,
    });
    let said = auditor.command(&key(), "post", "/api/v1/incidents", &body);
    assert_eq!((said.status, said.body["type"].as_str()), (403, Some("/problems/not-allowed")));
    let gateway = town.machine("radio", &[Role::Gateway], 0);
    assert_eq!(gateway.get("/api/v1/board").status, 403);
    let mut forged = stranger;
    forged.headers.push((
        "authorization".to_owned(),
        format!("Bearer pk_{}_{}", "0".repeat(16), "0".repeat(64)),
    ));
    assert_eq!(forged.get("/api/v1/board").status, 401);
}

#[test]
fn a_role_holds_in_its_own_area_only() {
    let town = Town::new();
    let control = town.control();
    let (west, east) = (control.call(0, 0), control.call(5, 5));
    let dispatcher = town.machine("west", &[Role::Dispatcher], 1);
    let seen = dispatcher.get("/api/v1/incidents").body;
    let seen: Vec<u64> = seen["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["incident"].as_u64().unwrap())
        .collect();
    assert_eq!(seen, [west]);
    assert_eq!(dispatcher.get(&format!("/api/v1/incidents/{east}")).status, 403);
    let body = json!({"reason": "caller_cancelled"});
    let at = |incident| format!("/api/v1/incidents/{incident}/cancel");
    assert_eq!(dispatcher.command(&key(), "post", &at(east), &body).status, 403);
    assert_eq!(dispatcher.command(&key(), "post", &at(west), &body).status, 200);
}

#[test]
fn nobody_approves_in_anothers_name() {
    let town = Town::new();
    let control = town.control();
    let body = |approver: &str| {
        json!({
            "to": "closed", "reason": "threat",
            "approval": {"approver": approver, "role": "duty_officer", "lasts_ms": 3_600_000},
        })
    };
    let other = control.command(&key(), "post", "/api/v1/posts/1/state", &body("K1"));
    assert_eq!(other.status, 403, "{other:?}");
    control.done("/api/v1/posts/1/state", &body("key/control"));
    let posts = control.get("/api/v1/posts").body;
    assert_eq!(
        (&posts["items"][0]["state"], &posts["items"][0]["approver"]),
        (&json!("closed"), &json!("key/control"))
    );
    let dispatcher = town.machine("d", &[Role::Dispatcher], 0);
    let own = dispatcher.command(&key(), "post", "/api/v1/posts/1/state", &body("key/d"));
    assert_eq!(own.status, 403, "{own:?}");
}

#[test]
fn an_address_that_leads_nowhere_is_answered_in_the_same_form() {
    let town = Town::new();
    let control = town.control();
    for (said, status) in [
        (control.get("/api/v1/nothing"), 404),
        (control.get("/api/v1/incidents/seven"), 400),
        (control.get("/api/v1/incidents?limit=many"), 400),
        (control.get("/api/v1/search"), 400),
        (control.send("put", "/api/v1/board", &[], b""), 405),
    ] {
        assert_eq!(said.status, status, "{said:?}");
        assert_eq!(said.headers["content-type"], "application/problem+json", "{said:?}");
        assert!(said.body["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
    }
}
