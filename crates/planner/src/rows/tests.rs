//! Merged rows against demand one by one.

use std::collections::BTreeMap;

use precinct_base::Millis;
use proptest::prelude::*;

use super::{Merge, Plane, Point, Rows};
use crate::{Aim, Ask, Demand, Table};

fn points(most: i64) -> impl Strategy<Value = Point> {
    (0..most, 0..most).prop_map(|(x, y)| Point { x, y })
}

fn told(rows: &Rows) -> BTreeMap<Vec<u32>, u64> {
    (0..rows.len()).map(|row| (rows.coverers(row).to_vec(), rows.weight(row))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_plane_merges_as_one_by_one(
        candidates in prop::collection::vec(points(100), 1..40),
        places in prop::collection::vec((points(140), 1..9_u64), 0..60),
        radius in 0..60_u64,
    ) {
        let plane = Plane::new(candidates.clone(), radius * radius);
        let rows = plane.merge(places.len(), |i| places[i]);
        let mut naive: BTreeMap<Vec<u32>, u64> = BTreeMap::new();
        let mut set = Vec::new();
        for &(at, weight) in &places {
            let near = |&i: &usize| candidates[i].square_to(at) <= radius * radius;
            let who: Vec<u32> =
                (0..candidates.len()).filter(near).map(|i| i as u32).collect();
            plane.coverers(at, &mut set);
            prop_assert_eq!(&set, &who);
            *naive.entry(who).or_default() += weight;
        }
        prop_assert_eq!(told(&rows), naive);
        prop_assert_eq!(rows.places(), places.len() as u64);
    }

    #[test]
    fn the_order_of_demand_does_not_matter(
        sets in prop::collection::vec((prop::collection::btree_set(0..9_u32, 0..5), 1..9_u64), 0..300),
        cut in 0..300_usize,
    ) {
        let merge = |part: &[(std::collections::BTreeSet<u32>, u64)]| {
            let mut merge = Merge::new(9);
            for (set, weight) in part {
                merge.add(&set.iter().copied().collect::<Vec<u32>>(), *weight);
            }
            merge
        };
        let (a, b) = sets.split_at(cut.min(sets.len()));
        let whole = merge(&sets).finish();
        prop_assert_eq!(&merge(b).joined(merge(a)).finish(), &whole);
        prop_assert_eq!(whole.total(), sets.iter().map(|one| one.1).sum::<u64>());
    }
}

#[test]
fn a_row_is_covered_within_the_time_of_its_grade() {
    let mut table = Table::new(2, 1).unwrap();
    for grade in [0, 1, 9] {
        let demand = Demand { weights: &[7], grade, area: Some(grade.into()) };
        table.push(&demand, &[(0, Millis(60_000)), (1, Millis(60_001))]).unwrap();
    }
    let mut ask = Ask::new(Aim::Cover, Some(1), vec![Millis(60_000), Millis(180_000)]);
    let rows = Rows::of(&table, &ask);
    assert_eq!(told(&rows), BTreeMap::from([(vec![0], 7), (vec![0, 1], 14)]));
    ask.outer = Some(Millis(60_000));
    let rows = Rows::of(&table, &ask);
    assert_eq!((rows.len(), rows.total(), rows.beyond()), (3, 21, 0));
}
