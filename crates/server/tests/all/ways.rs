//! The way by road through the doors.

use precinct_core::Role;
use serde_json::{Value, json};

use crate::city::crossing;
use crate::client::{Client, Said, Town};
use crate::person::{administrator, person, post};

fn way(client: &Client, body: &Value) -> Said {
    let with = [("content-type", "application/json")];
    client.send("post", "/api/v1/routes", &with, body.to_string().as_bytes())
}

#[test]
fn the_way_is_told_street_by_street_and_adds_up() {
    let town = Town::new();
    let control = town.control();
    let body = json!({"from": {"at": crossing(0, 0)}, "to": {"at": crossing(3, 2)}});
    let said = way(&control, &body);
    assert_eq!(said.status, 200, "{:?}", said.body);
    let way = said.body;
    assert_eq!((&way["vehicle"], &way["line"]["type"]), (&json!("car"), &json!("LineString")));
    let line = way["line"]["coordinates"].as_array().unwrap();
    assert_eq!((&line[0], &line[line.len() - 1]), (&crossing(0, 0), &crossing(3, 2)));
    let streets = way["streets"].as_array().unwrap();
    assert_eq!(streets[0]["turn"], "start");
    assert!(streets.len() >= 2, "{streets:?}");
    let sum = |key: &str| streets.iter().map(|street| street[key].as_u64().unwrap()).sum::<u64>();
    assert_eq!(sum("travel_ms"), way["travel_ms"].as_u64().unwrap());
    let length = way["length_m"].as_u64().unwrap();
    assert!(sum("length_m").abs_diff(length) < streets.len() as u64, "{way}");
    // Three blocks of 413 m and two of 400 m.
    assert!(length.abs_diff(3 * 413 + 2 * 400) < 20, "{length}");
    let names: Vec<&str> =
        streets.iter().map(|street| street["street"]["zh"].as_str().unwrap()).collect();
    assert!(names.iter().any(|name| name.starts_with("中山路")), "{names:?}");
    let there = json!({"from": {"at": crossing(1, 1)}, "to": {"at": crossing(1, 1)}});
    let there = self::way(&control, &there).body;
    assert_eq!((&there["travel_ms"], &there["streets"]), (&json!(0), &json!([])));
    assert_eq!(there["line"]["coordinates"], json!([crossing(1, 1), crossing(1, 1)]));
}

#[test]
fn a_unit_sets_out_from_where_it_is() {
    let town = Town::new();
    let control = town.control();
    control.on_duty(1, 1, 1);
    let incident = control.call(3, 0);
    let body = json!({"from": {"unit": 1}, "to": {"incident": incident}});
    let home = way(&control, &body).body;
    assert_eq!((&home["from"]["at"], &home["from"]["fix_age_ms"]), (&crossing(0, 0), &json!(null)));
    let now: precinct_wire::Time =
        control.get("/api/v1/clock").body["now"].as_str().unwrap().parse().unwrap();
    let fix = precinct_wire::FrameFix {
        unit: precinct_base::UnitId(1),
        at: crate::city::place(2, 0),
        time: now.0,
        accuracy_m: None,
        speed_cm_s: None,
        heading_cdeg: None,
        sos: false,
    };
    let form = [("content-type", "application/vnd.precinct.positions")];
    let frame = precinct_wire::frame(&[fix]);
    assert_eq!(control.send("post", "/api/v1/positions", &form, &frame).body["taken"], 1);
    for _ in 0..600 {
        let seen = way(&control, &body).body;
        if seen["from"]["at"] == crossing(2, 0) {
            assert!(seen["travel_ms"].as_u64().unwrap() < home["travel_ms"].as_u64().unwrap());
            assert!(seen["from"]["fix_age_ms"].is_u64());
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the fix is never seen");
}

#[test]
fn what_is_wrong_is_told() {
    let town = Town::new();
    let control = town.control();
    let at = |place: Value| json!({ "at": place });
    let places = (at(crossing(0, 0)), at(crossing(1, 1)));
    for (body, status) in [
        (json!({"from": {}, "to": places.1}), 400),
        (json!({"from": {"unit": 1, "at": crossing(0, 0)}, "to": places.1}), 400),
        (json!({"from": places.0, "to": {}}), 400),
        (json!({"from": {"unit": 1}, "to": places.1}), 404),
        (json!({"from": places.0, "to": {"incident": 9}}), 404),
        (json!({"from": places.0, "to": places.1, "vehicle": "boat"}), 409),
        (json!({"from": places.0, "to": at(json!([0.0, 0.0]))}), 409),
        (json!({"from": places.0, "to": places.1, "vehicle": "horse"}), 400),
    ] {
        let said = way(&control, &body);
        assert_eq!(said.status, status, "{body}: {:?}", said.body);
    }
    let shift = control.on_duty(1, 1, 1);
    control.done(&format!("/api/v1/shifts/{shift}/end"), &json!({}));
    assert_eq!(way(&control, &json!({"from": {"unit": 1}, "to": places.1})).status, 409);
}

#[test]
fn a_planner_asks_for_ways_and_not_for_where_units_are() {
    let town = Town::new();
    town.control().on_duty(1, 1, 1);
    let planner = town.machine("plans", &[Role::Planner], 0);
    let to = json!({"at": crossing(1, 1)});
    assert_eq!(way(&planner, &json!({"from": {"at": crossing(0, 0)}, "to": to})).status, 200);
    assert_eq!(way(&planner, &json!({"from": {"unit": 1}, "to": to})).status, 403);
}

#[test]
fn a_crew_asks_for_the_way_of_its_own_unit() {
    let town = Town::new();
    let administrator = administrator(&town);
    let control = town.control();
    let crew = person(&administrator, "C1", "crew", 1);
    let to = json!({"at": crossing(1, 1)});
    control.on_duty(1, 1, 1);
    control.on_duty(2, 1, 1);
    let ask = |body: &Value| post(&crew, "/api/v1/routes", body).status;
    assert_eq!(ask(&json!({"from": {"unit": 1}, "to": to})), 200);
    assert_eq!(ask(&json!({"from": {"unit": 2}, "to": to})), 403);
    assert_eq!(ask(&json!({"from": {"at": crossing(0, 0)}, "to": to})), 403);
    // An incident of another area, until it is sent there.
    let incident = control.call(5, 5);
    let there = json!({"from": {"unit": 1}, "to": {"incident": incident}});
    assert_eq!(ask(&there), 403);
    let send = json!({"unit": 1, "recommendation": null});
    control.done(&format!("/api/v1/incidents/{incident}/assignments"), &send);
    assert_eq!(ask(&there), 200);
}
