//! Covering, step by step.

use super::super::Tally;
use super::Level;
use super::build::NO_FLOOR;
use crate::model::curve::Curve;

/// What a required row that is not covered counts for: more than all else together.
const REQUIRED: i64 = 1 << 40;

/// What is picked so far.
#[derive(Clone, Debug)]
pub(crate) struct LevelTally<'a> {
    level: &'a Level,
    /// What is to be climbed: where only a second cover counts, a first one is a step there.
    curve: Curve,
    /// By floor: what each unit of demand short of it counts for.
    urge: Vec<i64>,
    /// By floor: how much it is short, below 0 if more than enough is covered.
    short: Vec<i64>,
    counts: Vec<u32>,
    value: i64,
}

/// What changes with one candidate.
struct Change {
    value: i64,
    /// By floor: demand covered more.
    floors: Vec<i64>,
}

impl<'a> LevelTally<'a> {
    pub(super) fn new(level: &'a Level, urge: &[i64]) -> Self {
        Self {
            level,
            curve: level.curve.to_climb(),
            urge: urge.to_vec(),
            short: level.floors.clone(),
            counts: vec![0; level.rows.len()],
            value: level.stands,
        }
    }

    /// What a row is worth at a count, in this tally's eyes.
    fn worth(&self, row: usize, count: u32) -> i64 {
        let level = self.level;
        if level.must[row] {
            return if count > 0 { REQUIRED } else { 0 };
        }
        level.weights[row] * self.curve.at(level.base[row] + count)
    }

    /// The change when all rows of a candidate go from their counts to other ones.
    fn change(&self, candidate: u32, to: impl Fn(u32, u32) -> u32) -> Change {
        let level = self.level;
        let strength = level.strength[candidate as usize];
        let mut change = Change { value: 0, floors: vec![0; self.short.len()] };
        for row in level.columns.get(candidate as usize).iter().map(|&row| row as usize) {
            let (count, next) = (self.counts[row], to(self.counts[row], strength));
            let worth = self.worth(row, next) - self.worth(row, count);
            change.value = change.value.saturating_add(worth);
            let floor = level.floor[row];
            if floor != NO_FLOOR && level.base[row] == 0 {
                let covered = i64::from(next > 0) - i64::from(count > 0);
                change.floors[floor as usize] += covered * level.weights[row];
            }
        }
        for (floor, &more) in change.floors.iter().enumerate() {
            let short = self.short[floor];
            let relief = short.max(0) - (short - more).max(0);
            change.value = change.value.saturating_add(relief.saturating_mul(self.urge[floor]));
        }
        change
    }

    fn settle(&mut self, candidate: u32, change: &Change, to: impl Fn(u32, u32) -> u32) {
        self.value = self.value.saturating_add(change.value);
        for (short, more) in self.short.iter_mut().zip(&change.floors) {
            *short -= more;
        }
        let strength = self.level.strength[candidate as usize];
        for &row in self.level.columns.get(candidate as usize) {
            self.counts[row as usize] = to(self.counts[row as usize], strength);
        }
    }
}

impl Tally for LevelTally<'_> {
    fn add(&mut self, candidate: u32) {
        let more = |count, strength| count + strength;
        self.settle(candidate, &self.change(candidate, more), more);
        self.value -= self.level.prices[candidate as usize];
    }

    fn remove(&mut self, candidate: u32) {
        let less = |count, strength| count - strength;
        self.settle(candidate, &self.change(candidate, less), less);
        self.value += self.level.prices[candidate as usize];
    }

    fn gain(&self, candidate: u32) -> i64 {
        let change = self.change(candidate, |count, strength| count + strength);
        change.value.saturating_sub(self.level.prices[candidate as usize])
    }

    fn value(&self) -> i64 {
        self.value
    }
}
