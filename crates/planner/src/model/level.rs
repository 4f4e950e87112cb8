//! Covering: rows of demand, each worth more the more strongly it is covered; rows that have to be covered; floors of areas.
//!
//! The relaxation lets each row be covered as strongly as it likes at a price, its multiplier, which is paid to whoever covers it
//! (Galvão & `ReVelle` 1996 for maximal covering; Beasley 1987 for set covering). A row worth w(s) takes the s where
//! w(s) − price·s peaks; one that has to be covered takes 1. Floors have multipliers of their own, which raise the worth of the first
//! cover in their area.

mod build;
mod left;
mod origin;
mod parts;
mod tally;

use build::NO_FLOOR;
pub(crate) use build::{ProblemRows, gcd};
pub(crate) use tally::LevelTally;

use rayon::prelude::*;

use origin::Origin;

use super::curve::Curve;
use super::sets::Sets;
use super::{Dual, Model, Scratch, State, Stride};

/// Below this many entries a second thread costs more than it brings.
const ALONE: usize = 1 << 16;
/// One, in multipliers of floors.
const FLOOR_ONE: i64 = 1 << 16;
/// The most a floor may raise the worth of a first cover, times.
const FLOOR_MOST: i64 = FLOOR_ONE * 64;

/// A covering problem.
#[derive(Clone, Debug)]
pub(crate) struct Level {
    /// Who covers each row.
    pub(crate) rows: Sets,
    /// Which rows each candidate covers.
    pub(crate) columns: Sets,
    pub(crate) weights: Vec<i64>,
    pub(crate) must: Vec<bool>,
    /// How strongly a row is covered already.
    pub(crate) base: Vec<u32>,
    /// The floor a row counts for, or [`NO_FLOOR`].
    pub(crate) floor: Vec<u32>,
    /// What each floor still needs.
    pub(crate) floors: Vec<i64>,
    pub(crate) curve: Curve,
    /// By candidate.
    pub(crate) strength: Vec<u32>,
    pub(crate) prices: Vec<i64>,
    /// Money and people: one that is dearer in either makes none needless.
    pub(crate) costs: Vec<[u64; 2]>,
    pub(crate) free: Vec<u32>,
    pub(crate) shift: u32,
    /// The value of what is in.
    pub(crate) stands: i64,
    pub(crate) grain: i64,
    /// The rows, of the problem this is left of, that each row is made of.
    pub(crate) origin: Origin,
}

impl Level {
    /// What a multiplier of its floor adds to the first cover of a row, times 2^shift.
    fn bonus(&self, dual: &Dual, row: usize) -> i64 {
        let floor = self.floor[row];
        if floor == NO_FLOOR || self.base[row] > 0 {
            return 0;
        }
        let scaled = i128::from(self.weights[row] << self.shift);
        (scaled * i128::from(dual.floors[floor as usize]) / i128::from(FLOOR_ONE)) as i64
    }

    /// The best a row can have at its multiplier, and the strength it takes for it.
    #[inline]
    fn peak(&self, dual: &Dual, row: usize) -> (i64, u32) {
        let price = dual.rows[row];
        if self.must[row] {
            return (-price, 1);
        }
        let (weight, bonus) = (self.weights[row] << self.shift, self.bonus(dual, row));
        if self.curve.full() == 1 && self.base[row] == 0 {
            let worth = weight * self.curve.most() + bonus;
            return if worth > price { (worth - price, 1) } else { (0, 0) };
        }
        self.curve.peak(self.base[row], weight, price, bonus)
    }

    /// The highest price that makes sense for a row.
    fn ceiling(&self, dual: &Dual, row: usize) -> i64 {
        if self.must[row] {
            return (1 << 59) / (self.rows.len() as i64 + 1);
        }
        (self.weights[row] << self.shift) * self.curve.steepest() + self.bonus(dual, row)
    }

    fn is_large(&self) -> bool {
        self.columns.total() > ALONE
    }

