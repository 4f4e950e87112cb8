//! A run that nobody watches, and that so looks no farther than it has to, is the run that is watched.

use precinct_core::{Event, Fact};
use precinct_whatif::{Arm, Behaviour, Policy, Returning, Settings, answers, watch};

use crate::town::{busy_day, plan, town};

#[test]
fn a_run_is_the_same_watched_or_not_and_whatever_is_kept() {
    let (mut town, piece) = (town(), busy_day(11, 140));
    let mut preempted = 0;
    for (round, preempt) in [(0, 2), (1, 0)] {
        town.catalogue.rules.preempt_en_route = preempt;
        for returning in [Returning::Free, Returning::Busy, Returning::Stays] {
            for name in Policy::names() {
                let behaviour = Behaviour { returning, ..Behaviour::default() };
                let arm = Arm {
                    name: name.to_owned(),
                    plan: plan(&[((0, 0), 3), ((6, 2), 2), ((3, 7), 2)]),
                    policy: Policy::named(name).unwrap(),
                    shadow: None,
                };
                let runs = [0, 1 << 30].map(|room| {
                    let settings = Settings { room, ..Settings::default() };
                    let mut see = |event: &Event| {
                        preempted += u32::from(matches!(event.fact, Fact::UnitPreempted(_)));
                    };
                    let seen = watch(&town, &behaviour, &piece, &arm, round, settings, &mut see);
                    let told = answers(&town, &behaviour, &piece, &arm, round, settings);
                    let (seen, told) = (seen.unwrap(), told.unwrap());
                    assert_eq!(seen, told, "{name} {returning:?} {room}");
                    seen
                });
                assert_eq!(runs[0], runs[1], "{name} {returning:?}");
                assert!(runs[0].calls.iter().filter(|call| call.on_scene.is_some()).count() > 100);
            }
        }
    }
    assert!(preempted > 3, "{preempted} were taken off something");
}
