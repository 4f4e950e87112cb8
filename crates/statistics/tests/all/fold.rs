//! Any commands in any order: the fold says what a naive count over whole states says.

use std::collections::BTreeSet;

use precinct_base::{AreaId, Millis, Timestamp, UnitId};
use precinct_statistics::{Figures, Fold, Question, Response, Scope};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::naive;
use crate::town::{Made, Town};

fn made() -> impl Strategy<Value = Vec<Made>> {
    prop::collection::vec((0u8..58, 0u32..100, 0u32..100, any::<u8>(), 0u32..400), 1..150)
}

fn asked(
    town: &Town,
    (from, lasts, wait): (i64, i64, u32),
    areas: Option<BTreeSet<u32>>,
) -> Question {
    let start = town.events[0].at.wall.0;
    let from = Timestamp(start + from * 1_000);
    let areas = areas.map(|areas| areas.into_iter().map(AreaId).collect());
    Question {
        from,
        until: Timestamp(from.0 + lasts * 1_000),
        now: town.at.later(Millis::from_seconds(wait)),
        scope: areas.map_or(Scope::Everywhere, Scope::Areas),
    }
}

fn folded(town: &Town) -> Fold {
    let mut fold = Fold::default();
    for event in &town.events {
        fold.apply(event);
    }
    fold
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn figures_are_what_a_naive_count_says(
        made in made(),
        period in (-4_000i64..20_000, 0i64..20_000, 0u32..600),
        areas in prop::option::of(prop::collection::btree_set(1u32..4, 0..3)),
    ) {
        let mut town = Town::new();
        for one in made {
            town.live(one);
        }
        let question = asked(&town, period, areas);
        let (said, naive) = (folded(&town).ask(&question), naive::figures(&town.events, &question));
        let Figures { hours, free, .. } = &said;
        prop_assert_eq!(hours, &naive.hours);
        prop_assert_eq!(free, &naive.free);
        prop_assert_eq!(said, naive);
    }
}

#[test]
fn what_is_made_up_has_something_of_everything() {
    let mut runner = TestRunner::deterministic();
    let (mut seen, mut jumps) = ([0; 13], 0);
    for _ in 0..60 {
        let mut town = Town::new();
        let made = made().new_tree(&mut runner).unwrap().current();
        jumps += made.iter().filter(|one| one.0 == 0).count();
        for one in made {
            town.live(one);
        }
        let said = folded(&town).ask(&asked(&town, (0, 20_000, 0), None));
        let sum = |of: fn(&Response) -> u32| said.response.iter().map(of).sum::<u32>();
        let incidents = said.incidents;
        let parts = [
            incidents.reports - incidents.incidents,
            incidents.retyped,
            incidents.on_paper,
            sum(|one| one.came_upon),
            sum(|one| one.unsent),
            sum(|one| one.regraded),
            sum(|one| one.received_dispatched.known),
            sum(|one| one.received_on_scene.unknown),
            sum(|one| one.dispatched_acknowledged.known),
            sum(|one| one.dispatched_en_route.known),
            sum(|one| one.dispatched_on_scene.rated),
            said.dispatches.compared,
            said.workload.iter().filter(|work| work.unit == UnitId(5)).count() as u32,
        ];
        seen.iter_mut().zip(parts).for_each(|(seen, part)| *seen += part);
    }
    assert!(jumps > 20 && seen.iter().all(|&seen| seen > 10), "{jumps} {seen:?}");
}
