//! What a run leaves against the record of its events, folded by the statistics of a live city, and against the core's own audit.

use precinct_base::{Instant, Timestamp};
use precinct_core::{Event, Moment, State, apply, audit};
use precinct_statistics::{Fold, Question, Scope};
use precinct_whatif::{Arm, Behaviour, Policy, Settings, Watched, watch};

use crate::town::{START, busy_day, plan, town};

fn seen(policy: Policy, seed: u64) -> (Watched, Vec<Event>) {
    let arm = Arm {
        name: "seen".to_owned(),
        plan: plan(&[((0, 0), 3), ((6, 5), 4)]),
        policy,
        shadow: None,
    };
    let behaviour = Behaviour {
        rest: Some(precinct_whatif::Rest {
            after: precinct_base::Millis::from_minutes(120),
            lasts: precinct_base::Millis::from_minutes(30),
        }),
        ..Behaviour::default()
    };
    let mut events = Vec::new();
    let watched = watch(
        &town(),
        &behaviour,
        &busy_day(seed, 300),
        &arm,
        seed,
        Settings::default(),
        &mut |event| events.push(event.clone()),
    );
    (watched.unwrap(), events)
}

#[test]
fn every_state_of_a_run_is_one_that_can_be() {
    for (policy, seed) in [(Policy::Closest, 1), (Policy::Joint, 2)] {
        let (_, events) = seen(policy, seed);
        let mut state = State::default();
        for event in &events {
            apply(&mut state, event);
            audit(&state).unwrap();
        }
        assert!(events.len() > 1_000);
    }
}

#[test]
fn the_figures_are_those_a_live_city_would_have() {
    let (watched, events) = seen(Policy::Closest, 3);
    let mut fold = Fold::default();
    for event in &events {
        fold.apply(event);
    }
    let end = events.last().unwrap().at;
    let until = Timestamp(START + 24 * 3_600_000);
    let now = Moment { tick: Instant(end.tick.0 + 1), wall: Timestamp(end.wall.0 + 1) };
    let from = Timestamp(START);
    let told = fold.ask(&Question { from, until, now, scope: Scope::Everywhere });
    let piece = busy_day(3, 300);
    for response in &told.response {
        let of = piece.calls.iter().zip(&watched.calls);
        let of = of.filter(|(call, _)| call.priority == response.priority && piece.counts(call));
        let mut there: Vec<u32> = of.clone().filter_map(|(_, one)| Some(one.on_scene?.0)).collect();
        there.sort_unstable();
        let median = there.get(there.len().div_ceil(2).max(1) - 1).copied();
        let laps = &response.received_on_scene;
        assert_eq!(laps.known as usize, there.len(), "{:?}", response.priority);
        assert_eq!(laps.p50.map(|time| time.0), median);
        // What patrols found when none was free was dropped: nobody was sent.
        let called = response.incidents - response.came_upon - response.unsent;
        assert_eq!(called as usize, of.count());
    }
    assert!(told.response.iter().map(|one| one.came_upon).sum::<u32>() > 10);
    assert_eq!(told.dispatches.all, told.dispatches.advised);
}
