//! How many were so, by area, at any instant: changes in order, with the levels written down now and then.

use std::collections::{BTreeMap, VecDeque};

use precinct_base::{AreaId, Instant};

use crate::Scope;

/// Changes between two places where the levels are written down.
const STRIDE: u64 = 4_096;

type Levels = BTreeMap<AreaId, i64>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    at: Instant,
    area: AreaId,
    up: bool,
}

impl Change {
    fn apply(self, levels: &mut Levels) {
        let level = levels.entry(self.area).or_default();
        *level += if self.up { 1 } else { -1 };
        if *level == 0 {
            levels.remove(&self.area);
        }
    }
}

/// A count by area that goes up and down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Changes that are forgotten; the first that is kept has this number.
    gone: u64,
    /// The levels before the first change that is kept.
    before: Levels,
    /// Rising in time.
    changes: VecDeque<Change>,
    /// The levels before the change of that number.
    marks: VecDeque<(u64, Levels)>,
    /// The levels after the last change.
    now: Levels,
}

impl Tally {
    /// One more in `area`, or one less. What was on paper may come after what happened later.
    pub(crate) fn change(&mut self, at: Instant, area: AreaId, up: bool) {
        let number = self.gone + self.changes.len() as u64;
        if number.is_multiple_of(STRIDE) {
            self.marks.push_back((number, self.now.clone()));
        }
        let later = self.changes.iter().rev().take_while(|change| change.at > at).count();
        let place = self.changes.len() - later;
        // Levels that were written down further on do not hold any more, and are done without.
        let number = self.gone + place as u64;
        while self.marks.pop_back_if(|(mark, _)| *mark > number).is_some() {}
        let change = Change { at, area, up };
        change.apply(&mut self.now);
        self.changes.insert(place, change);
    }

    /// Forgets the changes before `cut`, and not what they led to.
    pub(crate) fn forget(&mut self, cut: Instant) {
        while let Some(change) = self.changes.pop_front_if(|change| change.at < cut) {
            change.apply(&mut self.before);
            self.gone += 1;
        }
        while self.marks.pop_front_if(|(number, _)| *number < self.gone).is_some() {}
    }

    /// How many there were up to each of `instants`, which rise; what happened at an instant itself is not counted.
    pub(crate) fn levels(&self, instants: &[Instant], scope: &Scope) -> Vec<u64> {
        let first = instants.first().copied().unwrap_or_default();
        let from = self.gone + self.changes.partition_point(|change| change.at < first) as u64;
        let mark = self.marks.partition_point(|(number, _)| *number <= from).checked_sub(1);
        let mark = mark.and_then(|at| self.marks.get(at));
        let (number, levels) =
            mark.map_or((self.gone, &self.before), |(number, levels)| (*number, levels));
        let in_scope = levels.iter().filter(|(area, _)| scope.has(**area));
        let mut level: i64 = in_scope.map(|(_, level)| level).sum();
        let mut changes = self.changes.range((number - self.gone) as usize..).peekable();
        let up_to = |&instant: &Instant| {
            while let Some(change) = changes.next_if(|change| change.at < instant) {
                if scope.has(change.area) {
                    level += if change.up { 1 } else { -1 };
                }
            }
            level.max(0).unsigned_abs()
        };
        instants.iter().map(up_to).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_level_is_the_sum_of_what_was_before(
            steps in prop::collection::vec((0u64..3, 0u32..3), 1..40),
            fill in 0u32..3,
            late in prop::collection::vec((0u64..60, 0u32..3), 0..4),
            mut asked in prop::collection::vec(0u64..120, 1..5),
            cut in 0u64..60,
        ) {
            let mut tally = Tally::default();
            let mut all = Vec::new();
            let mut at = 0;
            // Enough to write the levels down more than once.
            for (wait, area) in steps.into_iter().chain((0..fill * 3_000).map(|n| (0, n % 3))) {
                at += wait;
                all.push((at, area));
                tally.change(Instant(at), AreaId(area), true);
            }
            // What comes late, and what comes after it.
            for (at, area) in late.into_iter().chain((0..fill * 3_000).map(|n| (at, n % 2))) {
                all.push((at, area));
                tally.change(Instant(at), AreaId(area), true);
            }
            tally.forget(Instant(cut));
            asked.sort_unstable();
            let asked: Vec<u64> = asked.into_iter().map(|one| one.max(cut)).collect();
            let instants: Vec<Instant> = asked.iter().copied().map(Instant).collect();
            let scope = Scope::Areas([AreaId(0), AreaId(2)].into());
            let sum = |&until: &u64| {
                all.iter().filter(|(at, area)| *at < until && *area != 1).count() as u64
            };
            let naive: Vec<u64> = asked.iter().map(sum).collect();
            prop_assert_eq!(tally.levels(&instants, &scope), naive);
        }
    }
}
