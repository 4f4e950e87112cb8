//! Every door × every role × another area: refused, or said here why it is open.

use std::collections::{BTreeMap, BTreeSet};

use precinct_core::Role;
use serde_json::{Value, json};

use crate::city::crossing;
use crate::client::{Client, Town, key};

/// Doors that anybody may come through: they tell nothing of the board, or prove by themselves who comes.
const OPEN: &[&str] = &[
    "get /api/v1/clock",
    "post /api/v1/session",
    "get /api/v1/session",
    "delete /api/v1/session",
    "post /api/v1/set-up",
    "post /api/v1/accept",
    "post /api/v1/factor",
    "post /api/v1/factor/confirm",
    "post /api/v1/session/step-up",
    "get /api/v1/sign-in",
    "get /api/v1/oidc/start",
    "get /api/v1/oidc/callback",
    "post /api/v1/oidc/code",
    "post /api/v1/devices",
    "post /osmand",
    "post /owntracks",
    "get /ogc",
    "get /ogc/conformance",
    "get /ogc/api",
];

/// Doors that every role may come through, whatever its area: where streets are and what areas are called is no secret, nor is to
/// anybody what they themselves are planned for.
const OF_ALL: &[&str] = &[
    "get /api/v1/duty/own",
    "get /api/v1/areas",
    "get /api/v1/catalogue",
    "get /api/v1/search",
    "get /tiles/{z}/{x}/{y}",
    "get /tiles.json",
    "get /ogc/collections",
    "get /ogc/collections/{collection}",
];

/// Doors that show what is in one's own area and nothing of another.
const OWN_AREA: &[&str] = &[
    "get /api/v1/board",
    "get /api/v1/incidents",
    "get /api/v1/units",
    "get /api/v1/posts",
    "get /api/v1/checkpoints",
    "get /api/v1/rings",
    "get /api/v1/containments",
    "get /api/v1/shifts",
    "get /api/v1/stream",
    "get /api/v1/board/changes",
    "get /api/v1/review/board",
    "get /api/v1/review/records",
    "get /api/v1/review/span",
    "get /api/v1/positions/live",
    "get /api/v1/reach",
    "get /api/v1/statistics",
    "get /api/v1/presence",
    "get /api/v1/presence/streets",
    "get /api/v1/hotspots",
    "get /api/v1/within",
    "get /api/v1/plans",
    "get /api/v1/planning/runs",
    "get /api/v1/whatif/runs",
    "get /api/v1/whatif/shadow",
    "get /ogc/collections/{collection}/items",
    "get /ogc/collections/{collection}/items/{feature}",
];

fn approval() -> Value {
    json!({"approver": "key/x", "role": "duty_officer", "lasts_ms": 3_600_000})
}

fn unit() -> Value {
    json!({"call_sign": "X", "force": "police", "capabilities": [], "vehicle": "car", "home": null, "area": 1, "members": []})
}

/// Bodies that doors of incidents would take.
fn of_incidents() -> Vec<(&'static str, Value)> {
    let intake = json!({"source": "call", "reported": null, "kind": "noise", "priority": null, "at": crossing(0, 0), "area": null, "address": null, "hazards": [], "text": null});
    vec![
        ("post /api/v1/incidents", intake),
        ("post /api/v1/incidents/{incident}/notes", json!({"text": "x"})),
        (
            "post /api/v1/incidents/{incident}/regrade",
            json!({"kind": "noise", "priority": 4, "reason": "grew"}),
        ),
        (
            "post /api/v1/incidents/{incident}/move",
            json!({"at": crossing(5, 5), "area": null, "address": null}),
        ),
        ("put /api/v1/incidents/{incident}/looking", json!({"what": "looking"})),
        ("post /api/v1/incidents/{incident}/merge", json!({"into": 2})),
        ("post /api/v1/incidents/{incident}/link", json!({"other": 2})),
        ("post /api/v1/incidents/{incident}/dismiss-duplicate", json!({"other": 2})),
        ("post /api/v1/incidents/{incident}/hazards", json!({"hazard": "fire"})),
        ("post /api/v1/incidents/{incident}/hazards/clear", json!({"hazard": "fire"})),
        ("post /api/v1/incidents/{incident}/cancel", json!({"reason": "other"})),
        ("post /api/v1/incidents/{incident}/resolve", json!({"disposition": "dealt_with"})),
        ("post /api/v1/incidents/{incident}/reopen", json!({"reason": "other"})),
        ("post /api/v1/incidents/{incident}/text", json!({"purpose": "response"})),
        ("put /api/v1/incidents/{incident}/contact", json!({"name": "x", "number": "1"})),
        ("post /api/v1/incidents/{incident}/contact/read", json!({"purpose": "response"})),
        ("post /api/v1/incidents/{incident}/media/{media}/read", json!({"purpose": "response"})),
        (
            "post /api/v1/incidents/{incident}/assignments",
            json!({"unit": 1, "recommendation": null}),
        ),
        ("post /api/v1/incidents/{incident}/assignments/{unit}/acknowledge", json!({"at": null})),
        ("post /api/v1/incidents/{incident}/assignments/{unit}/en-route", json!({"at": null})),
        ("post /api/v1/incidents/{incident}/assignments/{unit}/on-scene", json!({"at": null})),
        (
            "post /api/v1/incidents/{incident}/assignments/{unit}/transport",
            json!({"post": 1, "site": null}),
        ),
        (
            "post /api/v1/incidents/{incident}/assignments/{unit}/decline",
            json!({"reason": "too_far"}),
        ),
        ("post /api/v1/incidents/{incident}/assignments/{unit}/recall", json!({"reason": "other"})),
        ("post /api/v1/recommendations", json!({"incident": 1})),
        ("post /api/v1/recommendations/joint", json!({"incidents": [1]})),
        ("post /api/v1/routes", json!({"from": {"unit": 1}, "to": {"incident": 1}})),
    ]
}

