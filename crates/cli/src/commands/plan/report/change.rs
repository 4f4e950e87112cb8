//! Before and after: who is reached in time by whom, who gains and who loses.

use std::collections::BTreeMap;

use precinct_base::Millis;
use precinct_planner::{Ask, Claims, Table};

/// Demand of an area, and what of it is covered before and after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::commands::plan) struct Moved {
    pub(in crate::commands::plan) demand: u64,
    pub(in crate::commands::plan) before: u64,
    pub(in crate::commands::plan) after: u64,
}

/// What changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::commands::plan) struct Change {
    pub(in crate::commands::plan) before: Claims,
    pub(in crate::commands::plan) after: Claims,
    /// Minutes, and demand within them before and after.
    pub(in crate::commands::plan) within: Vec<(Millis, [u64; 2])>,
    /// Demand that is in time after and was not before, and the other way round.
    pub(in crate::commands::plan) gained: u64,
    pub(in crate::commands::plan) lost: u64,
    /// Demand whose nearest post gets nearer, and farther.
    pub(in crate::commands::plan) nearer: u64,
    pub(in crate::commands::plan) farther: u64,
    pub(in crate::commands::plan) areas: BTreeMap<u32, Moved>,
    /// New posts in the order in which they add most, and what each adds on top of those before it.
    pub(in crate::commands::plan) adds: Vec<(u32, u64)>,
}

/// Minutes that are told whatever was asked.
const TOLD: [u32; 3] = [1, 3, 5];

impl Change {
    /// From the posts of today to those of the plan, both ascending.
    pub(in crate::commands::plan) fn of(
        table: &Table,
        ask: &Ask,
        today: &[u32],
        chosen: &[u32],
    ) -> Self {
        let mut limits: Vec<Millis> =
            ask.within.iter().copied().chain(TOLD.map(Millis::from_minutes)).collect();
        limits.sort_unstable();
        limits.dedup();
        let mut change = Self {
            before: Claims::of(table, ask, today),
            after: Claims::of(table, ask, chosen),
            within: limits.into_iter().map(|limit| (limit, [0; 2])).collect(),
            gained: 0,
            lost: 0,
            nearer: 0,
            farther: 0,
            areas: BTreeMap::new(),
            adds: adds(table, ask, today, chosen),
        };
        for row in 0..table.len() {
            change.count(table, ask, (today, chosen), row);
        }
        change
    }

    fn count(&mut self, table: &Table, ask: &Ask, (today, chosen): (&[u32], &[u32]), row: usize) {
        let weight = table.weight(row, &ask.bands);
        let limit = ask.time_of(table.grade(row));
        let [was, is] = [today, chosen].map(|posts| nearest(table, row, posts));
        let within = |time: Option<Millis>, limit: Millis| time.is_some_and(|time| time <= limit);
        for (limit, sums) in &mut self.within {
            for (sum, time) in sums.iter_mut().zip([was, is]) {
                *sum += if within(time, *limit) { weight } else { 0 };
            }
        }
        let [before, after] = [was, is].map(|time| within(time, limit));
        self.gained += if after && !before { weight } else { 0 };
        self.lost += if before && !after { weight } else { 0 };
        let far = |time: Option<Millis>| time.map_or(u32::MAX, |time| time.0);
        self.nearer += if far(is) < far(was) { weight } else { 0 };
        self.farther += if far(is) > far(was) { weight } else { 0 };
        if let Some(area) = table.area(row) {
            let moved = self.areas.entry(area).or_default();
            moved.demand += weight;
            moved.before += if before { weight } else { 0 };
            moved.after += if after { weight } else { 0 };
        }
    }
}

/// How soon the nearest of some posts is at a place.
fn nearest(table: &Table, row: usize, posts: &[u32]) -> Option<Millis> {
    let near = table.row(row).filter(|one| posts.binary_search(&one.0).is_ok());
    near.map(|one| one.1).min()
}

fn adds(table: &Table, ask: &Ask, today: &[u32], chosen: &[u32]) -> Vec<(u32, u64)> {
    let is_new = |one: &u32| today.binary_search(one).is_err();
    let mut rest: Vec<u32> = chosen.iter().copied().filter(is_new).collect();
    let stays: Vec<u32> = chosen.iter().copied().filter(|one| !is_new(one)).collect();
    let covers = |row: usize, one: u32| {
        let limit = ask.time_of(table.grade(row));
        table.row(row).any(|near| near.0 == one && near.1 <= limit)
    };
    let in_time = |row: usize| stays.iter().any(|&one| covers(row, one));
    let mut open: Vec<usize> = (0..table.len()).filter(|&row| !in_time(row)).collect();
    let mut adds = Vec::new();
    while !rest.is_empty() {
        let sum = |one: u32| -> u64 {
            open.iter()
                .filter(|&&row| covers(row, one))
                .map(|&row| table.weight(row, &ask.bands))
                .sum()
        };
        let best = rest.iter().map(|&one| (sum(one), std::cmp::Reverse(one))).max();
        let Some((sum, std::cmp::Reverse(one))) = best else { break };
        adds.push((one, sum));
        rest.retain(|&other| other != one);
        open.retain(|&row| !covers(row, one));
    }
    adds
}

#[cfg(test)]
mod tests {
    use precinct_planner::{Aim, Demand};

    use super::*;

    /// Weight, area, and candidates with their milliseconds.
    type Row = (u64, u32, &'static [(u32, u32)]);

    #[test]
    fn gains_and_losses_are_told_apart() {
        let mut table = Table::new(3, 1).unwrap();
        let rows: [Row; 4] = [
            (10, 0, &[(0, 50_000)]),
            (20, 0, &[(1, 50_000), (2, 20_000)]),
            (30, 1, &[(0, 90_000), (2, 60_000)]),
            (40, 1, &[]),
        ];
        for (weight, area, reached) in rows {
            let reached: Vec<(u32, Millis)> =
                reached.iter().map(|&(one, ms)| (one, Millis(ms))).collect();
            let demand = Demand { weights: &[weight], grade: 0, area: Some(area) };
            table.push(&demand, &reached).unwrap();
        }
        let ask = Ask::new(Aim::Cover, Some(2), vec![Millis(60_000)]);
        let change = Change::of(&table, &ask, &[0], &[1, 2]);
        assert_eq!((change.gained, change.lost), (50, 10));
        assert_eq!((change.nearer, change.farther), (50, 10));
        assert_eq!((change.before.covered, change.after.covered), (10, 50));
        assert_eq!(change.adds, [(2, 50), (1, 0)]);
        assert_eq!(change.within[1], (Millis(180_000), [40, 50]));
        assert_eq!(change.areas[&1], Moved { demand: 70, before: 0, after: 30 });
    }
}
