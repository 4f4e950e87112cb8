//! Covering by posts that can serve only so much: what is covered is what can be shared out among them (capacitated maximal covering:
//! Current & Storbeck 1988, with demand shared out freely).
//!
//! The relaxation pays each unit of a row a price; a post takes the dearest units within its capacity. Whoever is in stays in the
//! problem, because what it serves may move to another.

mod flow;
mod tally;

pub(crate) use tally::ServedTally;

use flow::most_served;

use super::sets::Sets;
use super::{Dual, Model, Scratch, State, Stride};

/// A covering problem with capacities.
#[derive(Clone, Debug)]
pub(crate) struct Served {
    pub(crate) rows: Sets,
    pub(crate) columns: Sets,
    pub(crate) weights: Vec<i64>,
    /// By candidate: how much it can serve.
    pub(crate) capacity: Vec<i64>,
    pub(crate) free: Vec<u32>,
    /// Those that are in.
    pub(crate) chosen: Vec<u32>,
    pub(crate) shift: u32,
}

impl Served {
    /// From rows of coverers and their weights.
    pub(crate) fn new(rows: Sets, weights: Vec<i64>, capacity: Vec<i64>) -> Self {
        let total: i64 = weights.iter().sum();
        Self {
            columns: rows.turned(capacity.len()),
            rows,
            weights,
            free: (0..capacity.len() as u32).collect(),
            capacity,
            chosen: Vec::new(),
            shift: (60 - (64 - total.max(1).leading_zeros()).min(60)).min(20),
        }
    }

    /// What a post takes of each row at these prices, the dearest first.
    fn take(&self, dual: &Dual, candidate: u32, mut each: impl FnMut(usize, i64)) {
        let mut rows: Vec<(i64, u32)> = self
            .columns
            .get(candidate as usize)
            .iter()
            .map(|&row| (-dual.rows[row as usize], row))
            .filter(|one| one.0 < 0)
            .collect();
        rows.sort_unstable();
        let mut left = self.capacity[candidate as usize];
        for (_, row) in rows {
            let part = self.weights[row as usize].min(left);
            if part == 0 {
                break;
            }
            each(row as usize, part);
            left -= part;
        }
    }

    fn score(&self, dual: &Dual, candidate: u32) -> i64 {
        let mut score = 0;
        self.take(dual, candidate, |row, part| score += part * dual.rows[row]);
        score
    }
}

impl Model for Served {
    fn candidates(&self) -> usize {
        self.columns.len()
    }

    fn free(&self) -> &[u32] {
        &self.free
    }

    fn shift(&self) -> u32 {
        self.shift
    }

    fn left(&self, state: &[State], _merge: bool) -> Self {
        let mut next = self.clone();
        next.free.retain(|&one| state[one as usize] == State::Free);
        let is_in = |one: &&u32| state[**one as usize] == State::In;
        next.chosen.extend(self.free.iter().filter(is_in));
        next.chosen.sort_unstable();
        next
    }

    fn start(&self) -> Dual {
        Dual {
            rows: vec![1 << self.shift >> 1; self.weights.len()],
            floors: Vec::new(),
            trail: vec![0; self.weights.len()],
        }
    }

    fn gather(&self, whole: &Dual) -> Dual {
        whole.clone()
    }

    fn scatter(&self, own: &Dual, whole: &mut Dual) {
        whole.clone_from(own);
    }

    fn relax(&self, dual: &Dual, scores: &mut [i64]) -> i64 {
        for &one in &self.free {
            scores[one as usize] = self.score(dual, one);
        }
        let one = 1 << self.shift;
        let kept =
            self.weights.iter().zip(&dual.rows).map(|(&weight, &price)| weight * (one - price));
        kept.sum::<i64>() + self.chosen.iter().map(|&one| self.score(dual, one)).sum::<i64>()
    }

    fn value(&self, picked: &[u32], scratch: &mut Scratch) -> Option<i64> {
        let all: Vec<u32> = self.chosen.iter().chain(picked).copied().collect();
        scratch.counts.clone_from(&all);
        Some(most_served(self, &all))
    }

    fn turn(&self, dual: &mut Dual, scratch: &Scratch, stride: Stride) {
        let mut taken = vec![0i64; self.weights.len()];
        for &one in &scratch.counts {
            self.take(dual, one, |row, part| taken[row] += part);
        }
        let one = 1i64 << self.shift;
        let mut norm = 0i128;
        for (row, &taken) in taken.iter().enumerate() {
            let weight = self.weights[row].max(1);
            // How many times over the row is taken, less the once it can be, in parts of 2^8.
            let way = ((taken - self.weights[row]) * 256 / weight).clamp(-4_096, 4_096) as i32;
            dual.trail[row] = way + dual.trail[row] * 5 / 8;
            norm += i128::from(dual.trail[row]) * i128::from(dual.trail[row]) * i128::from(weight);
        }
        if norm == 0 {
            return;
        }
        let room = i128::from(stride.room.max(0)) * i128::from(stride.agility) / 1_024;
        let step = (room << 24) * 256 / norm;
        for (price, &way) in dual.rows.iter_mut().zip(&dual.trail) {
            let by = (step * i128::from(way)) >> 24;
            *price = (i128::from(*price) - by).clamp(0, i128::from(one)) as i64;
        }
    }

    fn hopeless(&self) -> bool {
        false
    }

    fn grain(&self) -> i64 {
        1
    }

    type Tally<'a> = ServedTally<'a>;

    fn tally(&self, _urge: &[i64]) -> ServedTally<'_> {
        ServedTally::new(self)
    }

    fn short(&self, _picked: &[u32], _scratch: &mut Scratch) -> Vec<bool> {
        Vec::new()
    }
}
