//! The audit of a state finds whatever is put wrong in it.

use precinct_core::{Order, Rule, State, Step, audit};
use serde_json::{Value, json};

use crate::city::{City, approval, at, code, intake, minutes};

/// A state with something of everything.
fn full() -> Value {
    let mut city = City::on_duty();
    let (one, two) = (city.open("robbery"), city.open("robbery"));
    let mut far = intake("noise");
    far.place.at = at(90_000);
    let third = city.open_with(far);
    city.send(one, 1);
    city.step(one, 1, Step::OnScene(None));
    city.send(third, 2);
    city.pass(minutes(1));
    city.ok(Order::Merge { from: two, into: one });
    city.ok(Order::RaiseSos { unit: precinct_base::UnitId(3), at: None });
    let to = precinct_core::PostState::Closed;
    let (post, reason) = (precinct_base::PostId(1), code("threat"));
    let approval = Some(approval(minutes(60)));
    city.ok(Order::ChangePost { post, to, reason, approval });
    serde_json::to_value(&city.state).unwrap()
}

fn found(change: impl FnOnce(&mut Value)) -> (Rule, String) {
    let mut value = full();
    change(&mut value);
    let state: State = serde_json::from_value(value).unwrap();
    let unsound = audit(&state).unwrap_err();
    assert!(unsound.to_string().contains(&unsound.what));
    (unsound.rule, unsound.what)
}

/// Takes the timers out of a state whose text holds `name`.
fn stop(state: &mut Value, name: &str) {
    let timers = state["timers"].as_array_mut().unwrap();
    let before = timers.len();
    timers.retain(|timer| !timer[0].to_string().contains(name));
    assert!(timers.len() < before, "{name} does not run");
}

#[test]
fn a_unit_on_two_scenes_is_found() {
    let state: State = serde_json::from_value(full()).unwrap();
    assert_eq!(audit(&state), Ok(()));
    let (rule, what) = found(|state| {
        let task = state["incidents"]["1"]["assignments"][0].clone();
        state["incidents"]["3"]["assignments"].as_array_mut().unwrap().push(task);
    });
    assert_eq!((rule, what.as_str()), (Rule::OneScene, "unit 1 is on I-1 and I-3"));
    let (rule, what) =
        found(|state| state["units"]["1"]["duty"]["on"]["doing"] = json!("available"));
    assert!(rule == Rule::OneScene && what.contains("unit 1 says None"), "{what}");
    let (rule, what) = found(|state| {
        state["units"].as_object_mut().unwrap().remove("1");
    });
    assert_eq!((rule, what.as_str()), (Rule::OneScene, "unit 1 has a task and is not there"));
}

fn seal(state: &mut Value) -> &mut Value {
    &mut state["containments"]["1"]
}

#[test]
fn a_unit_at_two_points_or_at_one_of_what_is_over_is_found() {
    let mut city = City::on_duty();
    let incident = city.open("robbery");
    let (plan, reason) =
        (crate::containments::plan(&[(5_000, Some(1)), (6_000, Some(2))]), code("threat"));
    let approval = approval(minutes(30));
    let plan = Box::new(plan);
    let begin = precinct_core::ContainmentOrder::Begin { incident, plan, reason, approval };
    city.ok(Order::Containment(begin));
    let value = serde_json::to_value(&city.state).unwrap();
    let found = |change: &dyn Fn(&mut Value)| {
        let mut value = value.clone();
        change(&mut value);
        let unsound = audit(&serde_json::from_value(value).unwrap()).unwrap_err();
        assert_eq!(unsound.rule, Rule::OnePoint);
        unsound.what
    };
    let two = found(&|state| seal(state)["plan"]["points"][1]["unit"] = json!(1));
    assert!(two.contains("unit 1 holds Posted"), "{two}");
    let left = found(&|state| seal(state)["plan"]["points"][1]["unit"] = json!(null));
    assert!(left.starts_with("unit 2 is on I-1 for Some"), "{left}");
    let other = found(&|state| seal(state)["plan"]["points"][1]["unit"] = json!(3));
    assert!(other.starts_with("unit 2 is on I-1 for Some"), "{other}");
    let free = found(&|state| {
        seal(state)["plan"]["points"].as_array_mut().unwrap().truncate(1);
        seal(state)["plan"]["points"][0]["unit"] = json!(null);
    });
    assert!(free.contains("is on I-1 for Some"), "{free}");
    let number = found(&|state| seal(state)["plan"]["points"][1]["point"] = json!(1));
    assert!(number.contains("have one number"), "{number}");
    let over = found(&|state| state["containments"] = json!({}));
    assert!(over.starts_with("unit 1 is on I-1 for Some"), "{over}");
    let late = found(&|state| seal(state)["until"]["tick"] = json!(9_000_000));
    assert!(late.starts_with("SEAL-1 ends at"), "{late}");
}

#[test]
fn instants_out_of_order_are_found() {
    let (rule, what) = found(|state| {
        let task = &mut state["incidents"]["1"]["assignments"][0];
        task["on_scene"]["tick"] = json!(5);
    });
    assert!(rule == Rule::InstantsRise && what.starts_with("I-1, unit 1: "), "{what}");
}

