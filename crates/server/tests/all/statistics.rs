//! Figures of what was done, through the doors.

use precinct_core::Role;
use serde_json::{Value, json};

use crate::client::{Client, Town};
use crate::duty::soon;

/// Figures after everything that is on the board by now.
fn figures(client: &Client, query: &str) -> Value {
    let head = client.get("/api/v1/board").body["seq"].as_u64().unwrap();
    let get = || client.get(&format!("/api/v1/statistics{query}"));
    soon("the figures follow the record", || {
        let said = get();
        assert!([200, 503].contains(&said.status), "{said:?}");
        assert!(said.status == 200 || said.headers.contains_key("retry-after"));
        said.body["seq"].as_u64().is_some_and(|seq| seq >= head)
    });
    get().body
}

/// The sum over urgencies of what one of them says.
fn sum(figures: &Value, of: &str) -> u64 {
    figures["response"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.pointer(of).unwrap().as_u64().unwrap())
        .sum()
}

/// Two units on duty, one in each area. The western one is sent as recommended and gets there, the eastern one has only been sent.
fn worked(control: &Client) {
    control.on_duty(1, 1, 1);
    control.on_duty(2, 2, 2);
    let (west, east) = (control.call(0, 0), control.call(5, 5));
    let advice = control.ask("/api/v1/recommendations", &json!({"incident": west}));
    let tasks = |incident| format!("/api/v1/incidents/{incident}/assignments");
    control.done(&tasks(west), &json!({"unit": 1, "recommendation": advice["id"]}));
    control.done(&tasks(east), &json!({"unit": 2, "recommendation": null}));
    let told = json!({"at": null});
    for step in ["acknowledge", "en-route", "on-scene"] {
        control.done(&format!("{}/1/{step}", tasks(west)), &told);
    }
    control.done(&format!("{}/1/clear", tasks(west)), &json!({}));
    control
        .done(&format!("/api/v1/incidents/{west}/resolve"), &json!({"disposition": "dealt_with"}));
    control.call(1, 1);
}

#[test]
fn figures_say_what_was_done_and_how_much_of_it_is_known() {
    let town = Town::new();
    let control = town.control();
    worked(&control);
    let all = figures(&control, "");
    assert_eq!(
        all["incidents"],
        json!({"reports": 3, "incidents": 3, "on_paper": 0, "retyped": 0})
    );
    // The third waits, the second is not known to be there: neither is taken for zero.
    let known = |of: &str| {
        let laps = |what| sum(&all, &format!("/{of}/{what}"));
        (laps("known"), laps("unknown"))
    };
    assert_eq!((known("received_dispatched"), known("received_on_scene")), ((2, 1), (1, 2)));
    assert_eq!((known("dispatched_acknowledged"), known("dispatched_on_scene")), ((1, 1), (1, 2)));
    let buckets = all["buckets_s"].as_array().unwrap().len();
    let third = &all["response"][2];
    assert_eq!(third["received_on_scene"]["counts"].as_array().unwrap().len(), buckets + 1);
    assert_eq!(third["received_on_scene"]["completeness"], 3_333);
    assert!(third["received_on_scene"]["p50_ms"].as_u64().unwrap() < 60_000);
    let sent = &all["dispatches"];
    assert_eq!(
        (&sent["all"], &sent["advised"], &sent["took_first"]),
        (&json!(2), &json!(1), &json!(1))
    );
    assert_eq!((&sent["regret_ms"], &sent["regret_p50_ms"]), (&json!(0), &json!(0)));
    assert_eq!(sent["completeness"], 5_000);
    let hours = &all["hours"];
    assert_eq!(hours["open"].as_array().unwrap().len(), 24);
    // The record began within the last hour: of those before nothing is known.
    assert_eq!((&hours["open"][22], &hours["open"][23]), (&Value::Null, &json!(2)));
    assert_eq!(hours["by_kind"][0]["counts"][23], 3);
    assert_eq!(
        (&hours["by_source"][0]["source"], hours["covered_ms"][22].as_u64()),
        (&json!("call"), Some(0))
    );
    assert!(all["completeness"].as_u64().unwrap() < 500, "{}", all["completeness"]);
    let work = all["workload"].as_array().unwrap();
    assert_eq!(
        (work.len(), &work[0]["call_sign"], &work[1]["tasks"]),
        (2, &json!("E1"), &json!(1))
    );
    assert!(work[1]["busy_ms"].as_u64() <= work[1]["on_duty_ms"].as_u64());
    let free = all["free"]["units"].as_array().unwrap();
    assert_eq!((free.len(), &free[0], &free[287]), (288, &Value::Null, &Value::Null));
}

#[test]
fn each_sees_the_figures_of_its_own_area() {
    let town = Town::new();
    let control = town.control();
    worked(&control);
    let units = |figures: &Value| -> Vec<u64> {
        figures["workload"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["unit"].as_u64().unwrap())
            .collect()
    };
    assert_eq!(units(&figures(&control, "?area=0")), [1, 2]);
    let west = figures(&control, "?area=1");
    assert_eq!((units(&west), &west["incidents"]["incidents"]), (vec![1], &json!(2)));
    let planner = town.machine("east", &[Role::Planner], 2);
    for query in ["", "?area=0", "?area=2"] {
        let east = figures(&planner, query);
        assert_eq!(
            (units(&east), &east["incidents"]["incidents"]),
            (vec![2], &json!(1)),
            "{query}"
        );
        assert_eq!(east["dispatches"]["advised"], 0);
    }
    let refused = planner.get("/api/v1/statistics?area=1");
    assert_eq!(refused.status, 403, "{refused:?}");
    assert_eq!(control.get("/api/v1/statistics?area=77").status, 404);
    let crew = town.machine("crew", &[Role::CallTaker, Role::Gateway], 1);
    assert_eq!(crew.get("/api/v1/statistics").status, 403);
}

#[test]
fn a_period_is_a_stretch_of_time_and_not_too_long() {
    let town = Town::new();
    let control = town.control();
    let refused = |query: &str, word: &str| {
        let said = control.get(&format!("/api/v1/statistics?{query}"));
        assert_eq!(said.status, 400, "{said:?}");
        assert!(said.body["detail"].as_str().unwrap().contains(word), "{said:?}");
    };
    refused("from=2024-01-02T00:00:00Z&until=2024-01-01T00:00:00Z", "before");
    refused("from=2020-01-01T00:00:00Z&until=2024-01-01T00:00:00Z", "100 days");
    refused("from=yesterday", "yesterday");
    let ahead = figures(&control, "?from=2199-01-01T00:00:00Z&until=2199-01-01T02:00:00Z");
    assert_eq!(
        (&ahead["completeness"], &ahead["hours"]["open"]),
        (&Value::Null, &json!([null, null]))
    );
}

/// The record is read anew after a restart, and says what the feed said as it went.
#[test]
fn figures_are_the_same_from_the_record_as_from_the_feed() {
    let town = Town::new();
    let control = town.control();
    worked(&control);
    let before = figures(&control, "");
    let town = town.restarted();
    let control = Client { headers: control.headers, ..town.stranger() };
    let from = |figures: &Value| figures["from"].as_str().unwrap().to_owned();
    let after = figures(&control, &format!("?from={}", from(&before)));
    assert_eq!(from(&before), from(&after));
    for part in ["since", "incidents", "dispatches", "response"] {
        assert_eq!(before[part], after[part], "{part}");
    }
    assert_eq!(before["hours"]["by_kind"][0]["kind"], after["hours"]["by_kind"][0]["kind"]);
}
