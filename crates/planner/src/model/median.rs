//! Least mean time: each row saves what its nearest chosen candidate saves it.
//!
//! The relaxation lets a row be served by several at a price, its multiplier: candidate j scores Σ max(0, saving − price)
//! (Cornuéjols, Fisher & Nemhauser 1977).

use rayon::prelude::*;

use super::level::gcd;
use super::sets::Sets;
use super::{Dual, Model, Scratch, State, Stride, Tally};

/// Below this many entries a second thread costs more than it brings.
const ALONE: usize = 1 << 16;

/// A p-median problem, as savings against being served by nobody.
#[derive(Clone, Debug)]
pub(crate) struct Median {
    /// By candidate: the rows it serves, and what it saves each, beyond what is saved already.
    pub(crate) columns: Sets,
    pub(crate) savings: Vec<i64>,
    /// Where the savings of each candidate begin.
    pub(crate) first: Vec<usize>,
    /// By row: the most that can be saved.
    pub(crate) most: Vec<i64>,
    pub(crate) free: Vec<u32>,
    pub(crate) shift: u32,
    pub(crate) stands: i64,
    pub(crate) grain: i64,
}

impl Median {
    /// From the savings of each candidate by row.
    pub(crate) fn new(rows: usize, columns: &[Vec<(u32, i64)>]) -> Self {
        let mut median = Self {
            columns: Sets::default(),
            savings: Vec::new(),
            first: Vec::new(),
            most: vec![0; rows],
            free: (0..columns.len() as u32).collect(),
            shift: 0,
            stands: 0,
            grain: 0,
        };
        for column in columns {
            median.push(column);
        }
        let total: i64 = median.most.iter().sum();
        median.shift = (60 - (64 - total.max(1).leading_zeros()).min(60)).min(20);
        median.grain = median.savings.iter().copied().fold(0, gcd).max(1);
        median
    }

    fn push(&mut self, column: &[(u32, i64)]) {
        self.first.push(self.savings.len());
        self.columns.push(column.iter().map(|one| one.0));
        for &(row, saving) in column {
            self.savings.push(saving);
            let most = &mut self.most[row as usize];
            *most = (*most).max(saving);
        }
    }

    fn column(&self, candidate: u32) -> impl Iterator<Item = (usize, i64)> + '_ {
        let rows = self.columns.get(candidate as usize);
        let first = self.first[candidate as usize];
        rows.iter().zip(&self.savings[first..]).map(|(&row, &saving)| (row as usize, saving))
    }

    fn score(&self, dual: &Dual, candidate: u32) -> i64 {
        let above = |(row, saving): (usize, i64)| ((saving << self.shift) - dual.rows[row]).max(0);
        self.column(candidate).map(above).sum()
    }
}

