//! Units for several incidents at once, through the doors.

use serde_json::{Value, json};

use crate::client::{Client, Town, key};

fn numbers(units: &Value) -> Vec<u64> {
    units.as_array().unwrap().iter().map(|unit| unit["unit"].as_u64().unwrap()).collect()
}

fn status(client: &Client, incidents: &Value) -> u16 {
    let body = json!({ "incidents": incidents });
    client.command(&key(), "post", "/api/v1/recommendations/joint", &body).status
}

#[test]
fn together_is_never_worse_than_one_by_one_and_its_sums_add_up() {
    let town = Town::new();
    let control = town.control();
    // One unit in the west, one in the east; two calls, of which the first is nearer to the middle.
    control.on_duty(1, 1, 1);
    control.on_duty(2, 2, 2);
    let calls = [control.call(2, 2), control.call(0, 1)];
    let body = json!({ "incidents": calls });
    let told = control.ask("/api/v1/recommendations/joint", &body);
    let plans = told["plans"].as_array().unwrap();
    assert_eq!(plans.len(), 2);
    // By itself the first would take the unit in the west, and the second wait for the one in the east.
    assert_eq!((numbers(&plans[0]["alone"]), numbers(&plans[1]["alone"])), (vec![1], vec![2]));
    assert_eq!((numbers(&plans[0]["units"]), numbers(&plans[1]["units"])), (vec![2], vec![1]));
    let sum = |which: &str| -> u64 {
        let units = plans.iter().flat_map(|plan| plan[which].as_array().unwrap());
        units.map(|unit| unit["travel_ms"].as_u64().unwrap()).sum()
    };
    let total = |which: &str| told[which][0]["travel_ms"].as_u64().unwrap();
    assert_eq!((sum("units"), sum("alone")), (total("together"), total("apart")));
    assert!(total("together") < total("apart"), "{told}");
    assert_eq!(
        (&told["together"][0]["unfilled"], told["together"].as_array().unwrap().len()),
        (&json!(0), 1)
    );
    // The name it gives is taken when a unit is sent on the strength of it.
    let send = json!({"unit": 2, "recommendation": plans[0]["recommendation"]});
    control.done(&format!("/api/v1/incidents/{}/assignments", calls[0]), &send);
}

#[test]
fn what_is_wrong_is_told() {
    let town = Town::new();
    let control = town.control();
    let call = control.call(1, 1);
    assert_eq!(status(&control, &json!([])), 400);
    assert_eq!(status(&control, &json!([call, call])), 400);
    assert_eq!(status(&control, &json!([call, 99])), 404);
    assert_eq!(status(&control, &json!((1..=17).collect::<Vec<u32>>())), 400);
    let told = control.ask("/api/v1/recommendations/joint", &json!({ "incidents": [call] }));
    assert_eq!(
        (&told["plans"][0]["units"], &told["together"][0]["unfilled"]),
        (&json!([]), &json!(1))
    );
}