    fn score(&self, dual: &Dual, candidate: u32) -> i64 {
        let prices =
            self.columns.get(candidate as usize).iter().map(|&row| dual.rows[row as usize]);
        let paid: i64 = prices.sum();
        paid * i64::from(self.strength[candidate as usize])
            - (self.prices[candidate as usize] << self.shift)
    }

    fn count(&self, picked: &[u32], scratch: &mut Scratch) {
        scratch.counts.clear();
        scratch.counts.resize(self.rows.len(), 0);
        for &candidate in picked {
            let strength = self.strength[candidate as usize];
            for &row in self.columns.get(candidate as usize) {
                scratch.counts[row as usize] += strength;
            }
        }
    }

    /// How far short of each floor the counted pick falls.
    fn shortfalls(&self, scratch: &Scratch) -> Vec<i64> {
        let mut short = self.floors.clone();
        for row in (0..self.rows.len()).filter(|&row| self.floor[row] != NO_FLOOR) {
            if self.base[row] == 0 && scratch.counts[row] > 0 {
                short[self.floor[row] as usize] -= self.weights[row];
            }
        }
        short
    }

    /// Turns the multipliers of the floors: up where the relaxation falls short, down where it has more than it needs.
    fn turn_floors(&self, dual: &mut Dual, agility: i64) {
        let mut short = self.floors.clone();
        for row in (0..self.rows.len()).filter(|&row| self.floor[row] != NO_FLOOR) {
            if self.base[row] == 0 && self.peak(dual, row).1 > 0 {
                short[self.floor[row] as usize] -= self.weights[row];
            }
        }
        for (floor, short) in short.into_iter().enumerate() {
            let need = i128::from(self.floors[floor].max(1));
            let step = i128::from(short) * i128::from(FLOOR_ONE * agility) / (need * 1_024);
            let next = dual.floors[floor] + step.clamp(-(1 << 20), 1 << 20) as i64;
            dual.floors[floor] = next.clamp(0, FLOOR_MOST);
        }
    }
}

impl Model for Level {
    fn candidates(&self) -> usize {
        self.columns.len()
    }

    fn free(&self) -> &[u32] {
        &self.free
    }

    fn shift(&self) -> u32 {
        self.shift
    }

    fn left(&self, state: &[State], merge: bool) -> Self {
        if merge { self.merged(state) } else { self.filtered(state) }
    }

    fn parts(&self) -> Vec<Self> {
        self.fallen_apart()
    }

    fn stands(&self) -> i64 {
        self.stands
    }

    /// Each row pays those that cover it about evenly, as if each had to be covered by one of them.
    fn start(&self) -> Dual {
        let mut dual = Dual {
            rows: vec![0; self.rows.len()],
            floors: vec![0; self.floors.len()],
            trail: vec![0; self.rows.len()],
        };
        for row in 0..self.rows.len() {
            let coverers = self.rows.get(row);
            let cheapest = coverers.iter().map(|&one| {
                let covers = self.columns.get(one as usize).len().max(1) as i64;
                (self.prices[one as usize] << self.shift) / covers
            });
            dual.rows[row] = if self.must[row] {
                cheapest.min().unwrap_or(0)
            } else {
                self.ceiling(&dual, row) / 2
            };
        }
        dual
    }

    fn gather(&self, whole: &Dual) -> Dual {
        let sum = |row: usize| {
            self.origin.get(row).iter().map(|part| whole.rows[part.0 as usize]).sum::<i64>()
        };
        Dual {
            rows: (0..self.rows.len()).map(sum).collect(),
            floors: whole.floors.clone(),
            trail: vec![0; self.rows.len()],
        }
    }

    fn scatter(&self, own: &Dual, whole: &mut Dual) {
        for row in 0..self.rows.len() {
            let parts = self.origin.get(row);
            for &(part, weight) in parts {
                let share = if self.must[row] || self.weights[row] == 0 {
                    own.rows[row] / parts.len() as i64
                } else {
                    let all = i128::from(self.weights[row]);
                    (i128::from(own.rows[row]) * i128::from(weight) / all) as i64
                };
                whole.rows[part as usize] = share;
            }
        }
        whole.floors.clone_from(&own.floors);
    }

