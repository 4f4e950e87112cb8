//! What is left of a covering problem once some candidates are settled.

use super::super::State;
use super::super::sets::Sets;
use super::build::NO_FLOOR;
use super::{Level, Origin};

impl Level {
    /// As it is, without rows, but for what settled candidates make of it.
    pub(super) fn shell(&self, state: &[State]) -> Self {
        let chosen = |&&one: &&u32| state[one as usize] == State::In;
        let paid: i64 = self.free.iter().filter(chosen).map(|&one| self.prices[one as usize]).sum();
        Self {
            rows: Sets::default(),
            columns: Sets::default(),
            weights: Vec::new(),
            must: Vec::new(),
            base: Vec::new(),
            floor: Vec::new(),
            floors: self.floors.clone(),
            curve: self.curve.clone(),
            strength: self.strength.clone(),
            prices: self.prices.clone(),
            costs: self.costs.clone(),
            free: self
                .free
                .iter()
                .copied()
                .filter(|&one| state[one as usize] == State::Free)
                .collect(),
            shift: self.shift,
            stands: self.stands - paid,
            grain: self.grain,
            origin: Origin::default(),
        }
    }

    /// Takes over a row as far as something about it is still open.
    fn take(&self, next: &mut Self, state: &[State], row: usize, rest: &mut Vec<u32>) -> bool {
        rest.clear();
        let mut added = 0;
        for &one in self.rows.get(row) {
            match state[one as usize] {
                State::Free => rest.push(one),
                State::In => added += self.strength[one as usize],
                State::Out => {}
            }
        }
        if self.must[row] {
            return added == 0;
        }
        let (base, weight) = (self.base[row], self.weights[row]);
        next.stands += weight * (self.curve.at(base + added) - self.curve.at(base));
        let floor = self.floor[row];
        if floor != NO_FLOOR && base == 0 && added > 0 {
            next.floors[floor as usize] -= weight;
        }
        !rest.is_empty() && self.curve.full() > base + added
    }

    pub(super) fn push(&self, next: &mut Self, row: usize, rest: &[u32], state: &[State]) {
        let added: u32 = self
            .rows
            .get(row)
            .iter()
            .filter(|&&one| state[one as usize] == State::In)
            .map(|&one| self.strength[one as usize])
            .sum();
        next.rows.push(rest.iter().copied());
        next.weights.push(self.weights[row]);
        next.must.push(self.must[row]);
        next.base.push(self.base[row] + added);
        next.floor.push(self.floor[row]);
        next.origin.push([(row as u32, self.weights[row])]);
    }

    /// The rows that are still open, as they are.
    pub(super) fn filtered(&self, state: &[State]) -> Self {
        let mut next = self.shell(state);
        let mut rest = Vec::new();
        for row in 0..self.rows.len() {
            if self.take(&mut next, state, row, &mut rest) {
                self.push(&mut next, row, &rest, state);
            }
        }
        next.columns = next.rows.turned(self.columns.len());
        next
    }

    /// The rows that are still open, alike ones joined, without candidates that another makes needless.
    pub(super) fn merged(&self, state: &[State]) -> Self {
        let mut left = self.filtered(state).joined();
        loop {
            let needless = left.needless();
            if needless.is_empty() {
                return left;
            }
            // What is in is in the problem already, and in no row any more.
            let mut state = vec![State::Free; self.columns.len()];
            for one in needless {
                state[one as usize] = State::Out;
            }
            let next = left.filtered(&state);
            left = next.of(&left.origin).joined();
        }
    }

    /// With the origin of its rows told in terms of what it is left of was left of.
    fn of(mut self, before: &Origin) -> Self {
        let mut origin = Origin::default();
        for row in 0..self.rows.len() {
            let parts = self.origin.get(row).iter();
            origin.push(parts.flat_map(|part| before.get(part.0 as usize).iter().copied()));
        }
        self.origin = origin;
        self
    }

    /// Joins rows with the same coverers, cover and floor; drops rows that are sure to be covered because another has to be.
    fn joined(self) -> Self {
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        let key = |&row: &u32| {
            let row = row as usize;
            (self.rows.get(row), self.must[row], self.base[row], self.floor[row])
        };
        order.sort_by(|a, b| key(a).cmp(&key(b)));
        let mut next = self.shell(&vec![State::Free; self.columns.len()]);
        for alike in order.chunk_by(|a, b| key(a) == key(b)) {
            let row = alike[0] as usize;
            let weight = alike.iter().map(|&row| self.weights[row as usize]).sum();
            next.rows.push(self.rows.get(row).iter().copied());
            next.weights.push(weight);
            next.must.push(self.must[row]);
            next.base.push(self.base[row]);
            next.floor.push(self.floor[row]);
            let parts = alike.iter().flat_map(|&row| self.origin.get(row as usize));
            next.origin.push(parts.copied());
        }
        next.columns = next.rows.turned(self.columns.len());
        next.without_implied()
    }

    /// Drops required rows whose coverers include all of another required row: whoever covers that covers them.
    fn without_implied(self) -> Self {
        if !self.must.contains(&true) {
            return self;
        }
        let implied = |row: usize| {
            let set = self.rows.get(row);
            self.must[row]
                && set.iter().any(|&one| {
                    self.columns.get(one as usize).iter().any(|&other| {
                        let other = other as usize;
                        other != row
                            && self.must[other]
                            && self.rows.get(other).first() == Some(&one)
                            && self.rows.get(other).len() < set.len()
                            && is_part(self.rows.get(other), set)
                    })
                })
        };
        let keep: Vec<bool> = (0..self.rows.len()).map(|row| !implied(row)).collect();
        let nothing = vec![State::Free; self.columns.len()];
        let mut next = self.shell(&nothing);
        for row in (0..self.rows.len()).filter(|&row| keep[row]) {
            self.push(&mut next, row, self.rows.get(row), &nothing);
        }
        next.columns = next.rows.turned(self.columns.len());
        next.of(&self.origin)
    }

    /// Candidates that another makes needless: it covers all that they cover, as strongly, and costs no more. Only where a second
    /// cover is worth nothing: else both may be wanted.
    fn needless(&self) -> Vec<u32> {
        if self.curve.full() > 1 {
            return Vec::new();
        }
        let mut needless = Vec::new();
        let mut gone = vec![false; self.columns.len()];
        let mut shared = vec![0u32; self.columns.len()];
        for &one in &self.free {
            let rows = self.columns.get(one as usize);
            let mut touched = Vec::new();
            for &row in rows {
                for &other in self.rows.get(row as usize) {
                    if shared[other as usize] == 0 {
                        touched.push(other);
                    }
                    shared[other as usize] += 1;
                }
            }
            let better = |&other: &u32| {
                other != one
                    && !gone[other as usize]
                    && shared[other as usize] as usize == rows.len()
                    && self.no_dearer(other, one)
            };
            if touched.iter().any(better) {
                gone[one as usize] = true;
                needless.push(one);
            }
            for other in touched {
                shared[other as usize] = 0;
            }
        }
        needless
    }
}

impl Level {
    /// Whether one candidate takes no more of anything than another.
    fn no_dearer(&self, one: u32, other: u32) -> bool {
        let (one, other) = (one as usize, other as usize);
        self.prices[one] <= self.prices[other]
            && self.costs[one].iter().zip(&self.costs[other]).all(|(a, b)| a <= b)
    }
}

/// Whether each of `part` is in `whole`; both ascending.
fn is_part(part: &[u32], whole: &[u32]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|one| rest.by_ref().any(|other| other == one))
}
