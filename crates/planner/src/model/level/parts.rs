//! The components a covering problem falls apart into.

use super::super::sets::Sets;
use super::super::{Model as _, State};
use super::build::NO_FLOOR;
use super::{Level, Origin};

impl Level {
    /// The components, by their first candidate; none if there are not two, if a floor that is not met ties them, or if there is no plan. Candidates that cover
    /// nothing that is open are in none.
    pub(super) fn fallen_apart(&self) -> Vec<Self> {
        // A row that has to be covered and that nobody covers is in no component.
        if self.floors.iter().any(|&need| need > 0) || self.hopeless() {
            return Vec::new();
        }
        let of = self.components();
        let mut count = 0;
        let mut numbers = vec![u32::MAX; self.columns.len()];
        for &one in self.free.iter().filter(|&&one| !self.columns.get(one as usize).is_empty()) {
            let root = of[one as usize] as usize;
            if numbers[root] == u32::MAX {
                numbers[root] = count;
                count += 1;
            }
        }
        if count < 2 {
            return Vec::new();
        }
        let number = |one: u32| numbers[of[one as usize] as usize] as usize;
        let nothing = vec![State::Free; self.columns.len()];
        let mut parts: Vec<Self> = (0..count).map(|_| self.bare(&nothing)).collect();
        for &one in self.free.iter().filter(|&&one| !self.columns.get(one as usize).is_empty()) {
            parts[number(one)].free.push(one);
        }
        for row in 0..self.rows.len() {
            let coverers = self.rows.get(row);
            if let Some(&first) = coverers.first() {
                let part = &mut parts[number(first)];
                self.push(part, row, coverers, &nothing);
                // Floors are met.
                if let Some(floor) = part.floor.last_mut() {
                    *floor = NO_FLOOR;
                }
            }
        }
        for part in &mut parts {
            part.columns = part.rows.turned(self.columns.len());
        }
        parts
    }

    /// As it is, without rows and candidates, nothing standing.
    fn bare(&self, nothing: &[State]) -> Self {
        let shell = self.shell(nothing);
        Self {
            rows: Sets::default(),
            origin: Origin::default(),
            free: Vec::new(),
            floors: Vec::new(),
            stands: 0,
            ..shell
        }
    }

    /// By candidate: the least candidate of its component (disjoint sets with path halving: Tarjan & van Leeuwen, *Worst-case analysis of
    /// set union algorithms*, J. ACM 31, 1984).
    fn components(&self) -> Vec<u32> {
        let mut parent: Vec<u32> = (0..self.columns.len() as u32).collect();
        for row in 0..self.rows.len() {
            let coverers = self.rows.get(row);
            for pair in coverers.windows(2) {
                let (a, b) = (root(&mut parent, pair[0]), root(&mut parent, pair[1]));
                parent[a.max(b) as usize] = a.min(b);
            }
        }
        (0..self.columns.len() as u32).map(|one| root(&mut parent, one)).collect()
    }
}

fn root(parent: &mut [u32], mut one: u32) -> u32 {
    while parent[one as usize] != one {
        parent[one as usize] = parent[parent[one as usize] as usize];
        one = parent[one as usize];
    }
    one
}