/// Bodies that doors of units and tours would take.
fn of_units() -> Vec<(&'static str, Value)> {
    let member = json!([{"staff": "C9", "force": "police"}]);
    let name = json!({"en": "X", "zh": ""});
    let loan = json!({"call_sign": "X", "force": "police", "capabilities": [], "vehicle": "car", "area": 1, "approval": approval()});
    let shift = json!({"unit": 1, "members": member, "starts": "2026-01-01T00:00:00Z", "ends": "2026-01-01T08:00:00Z", "waived": null});
    let track = json!({"purpose": "review", "incident": 1, "from": "2026-01-01T00:00:00Z", "to": "2026-01-01T01:00:00Z"});
    let tracks = json!({"purpose": "review", "incident": 1, "from": "2026-01-01T00:00:00Z", "until": "2026-01-01T01:00:00Z", "units": [1], "every_ms": null});
    vec![
        ("post /api/v1/review/tracks", tracks),
        ("put /api/v1/units/{unit}", unit()),
        ("post /api/v1/units/{unit}/out", json!({"reason": "fuel"})),
        ("post /api/v1/units/{unit}/sos", json!({"at": null})),
        ("post /api/v1/units/{unit}/aid", loan),
        ("post /api/v1/units/{unit}/devices", json!({"kind": "phone", "tracker": null})),
        ("post /api/v1/units/{unit}/track", track),
        ("post /api/v1/shifts", shift),
        ("post /api/v1/shifts/{shift}/cancel", json!({"reason": "other"})),
        (
            "put /api/v1/posts/{post}",
            json!({"kind": "checkpoint", "area": 1, "at": crossing(0, 0), "hours": null, "level": 2, "name": name}),
        ),
        (
            "post /api/v1/posts/{post}/state",
            json!({"to": "closed", "reason": "threat", "approval": approval()}),
        ),
        (
            "put /api/v1/areas/{area}",
            json!({"parent": 0, "level": "district", "grade": null, "reach_ms": null, "name": name}),
        ),
        (
            "post /api/v1/areas/{area}/duty-level",
            json!({"level": "l1", "reason": "threat", "approval": approval()}),
        ),
        ("post /api/v1/positions/own", json!([])),
    ]
}

/// Bodies that doors of plans would take.
fn of_plans() -> Vec<(&'static str, Value)> {
    let reason = json!({"reason": "other"});
    vec![
        ("post /api/v1/planning/cover", json!({"posts": [{"at": crossing(0, 0)}], "area": 1})),
        ("post /api/v1/planning/candidates", json!({"area": 1})),
        ("post /api/v1/planning/runs", json!({"candidates": {"area": 1}, "more": 1})),
        ("post /api/v1/plans", json!({"run": 1, "name": {"en": "X"}})),
        (
            "post /api/v1/plans/patrols",
            json!({"name": {"en": "X"}, "area": 1, "beats": [], "tours": []}),
        ),
        ("post /api/v1/plans/{plan}/approval", reason.clone()),
        ("post /api/v1/plans/{plan}/withdrawal", reason),
        ("post /api/v1/plans/{plan}/simulation", json!({"run": 1})),
        ("post /api/v1/whatif/shadow", json!({"policy": "joint", "lasts_ms": 3_600_000})),
        ("post /api/v1/whatif/runs", json!({"days": ["2024-01-08"]})),
    ]
}