    fn relax(&self, dual: &Dual, scores: &mut [i64]) -> i64 {
        let rows = self.rows.len();
        let peaks: i64 = if self.is_large() {
            self.free
                .par_iter()
                .map(|&one| self.score(dual, one))
                .collect::<Vec<i64>>()
                .into_iter()
                .zip(&self.free)
                .for_each(|(score, &one)| scores[one as usize] = score);
            (0..rows).into_par_iter().map(|row| self.peak(dual, row).0).sum()
        } else {
            for &one in &self.free {
                scores[one as usize] = self.score(dual, one);
            }
            (0..rows).map(|row| self.peak(dual, row).0).sum()
        };
        let floors: i128 = self
            .floors
            .iter()
            .zip(&dual.floors)
            .map(|(&need, &raise)| {
                // Rounded so that the bound stays a bound.
                (i128::from(need << self.shift) * i128::from(raise))
                    .div_euclid(i128::from(FLOOR_ONE))
            })
            .sum();
        (self.stands << self.shift) + peaks - floors as i64
    }

    fn value(&self, picked: &[u32], scratch: &mut Scratch) -> Option<i64> {
        self.count(picked, scratch);
        let mut value = self.stands;
        for (row, &count) in scratch.counts.iter().enumerate() {
            if self.must[row] {
                if count == 0 {
                    return None;
                }
            } else if count > 0 {
                let worth = self.curve.at(self.base[row] + count) - self.curve.at(self.base[row]);
                value += self.weights[row] * worth;
            }
        }
        if self.shortfalls(scratch).iter().any(|&short| short > 0) {
            return None;
        }
        Some(value - picked.iter().map(|&one| self.prices[one as usize]).sum::<i64>())
    }

    fn turn(&self, dual: &mut Dual, scratch: &Scratch, stride: Stride) {
        let mut norm = 0i128;
        for row in 0..self.rows.len() {
            let slack = scratch.counts[row] as i32 - self.peak(dual, row).1 as i32;
            // Deflection: part of the last direction is kept (Camerini, Fratta & Maffioli 1975).
            let way = slack.clamp(-4_096, 4_096) * 256 + dual.trail[row] * 5 / 8;
            dual.trail[row] = way;
            norm += i128::from(way) * i128::from(way);
        }
        if !self.floors.is_empty() {
            self.turn_floors(dual, stride.agility);
        }
        if norm == 0 {
            return;
        }
        // Room · agility / norm, times 2^24; a way counts 2^8.
        let room = i128::from(stride.room.max(0)) * i128::from(stride.agility) / 1_024;
        let step = (room << 24) * 256 / norm;
        for row in 0..self.rows.len() {
            let way = dual.trail[row];
            if way != 0 {
                let by = (step * i128::from(way)) >> 24;
                let limit = self.ceiling(dual, row);
                let next = i128::from(dual.rows[row]) - by;
                dual.rows[row] = next.clamp(0, i128::from(limit)) as i64;
            }
        }
    }

    fn hopeless(&self) -> bool {
        let bare = |row: usize| self.must[row] && self.rows.get(row).is_empty();
        let mut most = vec![0i64; self.floors.len()];
        for row in 0..self.rows.len() {
            if bare(row) {
                return true;
            }
            if self.floor[row] != NO_FLOOR && self.base[row] == 0 && !self.rows.get(row).is_empty()
            {
                most[self.floor[row] as usize] += self.weights[row];
            }
        }
        most.iter().zip(&self.floors).any(|(&most, &need)| most < need)
    }

    fn grain(&self) -> i64 {
        self.grain
    }

    type Tally<'a> = LevelTally<'a>;

    fn tally(&self, urge: &[i64]) -> LevelTally<'_> {
        LevelTally::new(self, urge)
    }

    fn short(&self, picked: &[u32], scratch: &mut Scratch) -> Vec<bool> {
        self.count(picked, scratch);
        self.shortfalls(scratch).into_iter().map(|short| short > 0).collect()
    }
}