impl Model for Median {
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
        let mut had = vec![0i64; self.most.len()];
        for &one in self.free.iter().filter(|&&one| state[one as usize] == State::In) {
            self.column(one).for_each(|(row, saving)| had[row] = had[row].max(saving));
        }
        let mut next = Self {
            columns: Sets::default(),
            savings: Vec::new(),
            first: Vec::new(),
            most: vec![0; self.most.len()],
            free: Vec::new(),
            shift: self.shift,
            stands: self.stands + had.iter().sum::<i64>(),
            grain: self.grain,
        };
        let mut is_free = vec![false; self.columns.len()];
        self.free
            .iter()
            .for_each(|&one| is_free[one as usize] = state[one as usize] == State::Free);
        let mut column = Vec::new();
        for one in 0..self.columns.len() as u32 {
            column.clear();
            if is_free[one as usize] {
                next.free.push(one);
                let more = self.column(one).filter(|&(row, saving)| saving > had[row]);
                column.extend(more.map(|(row, saving)| (row as u32, saving - had[row])));
            }
            next.push(&column);
        }
        next
    }

    fn start(&self) -> Dual {
        Dual {
            rows: self.most.iter().map(|&most| (most << self.shift) / 2).collect(),
            floors: Vec::new(),
            trail: vec![0; self.most.len()],
        }
    }

    fn gather(&self, whole: &Dual) -> Dual {
        let rows = whole.rows.iter().zip(&self.most);
        Dual {
            rows: rows.map(|(&price, &most)| price.min(most << self.shift)).collect(),
            floors: Vec::new(),
            trail: vec![0; self.most.len()],
        }
    }

    fn scatter(&self, own: &Dual, whole: &mut Dual) {
        whole.rows.clone_from(&own.rows);
    }

    fn relax(&self, dual: &Dual, scores: &mut [i64]) -> i64 {
        if self.savings.len() > ALONE {
            let scored: Vec<i64> = self.free.par_iter().map(|&one| self.score(dual, one)).collect();
            for (score, &one) in scored.into_iter().zip(&self.free) {
                scores[one as usize] = score;
            }
        } else {
            for &one in &self.free {
                scores[one as usize] = self.score(dual, one);
            }
        }
        // A row that nobody serves pays nothing.
        let paid = dual.rows.iter().zip(&self.most).filter(|one| *one.1 > 0);
        (self.stands << self.shift) + paid.map(|one| one.0).sum::<i64>()
    }

    fn value(&self, picked: &[u32], scratch: &mut Scratch) -> Option<i64> {
        let mut best = vec![0i64; self.most.len()];
        for &one in picked {
            self.column(one).for_each(|(row, saving)| best[row] = best[row].max(saving));
        }
        // The turn counts who serves a row at its price, and asks the picks again.
        scratch.counts.clear();
        scratch.counts.extend_from_slice(picked);
        Some(self.stands + best.iter().sum::<i64>())
    }

    fn turn(&self, dual: &mut Dual, scratch: &Scratch, stride: Stride) {
        let mut served = vec![0i32; self.most.len()];
        for &one in &scratch.counts {
            for (row, saving) in self.column(one) {
                served[row] += i32::from(saving << self.shift > dual.rows[row]);
            }
        }
        let mut norm = 0i128;
        for (row, &count) in served.iter().enumerate().filter(|&(row, _)| self.most[row] > 0) {
            let way = (1 - count).max(-64) * 256 + dual.trail[row] * 5 / 8;
            dual.trail[row] = way;
            norm += i128::from(way) * i128::from(way);
        }
        if norm == 0 {
            return;
        }
        let room = i128::from(stride.room.max(0)) * i128::from(stride.agility) / 1_024;
        let step = (room << 24) * 256 / norm;
        for row in (0..served.len()).filter(|&row| self.most[row] > 0) {
            let by = (step * i128::from(dual.trail[row])) >> 24;
            let limit = i128::from(self.most[row] << self.shift);
            dual.rows[row] = (i128::from(dual.rows[row]) - by).clamp(0, limit) as i64;
        }
    }

    fn hopeless(&self) -> bool {
        false
    }

    fn grain(&self) -> i64 {
        self.grain
    }

    type Tally<'a> = MedianTally<'a>;

    fn tally(&self, _urge: &[i64]) -> MedianTally<'_> {
        MedianTally {
            median: self,
            best: vec![[0; 2]; self.most.len()],
            picked: Vec::new(),
            value: self.stands,
        }
    }

    fn short(&self, _picked: &[u32], _scratch: &mut Scratch) -> Vec<bool> {
        Vec::new()
    }
}

/// What is picked, with the best and second best saving of each row.
#[derive(Clone, Debug)]
pub(crate) struct MedianTally<'a> {
    median: &'a Median,
    best: Vec<[i64; 2]>,
    picked: Vec<u32>,
    value: i64,
}

impl Tally for MedianTally<'_> {
    fn add(&mut self, candidate: u32) {
        self.picked.push(candidate);
        for (row, saving) in self.median.column(candidate) {
            let best = &mut self.best[row];
            if saving > best[0] {
                self.value += saving - best[0];
                *best = [saving, best[0]];
            } else if saving > best[1] {
                best[1] = saving;
            }
        }
    }

    fn remove(&mut self, candidate: u32) {
        self.picked.retain(|&one| one != candidate);
        let mut open = Vec::new();
        for (row, saving) in self.median.column(candidate) {
            let best = &mut self.best[row];
            if saving >= best[1] {
                if saving == best[0] {
                    self.value -= best[0] - best[1];
                    best[0] = best[1];
                }
                best[1] = 0;
                open.push(row);
            }
        }
        // The second best of rows that lost one of their two is looked up among all others.
        open.sort_unstable();
        let is_open = |row: &usize| open.binary_search(row).is_ok();
        let mut top = vec![[0i64; 2]; open.len()];
        for &one in &self.picked {
            for (row, saving) in self.median.column(one).filter(|one| is_open(&one.0)) {
                let best = &mut top[open.partition_point(|&other| other < row)];
                if saving > best[0] {
                    *best = [saving, best[0]];
                } else if saving > best[1] {
                    best[1] = saving;
                }
            }
        }
        for (row, best) in open.into_iter().zip(top) {
            self.best[row] = best;
        }
    }

    fn gain(&self, candidate: u32) -> i64 {
        let more = |(row, saving): (usize, i64)| (saving - self.best[row][0]).max(0);
        self.median.column(candidate).map(more).sum()
    }

    fn value(&self) -> i64 {
        self.value
    }
}