/// Bodies that doors of rings, checkpoints and containments would take.
fn of_sealing() -> Vec<(&'static str, Value)> {
    let line = json!([crossing(0, 0), crossing(1, 0), crossing(1, 1)]);
    let ring = json!({"name": {"en": "X", "zh": ""}, "area": 1, "line": line, "border": null, "travels": "car", "crossings": [], "roads": "r"});
    let count = json!({"from": "2026-01-01T00:00:00Z", "until": "2026-01-01T01:00:00Z", "vehicles": 1, "people": 1, "finds": [], "queue": null, "corrects": null});
    vec![
        ("post /api/v1/rings", ring.clone()),
        ("put /api/v1/rings/{ring}", ring),
        ("post /api/v1/rings/crossings", json!({"line": line, "border": null, "travels": "car"})),
        ("post /api/v1/rings/{ring}/retire", json!({"reason": "other"})),
        (
            "post /api/v1/rings/{ring}/activate",
            json!({"level": "l1", "reason": "threat", "approval": approval()}),
        ),
        ("post /api/v1/rings/{ring}/stand-down", json!({"reason": "other"})),
        ("post /api/v1/checkpoints/{post}/lanes", json!({"lanes": 1, "staff": 1})),
        ("post /api/v1/checkpoints/{post}/counts", count),
        ("post /api/v1/containments/preview", json!({"incident": 1, "travels": "car"})),
        (
            "post /api/v1/incidents/{incident}/containment",
            json!({"preview": "P-1-1", "reason": "threat", "approval": approval()}),
        ),
        (
            "post /api/v1/containments/{containment}/replan",
            json!({"preview": "P-1-1", "approval": null}),
        ),
        ("post /api/v1/containments/{containment}/stand-down", json!({"reason": "other"})),
        (
            "post /api/v1/containments/{containment}/sightings",
            json!({"at": crossing(1, 1), "when": null, "sure": true}),
        ),
    ]
}

/// Bodies that the other doors would take.
fn of_the_rest() -> Vec<(&'static str, Value)> {
    let roles = json!([{"role": "dispatcher", "area": 1}]);
    let catalogue = serde_json::to_value(precinct_core::Catalogue::standard()).unwrap();
    vec![
        ("put /api/v1/catalogue", catalogue),
        ("post /api/v1/clocks/answer", json!({"clock": {"unanswered": 1}, "hold_ms": 60_000})),
        ("post /api/v1/sos/{sos}/close", json!({"outcome": "dealt_with"})),
        ("post /api/v1/accounts", json!({"staff": "Z1", "force": "police", "roles": roles})),
        ("put /api/v1/accounts/{staff}/roles", json!({"roles": roles})),
        ("post /api/v1/keys", json!({"name": "y", "roles": roles, "expires": null})),
        ("put /api/v1/policies", json!({"text": "permit(principal, action, resource);"})),
        ("post /api/v1/glass", json!({"reason": "radio_down", "lasts_ms": null})),
    ]
}

/// A body that each door would take; nothing for those that take `{}`.
fn bodies() -> BTreeMap<&'static str, Value> {
    let all = of_incidents().into_iter().chain(of_units()).chain(of_plans());
    all.chain(of_sealing()).chain(of_the_rest()).collect()
}

/// Every door of the document, as `method path`.
fn doors(town: &Town) -> BTreeSet<String> {
    let document = town.stranger().get("/api/openapi.json").body;
    let paths = document["paths"].as_object().unwrap().iter();
    paths
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().keys();
            methods
                .filter(|method| ["get", "post", "put", "delete"].contains(&method.as_str()))
                .map(move |method| format!("{method} {path}"))
        })
        .collect()
}

fn filled(path: &str) -> String {
    let numbers = [
        ("{incident}", "1"),
        ("{unit}", "1"),
        ("{shift}", "1"),
        ("{post}", "1"),
        ("{area}", "1"),
        ("{sos}", "1"),
        ("{ring}", "1"),
        ("{containment}", "1"),
    ];
    let path =
        numbers.iter().fold(path.to_owned(), |path, (name, number)| path.replace(name, number));
    let path = path.replace("{staff}", "K7").replace("{name}", "x");
    let run = if path.contains("/whatif/") { "2" } else { "1" };
    let path = path.replace("{plan}", "1").replace("{run}", run);
    let path = path.replace("{result}", &"0".repeat(64)).replace("{media}", &"0".repeat(32));
    let path = path.replace("{collection}", "posts").replace("{feature}", "1");
    let asked = match path.rsplit('/').next() {
        Some("search") => "?q=street",
        Some("compare") => "?one=1",
        Some("streets") => "?bbox=113,22,114,23",
        Some("live") if path.contains("/containments/") => "?containment=1",
        Some("within") => "?lon=113.5&lat=22.1&minutes=60&posts=open",
        // A record after the units were described and put on duty.
        Some("board") if path.contains("/review/") => "?sequence=9",
        _ => "",
    };
    path.replace("{z}/{x}/{y}", "14/13353/7169") + asked
}

