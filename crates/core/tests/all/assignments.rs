//! Units' tasks, step by step.

use precinct_base::{Instant, Millis, PostId, SiteId, Timestamp, UnitId};
use precinct_core::{
    Advice, Candidate, Destination, Doing, Fact, IncidentId, Moment, Order, Outcome, Stage, Step,
};

use crate::city::{City, START, code, intake, minutes, names, priority};

fn stage(city: &City, unit: u32) -> Option<Stage> {
    city.state.assignment(UnitId(unit)).map(|(_, task)| task.stage())
}

fn ago(city: &City, ms: u64) -> Moment {
    let Moment { tick, wall } = city.at;
    Moment { tick: Instant(tick.0 - ms), wall: Timestamp(wall.0 - ms.cast_signed()) }
}

#[test]
fn a_task_goes_from_sent_to_done_and_keeps_every_instant() {
    let mut city = City::on_duty();
    let incident = city.open("robbery");
    assert_eq!(names(&city.send(incident, 1)), ["unit_dispatched"]);
    assert_eq!(stage(&city, 1), Some(Stage::Dispatched));
    let mut instants = vec![city.at];
    for (step, reached) in [
        (Step::Acknowledge(None), Stage::Acknowledged),
        (Step::EnRoute(None), Stage::EnRoute),
        (Step::OnScene(None), Stage::OnScene),
        (Step::Transport(Destination::Site(SiteId(3))), Stage::Transporting),
    ] {
        city.pass(Millis(7_000));
        city.step(incident, 1, step.clone());
        assert_eq!(stage(&city, 1), Some(reached));
        instants.push(city.at);
        city.no_step(incident, 1, step, "already");
    }
    city.pass(Millis(7_000));
    assert_eq!(names(&city.step(incident, 1, Step::Clear)), ["unit_cleared"]);
    instants.push(city.at);
    let task = &city.state.incidents()[&incident].assignments[0];
    let known = [
        Some(task.dispatched),
        task.acknowledged,
        task.en_route,
        task.on_scene,
        task.transporting.map(|(at, _)| at),
        task.ended.map(|(at, _)| at),
    ];
    assert_eq!(known, [0, 1, 2, 3, 4, 5].map(|n| Some(instants[n])));
    assert_eq!((task.stage(), task.latest()), (Stage::Ended, city.at));
    assert_eq!(city.state.units()[&UnitId(1)].doing(), Some(Doing::Available));
    city.no_step(incident, 1, Step::Clear, "is not on I-1");
}

#[test]
fn what_was_never_told_stays_unknown() {
    let mut city = City::on_duty();
    let incident = city.open("robbery");
    city.send(incident, 1);
    city.pass(minutes(1));
    city.step(incident, 1, Step::OnScene(None));
    let task = |city: &City| city.state.incidents()[&incident].assignments[0].clone();
    assert_eq!((task(&city).acknowledged, task(&city).en_route), (None, None));
    assert_eq!(task(&city).latest(), city.at);
    city.step(incident, 1, Step::Clear);
    let ended = task(&city);
    assert_eq!((ended.acknowledged, ended.transporting), (None, None));
    assert_eq!(ended.ended, Some((city.at, Outcome::Cleared)));
}

#[test]
fn instants_told_late_must_fit_with_those_known() {
    let mut city = City::on_duty();
    let incident = city.open("robbery");
    city.pass(Millis(1_000));
    city.send(incident, 1);
    city.pass(Millis(10_000));
    let late = |city: &City, ms| Step::EnRoute(Some(ago(city, ms)));
    city.no_step(incident, 1, late(&city, 10_001), "out of order");
    let future = Step::EnRoute(Some(city.at.later(Millis(1))));
    city.no_step(incident, 1, future, "in the future");
    let early = late(&city, 10_000);
    city.step(incident, 1, early);
    city.pass(Millis(10_000));
    let scene = Step::OnScene(Some(ago(&city, 5_000)));
    city.step(incident, 1, scene);
    let set_out = city.state.incidents()[&incident].assignments[0].en_route.unwrap();
    // Acknowledged between sent and set out: only that very instant is left.
    let after = Step::Acknowledge(Some(set_out.later(Millis(1))));
    city.no_step(incident, 1, after, "cannot be acknowledged then");
    city.no_step(incident, 1, Step::Acknowledge(None), "cannot be acknowledged then");
    city.step(incident, 1, Step::Acknowledge(Some(set_out)));
    let task = &city.state.incidents()[&incident].assignments[0];
    assert_eq!((task.acknowledged, task.stage()), (Some(set_out), Stage::OnScene));
}

