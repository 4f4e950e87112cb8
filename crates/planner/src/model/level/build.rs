//! A covering problem from merged rows.

use super::super::curve::Curve;
use super::super::sets::Sets;
use super::{Level, Origin};
use crate::error::PlanError;
use crate::rows::Rows;
use precinct_base::caps;

/// Stands for no floor.
pub(crate) const NO_FLOOR: u32 = u32::MAX;

/// What a covering problem is made from, beside its rows.
#[derive(Clone, Debug)]
pub(crate) struct ProblemRows {
    pub(crate) curve: Curve,
    /// By candidate.
    pub(crate) strength: Vec<u32>,
    /// By candidate: what it takes from the value.
    pub(crate) prices: Vec<i64>,
    /// By candidate: what it takes of money and people.
    pub(crate) costs: Vec<[u64; 2]>,
    /// Area and least demand to be covered in it.
    pub(crate) floors: Vec<(u32, i64)>,
    /// By candidate, whether it may be chosen: a row that none of those covers does not have to be covered.
    pub(crate) may: Vec<bool>,
    /// Whether every row has to be covered.
    pub(crate) all: bool,
    /// Least demand to be covered of all; a floor over everything.
    pub(crate) once: Option<i64>,
}

impl Level {
    /// The problem; every candidate is free.
    pub(crate) fn new(rows: &Rows, given: ProblemRows) -> Result<Self, PlanError> {
        let most = rows.total.checked_mul(given.curve.most().max(1) as u64);
        let most = most.filter(|&most| most <= caps::PLAN_WEIGHT).ok_or(PlanError::Weight)?;
        let mut level = Self {
            rows: Sets::default(),
            columns: Sets::default(),
            weights: Vec::new(),
            must: Vec::new(),
            base: Vec::new(),
            floor: Vec::new(),
            floors: Vec::new(),
            free: (0..rows.candidates as u32).collect(),
            shift: 0,
            stands: 0,
            grain: 0,
            origin: Origin::default(),
            curve: given.curve,
            strength: given.strength,
            prices: given.prices,
            costs: given.costs,
        };
        level.floors = given.floors.iter().map(|floor| floor.1).chain(given.once).collect();
        let floor_of = |area: u32| {
            let found = given.floors.iter().position(|floor| floor.0 == area);
            let all = given.once.map(|_| given.floors.len());
            found.or(all).map_or(NO_FLOOR, |index| index as u32)
        };
        for row in 0..rows.len() {
            let tag = rows.tags[row];
            let mut coverers = rows.coverers(row).iter();
            let is_open = coverers.any(|&one| given.may[one as usize]);
            if !is_open || (!tag.must && rows.weights[row] == 0) {
                continue;
            }
            level.rows.push(rows.coverers(row).iter().copied());
            level.weights.push(rows.weights[row] as i64);
            let must = tag.must || given.all;
            level.must.push(must);
            level.base.push(0);
            level.floor.push(if must { NO_FLOOR } else { floor_of(tag.area) });
        }
        level.finish(rows.candidates, most as i64);
        Ok(level)
    }

    /// Sets what follows from the rows.
    fn finish(&mut self, candidates: usize, most: i64) {
        self.columns = self.rows.turned(candidates);
        for row in 0..self.rows.len() {
            self.origin.push([(row as u32, self.weights[row])]);
        }
        let dearest = self.prices.iter().copied().max().unwrap_or(0);
        let largest = most.max(dearest.saturating_mul(self.rows.len() as i64 + candidates as i64));
        // Multipliers of floors may raise values by up to 64 times.
        let spare = if self.floors.is_empty() { 60 } else { 53 };
        self.shift = (spare - (64 - largest.max(1).leading_zeros()).min(spare)).min(20);
        let step = self.curve.grain();
        let weights = self.weights.iter().map(|&weight| weight * step);
        self.grain = weights.chain(self.prices.iter().copied()).fold(0, gcd).max(1);
    }
}

pub(crate) const fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
