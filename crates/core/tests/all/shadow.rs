//! A policy that is watched beside those who send units.

use precinct_base::UnitId;
use precinct_core::{Advice, Beside, Candidate, Fact, Order, Shadow, Step};

use crate::city::{City, by, code, minutes, names};

fn watch(policy: &str, lasts: precinct_base::Millis) -> Order {
    Order::WatchPolicy { policy: code(policy), lasts }
}

#[test]
fn a_policy_is_watched_until_it_is_said_and_no_longer() {
    let mut city = City::empty();
    assert_eq!(names(&city.ok(watch("joint", minutes(60)))), ["shadow_set"]);
    let shadow = *city.state.shadow().unwrap();
    assert_eq!((shadow.policy, shadow.by), (code("joint"), by().staff));
    assert_eq!((shadow.since, shadow.until), (city.at, city.at.later(minutes(60))));
    assert!(city.ok(watch("joint", minutes(60))).is_empty(), "the same again is no change");
    city.pass(minutes(59));
    assert!(city.state.shadow().is_some());
    // Another takes its place, with an end of its own.
    assert_eq!(names(&city.ok(watch("closest", minutes(20)))), ["shadow_set"]);
    assert!(city.pass(minutes(19)).is_empty());
    assert_eq!(names(&city.pass(minutes(1))), ["shadow_ended"]);
    assert_eq!(city.state.shadow(), None);
}

#[test]
fn watching_is_ended_by_hand_once() {
    let mut city = City::empty();
    city.no(Order::WatchNoPolicy, "nothing to end");
    city.ok(watch("closest", Shadow::LONGEST));
    assert_eq!(names(&city.ok(Order::WatchNoPolicy)), ["shadow_ended"]);
    assert!(city.pass(Shadow::LONGEST).is_empty(), "its end does not come any more");
    city.no(Order::WatchNoPolicy, "nothing to end");
}

#[test]
fn it_is_watched_neither_for_a_moment_nor_for_ever() {
    let mut city = City::empty();
    city.no(watch("closest", minutes(9)), "for 10 minutes at least");
    city.no(watch("closest", minutes(28 * 24 * 60 + 1)), "40320 at most");
    city.ok(watch("closest", Shadow::SHORTEST));
}

#[test]
fn what_it_would_have_done_is_recorded_with_what_was_done() {
    let mut city = City::on_duty();
    let incident = city.open("noise");
    let candidate = Candidate { unit: UnitId(1), travel: Some(minutes(4)), fix_age: None };
    let beside = Beside {
        policy: code("cover-aware"),
        would: Some(UnitId(2)),
        later_ms: Some(30_000),
        kept: [0, 10, 25],
    };
    let advice = Advice {
        candidates: vec![candidate],
        rank: Some(0),
        roads: code("r1"),
        posts: code("p1"),
        beside: Some(beside),
    };
    let step = Step::Dispatch(Some(Box::new(advice)));
    let events = city.ok(Order::Task { incident, unit: UnitId(1), step });
    let [Fact::UnitDispatched(sent)] = &events[..] else { panic!("{events:?}") };
    assert_eq!(sent.unit, UnitId(1), "whom a person chose");
    assert_eq!(sent.advice.as_ref().unwrap().beside, Some(beside));
}