#[test]
fn only_a_unit_that_is_free_can_be_sent() {
    let mut city = City::on_duty();
    let (incident, other) = (city.open("noise"), city.open("noise"));
    city.send(incident, 1);
    city.no_step(incident, 1, Step::Dispatch(None), "is on I-1 already");
    city.no_step(other, 1, Step::Dispatch(None), "too urgent");
    city.no_step(incident, 9, Step::Dispatch(None), "there is no unit 9");
    city.no_step(IncidentId(9), 2, Step::Dispatch(None), "I-9 is not on the board");
    city.ok(Order::TakeOut { unit: UnitId(2), reason: code("fuel") });
    city.no_step(incident, 2, Step::Dispatch(None), "out of service (fuel)");
    city.ok(Order::SetUnit(crate::city::unit(7)));
    city.no_step(incident, 7, Step::Dispatch(None), "is off duty");
    city.no_step(other, 3, Step::Clear, "is not on I-2");
    city.no_step(other, 9, Step::Clear, "there is no unit 9");
}

#[test]
fn a_more_urgent_incident_takes_a_unit_by_the_rules() {
    let mut city = City::on_duty();
    let quiet = city.open("noise");
    city.send(quiet, 1);
    let grave = city.open("robbery");
    assert_eq!(names(&city.send(grave, 1)), ["unit_preempted", "unit_dispatched"]);
    let before = &city.state.incidents()[&quiet].assignments[0];
    assert_eq!(before.ended, Some((city.at, Outcome::Preempted(grave))));
    assert_eq!(city.state.units()[&UnitId(1)].task(), Some(grave));
    city.no_step(quiet, 1, Step::Dispatch(None), "too urgent");
    // On scene it stays, by the standard rules.
    city.send(quiet, 2);
    city.step(quiet, 2, Step::OnScene(None));
    city.no_step(grave, 2, Step::Dispatch(None), "too far on");
    let mut catalogue = city.state.catalogue().clone();
    catalogue.rules.preempt_on_scene = 4;
    catalogue.rules.preempt_en_route = 2;
    city.ok(Order::SetCatalogue(Box::new(catalogue.clone())));
    assert_eq!(names(&city.step(grave, 2, Step::OnView)), ["unit_preempted", "unit_on_view"]);
    // One that takes somebody away is never taken.
    city.send(quiet, 3);
    city.step(quiet, 3, Step::OnScene(None));
    city.step(quiet, 3, Step::Transport(Destination::Post(PostId(1))));
    city.no_step(grave, 3, Step::Dispatch(None), "too far on");
    city.step(quiet, 3, Step::Clear);
    // Two grades more urgent are asked for now, on the way.
    let mut call = intake("noise");
    call.priority = Some(priority(2));
    let urgent = city.open_with(call);
    city.send(urgent, 3);
    city.no_step(grave, 3, Step::Dispatch(None), "too urgent");
    catalogue.rules.preempt_en_route = 1;
    city.ok(Order::SetCatalogue(Box::new(catalogue)));
    city.send(grave, 3);
}