#[test]
fn clocks_that_should_run_and_do_not_are_found() {
    for name in ["welfare", "unacknowledged", "overdue", "sos"] {
        let (rule, what) = found(|state| stop(state, name));
        assert!(rule == Rule::ClocksRun && what.ends_with("should run"), "{what}");
    }
    let (rule, what) = found(|state| stop(state, "post"));
    assert!(rule == Rule::ClocksRun && what.contains("timers run"), "{what}");
    let unanswered = |told: u8| {
        move |state: &mut Value| {
            let timer = json!([{"clock": {"unanswered": 3}}, {"due": 9_000_000, "told": told}]);
            state["timers"].as_array_mut().unwrap().push(timer);
        }
    };
    let (rule, what) = found(unanswered(1));
    assert_eq!((rule, what.as_str()), (Rule::ClocksRun, "unanswered I-3 rings for nothing"));
    let (rule, what) = found(unanswered(0));
    assert!(rule == Rule::ClocksRun && what.contains("timers run"), "{what}");
}

#[test]
fn broken_glass_that_does_not_end_is_found() {
    let mut city = City::empty();
    city.ok(Order::BreakGlass { reason: code("threat"), lasts: minutes(5) });
    let value = serde_json::to_value(&city.state).unwrap();
    let found = |change: &dyn Fn(&mut Value)| {
        let mut value = value.clone();
        change(&mut value);
        let unsound = audit(&serde_json::from_value(value).unwrap()).unwrap_err();
        assert_eq!(unsound.rule, Rule::ClocksRun);
        unsound.what
    };
    assert!(found(&|state| stop(state, "glass")).ends_with("should run"));
    let late = found(&|state| state["glass"]["A1"]["until"]["tick"] = json!(90_000_000));
    assert!(late.contains("A1 broke glass"), "{late}");
}

#[test]
fn an_open_incident_that_nobody_looks_at_is_found() {
    let mut city = City::empty();
    city.open("noise");
    let mut value = serde_json::to_value(&city.state).unwrap();
    stop(&mut value, "unanswered");
    let unsound = audit(&serde_json::from_value(value).unwrap()).unwrap_err();
    assert_eq!(unsound.rule, Rule::ClocksRun);
}

#[test]
fn families_that_do_not_agree_are_found() {
    let (rule, what) = found(|state| state["incidents"]["1"]["merged"] = json!([]));
    assert!(rule == Rule::FamiliesAgree && what.contains("which does not know it"), "{what}");
    let (rule, what) = found(|state| state["incidents"]["1"]["merged"] = json!([2, 3]));
    assert!(rule == Rule::FamiliesAgree && what.contains("I-1 names I-3"), "{what}");
    let (rule, what) = found(|state| state["incidents"]["1"]["merged"] = json!([2, 9]));
    assert!(rule == Rule::FamiliesAgree && what.contains("I-9, which is None"), "{what}");
}

/// What the audit finds in a state after a change; all of it is of clocks.
fn of_clocks(state: &State, change: impl FnOnce(&mut Value)) -> String {
    let mut value = serde_json::to_value(state).unwrap();
    change(&mut value);
    let unsound = audit(&serde_json::from_value(value).unwrap()).unwrap_err();
    assert_eq!(unsound.rule, Rule::ClocksRun);
    unsound.what
}

#[test]
fn a_policy_that_is_watched_for_ever_is_found() {
    let mut city = City::empty();
    city.ok(Order::WatchPolicy { policy: code("joint"), lasts: minutes(20) });
    let stopped = of_clocks(&city.state, |state| stop(state, "shadow"));
    assert!(stopped.ends_with("should run"), "{stopped}");
    let late = of_clocks(&city.state, |state| state["shadow"]["until"]["tick"] = json!(90_000_000));
    assert!(late.contains("joint is watched"), "{late}");
    // Clock and end agree, and are too far off.
    let long = of_clocks(&city.state, |state| {
        let far = 9_000_000_000_u64;
        state["shadow"]["until"]["tick"] = json!(far);
        let timers = state["timers"].as_array_mut().unwrap();
        let timer = timers.iter_mut().find(|timer| timer[0].to_string().contains("shadow"));
        timer.unwrap()[1]["due"] = json!(far);
    });
    assert!(long.contains("joint is watched"), "{long}");
}

#[test]
fn glass_that_is_broken_for_longer_than_anybody_may_is_found() {
    let mut city = City::empty();
    city.ok(Order::BreakGlass { reason: code("threat"), lasts: minutes(5) });
    let long = of_clocks(&city.state, |state| {
        let far = 9_000_000_000_u64;
        state["glass"]["A1"]["until"]["tick"] = json!(far);
        let timers = state["timers"].as_array_mut().unwrap();
        let timer = timers.iter_mut().find(|timer| timer[0].to_string().contains("glass"));
        timer.unwrap()[1]["due"] = json!(far);
    });
    assert!(long.contains("A1 broke glass"), "{long}");
}

#[test]
fn a_contact_that_is_kept_too_long_is_found() {
    let mut city = City::empty();
    let mut call = intake("noise");
    let contact = precinct_core::ContactId([7; 8]);
    call.contact = Some(precinct_core::KeptContact { contact, lasts: minutes(30) });
    city.open_with(call);
    let late = of_clocks(&city.state, |state| {
        state["incidents"]["1"]["contact"]["until"]["tick"] = json!(90_000_000);
    });
    assert!(late.contains("the contact of I-1 ends at"), "{late}");
}