/// What a door answers; the stream and the web socket are only knocked at.
fn knock(client: &Client, door: &str, body: &Value) -> (u16, Value) {
    let (method, path) = door.split_once(' ').unwrap();
    let said = match method {
        "get" => client.get(&filled(path)),
        "post" if path.ends_with("/media") => {
            let with = [("content-type", "image/png"), ("idempotency-key", &key())];
            client.send(method, &filled(path), &with, b"no picture")
        }
        method => client.command(&key(), method, &filled(path), body),
    };
    (said.status, said.body)
}

/// A town where something of everything lies in area 1, and one incident in area 2.
fn furnished() -> (Town, Client) {
    let town = Town::peopled();
    let control = town.control();
    assert_eq!(control.proposed(1), 1);
    let trial = json!({"days": ["2024-01-08"], "per_post": 1});
    assert_eq!(control.ask("/api/v1/whatif/runs", &trial)["run"], 2);
    control.on_duty(1, 1, 1);
    control.call(0, 0);
    control.call(5, 5);
    control.done("/api/v1/units/1/sos", &json!({"at": null}));
    let line = json!([crossing(0, 0), crossing(1, 0), crossing(1, 1)]);
    let ring = json!({"name": {"en": "X", "zh": ""}, "area": 1, "line": line, "border": null, "travels": "car", "crossings": [], "roads": "r"});
    control.done("/api/v1/rings", &ring);
    let preview = json!({"incident": 1, "travels": "foot"});
    let preview = control.ask("/api/v1/containments/preview", &preview)["id"].clone();
    let approval =
        json!({"approver": "key/control", "role": "duty_officer", "lasts_ms": 3_600_000});
    let order = json!({"preview": preview, "reason": "sealed_area", "approval": approval});
    control.done("/api/v1/incidents/1/containment", &order);
    (town, control)
}

#[test]
fn every_door_is_closed_to_every_role_of_another_area() {
    let (town, control) = furnished();
    let bodies = bodies();
    let before = control.get("/api/v1/board").body;
    for role in Role::ALL.into_iter().filter(|&role| role != Role::System) {
        let there = town.machine(role.name(), &[role], 2);
        for door in doors(&town) {
            let known = |list: &[&str]| list.contains(&door.as_str());
            if known(OPEN)
                || known(OF_ALL)
                || door == "get /api/v1/stream"
                || door == "get /api/v1/board/changes"
                || door == "get /api/v1/positions/live"
            {
                continue;
            }
            let empty = json!({});
            let body = bodies.get(door.as_str()).unwrap_or(&empty);
            let (status, said) = knock(&there, &door, body);
            if known(OWN_AREA) {
                let text = said.to_string();
                assert!(
                    status == 403
                        || !text.contains("\"call_sign\":\"E1\"") && !text.contains("West Station"),
                    "{role:?} {door}: {said}"
                );
                continue;
            }
            // Whoever hears of something takes it in, wherever it is; what is there already stays closed.
            if door == "post /api/v1/incidents" && status == 200 {
                continue;
            }
            assert_eq!(status, 403, "{role:?} {door}: {said}");
        }
    }
    let after = control.get("/api/v1/board").body;
    for part in ["units", "posts", "areas", "rings", "containments", "shifts", "sos"] {
        assert_eq!(before[part], after[part], "{part}");
    }
    assert_eq!(before["incidents"][0], after["incidents"][0]);
}

#[test]
fn every_door_is_closed_to_who_is_not_known() {
    let (town, _) = furnished();
    let stranger = town.stranger();
    let bodies = bodies();
    let empty = json!({});
    for door in doors(&town) {
        if OPEN.contains(&door.as_str()) {
            continue;
        }
        let body = bodies.get(door.as_str()).unwrap_or(&empty);
        let (status, said) = knock(&stranger, &door, body);
        // A web socket is refused for want of an upgrade before anybody is asked for.
        let closed = status == 401 || door == "get /api/v1/positions/live" && status == 400;
        assert!(closed, "{door}: {status} {said}");
    }
}