#[test]
fn a_patrol_comes_upon_something_and_is_there() {
    let mut city = City::on_duty();
    let incident = city.open("obstruction");
    assert_eq!(names(&city.step(incident, 2, Step::OnView)), ["unit_on_view"]);
    let task = &city.state.incidents()[&incident].assignments[0];
    assert!(task.on_view && task.stage() == Stage::OnScene);
    let seen = [task.acknowledged, task.en_route, task.on_scene];
    assert_eq!(seen, [Some(city.at); 3]);
    city.no_step(incident, 2, Step::OnView, "already");
}

#[test]
fn a_crew_declines_and_a_dispatcher_recalls_in_time() {
    let mut city = City::on_duty();
    let incident = city.open("robbery");
    let decline = || Step::Decline(code("breakdown"));
    let recall = || Step::Recall(code("closer_unit"));
    city.send(incident, 1);
    city.no_step(incident, 1, Step::Decline(code("bored")), "bored is not among the reasons");
    city.step(incident, 1, decline());
    city.no_step(incident, 1, decline(), "is not on");
    city.send(incident, 1);
    city.step(incident, 1, Step::OnScene(None));
    city.no_step(incident, 1, decline(), "is on scene: clear it instead");
    city.step(incident, 1, recall());
    city.send(incident, 1);
    city.no_step(
        incident,
        1,
        Step::Transport(Destination::Site(SiteId(1))),
        "not known to be on scene",
    );
    city.step(incident, 1, Step::OnScene(None));
    city.no_step(incident, 1, Step::Transport(Destination::Post(PostId(9))), "there is no post 9");
    city.step(incident, 1, Step::Transport(Destination::Post(PostId(1))));
    city.no_step(incident, 1, recall(), "is transporting: clear it instead");
    city.no_step(incident, 1, Step::OnScene(None), "known to be on scene");
    let ended: Vec<_> = city.state.incidents()[&incident].assignments[..2]
        .iter()
        .map(|task| task.ended.unwrap().1)
        .collect();
    let outcomes = [Outcome::Declined(code("breakdown")), Outcome::Recalled(code("closer_unit"))];
    assert_eq!(ended, outcomes);
}

#[test]
fn advice_is_kept_as_it_was_given() {
    let mut city = City::on_duty();
    let incident = city.open("robbery");
    let candidate = |unit| Candidate {
        unit: UnitId(unit),
        travel: Some(Millis(90_000)),
        fix_age: Some(Millis(3_000)),
    };
    let advice = |rank, count: u32| Advice {
        candidates: (0..count).map(|n| candidate(1 + n % 3)).collect(),
        rank,
        roads: code("r1"),
        posts: code("p1"),
        beside: None,
    };
    let with = |advice| Step::Dispatch(Some(Box::new(advice)));
    city.no_step(incident, 1, with(advice(Some(1), 3)), "candidate 1 as the one taken");
    city.no_step(incident, 1, with(advice(Some(3), 3)), "candidate 3 as the one taken");
    city.no_step(incident, 1, with(advice(None, 65)), "more than 64 candidates");
    let facts = city.step(incident, 1, with(advice(Some(0), 64)));
    let [Fact::UnitDispatched(sent)] = &facts[..] else { panic!("{facts:?}") };
    assert_eq!(**sent.advice.as_ref().unwrap(), advice(Some(0), 64));
    city.step(incident, 2, with(advice(None, 0)));
}

#[test]
fn progress_of_a_merged_incident_can_be_told_under_either_number() {
    let mut city = City::on_duty();
    let (from, into) = (city.open("robbery"), city.open("robbery"));
    city.send(from, 1);
    city.ok(Order::Merge { from, into });
    let facts = city.step(into, 1, Step::Acknowledge(None));
    let [Fact::UnitAcknowledged(told)] = &facts[..] else { panic!("{facts:?}") };
    assert_eq!(told.incident, from, "recorded where the unit was sent");
    city.step(from, 1, Step::OnScene(None));
    city.no_step(into, 1, Step::Dispatch(None), "is on I-2 already");
    city.no_step(from, 2, Step::Dispatch(None), "I-1 was merged into I-2");
    assert_eq!(START.tick, Instant(1_000));
}
