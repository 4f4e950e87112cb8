//! Demand merged by who covers it: all that a covering problem needs to know.
//!
//! The number of different sets of coverers grows with the candidates, not with the demand: twenty million places become a few
//! thousand rows, and no answer changes.

mod merge;
mod plane;

pub use merge::Merge;
pub use plane::{Plane, Point};

use precinct_base::Millis;
use rayon::prelude::*;

use crate::table::NO_AREA;
use crate::{Ask, Table};

/// Rows of a table that one task merges.
const CHUNK: usize = 1 << 14;

/// What sets rows of the same coverers apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tag {
    /// The area it counts for, or [`NO_AREA`].
    pub(crate) area: u32,
    /// Whether it has to be covered.
    pub(crate) must: bool,
}

impl Tag {
    pub(crate) const PLAIN: Self = Self { area: NO_AREA, must: false };
}

/// Rows in order of their coverers, each set once for a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    pub(crate) candidates: usize,
    pub(crate) first: Vec<u64>,
    pub(crate) who: Vec<u32>,
    pub(crate) weights: Vec<u64>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) places: u64,
    pub(crate) total: u64,
}

impl Rows {
    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// How many candidates there are.
    pub const fn candidates(&self) -> usize {
        self.candidates
    }

    /// Who covers a row, ascending.
    pub fn coverers(&self, row: usize) -> &[u32] {
        &self.who[self.first[row] as usize..self.first[row + 1] as usize]
    }

    /// How much demand a row stands for.
    pub fn weight(&self, row: usize) -> u64 {
        self.weights[row]
    }

    /// How many places of demand were merged.
    pub const fn places(&self) -> u64 {
        self.places
    }

    /// All demand, that which nobody covers included.
    pub const fn total(&self) -> u64 {
        self.total
    }

    /// Demand that nobody covers.
    pub fn beyond(&self) -> u64 {
        (0..self.len())
            .filter(|&row| !self.tags[row].must && self.coverers(row).is_empty())
            .map(|row| self.weights[row])
            .sum()
    }

    /// The rows of a table for a question: a candidate covers what it reaches in the time of its grade.
    ///
    /// Areas are kept apart only where they have a floor, so that the others merge.
    pub fn of(table: &Table, ask: &Ask) -> Self {
        let floored = |row: usize| {
            let area = table.area(row).filter(|&area| ask.floors.iter().any(|f| f.area == area));
            Tag { area: area.unwrap_or(NO_AREA), must: false }
        };
        merged(table, |row, merge, set| {
            let limit = ask.time_of(table.grade(row));
            merge.count(
                covering(table, row, limit, set),
                floored(row),
                table.weight(row, &ask.bands),
            );
            if let Some(outer) = ask.outer {
                let set = covering(table, row, outer, set);
                if !set.is_empty() {
                    merge.require(set);
                }
            }
        })
    }

    /// The sets that have to be covered within `limit`, of all demand that `counts`.
    pub(crate) fn required(
        table: &Table,
        counts: impl Fn(usize) -> bool + Sync,
        limit: Millis,
    ) -> Self {
        merged(table, |row, merge, set| {
            if counts(row) {
                merge.require(covering(table, row, limit, set));
            }
        })
    }
}

fn covering<'a>(table: &Table, row: usize, limit: Millis, set: &'a mut Vec<u32>) -> &'a [u32] {
    set.clear();
    set.extend(table.row(row).filter(|one| one.1 <= limit).map(|one| one.0));
    set
}

/// Merges all rows of a table, in parallel; the order within the result is that of the sets.
fn merged(table: &Table, add: impl Fn(usize, &mut Merge, &mut Vec<u32>) + Sync) -> Rows {
    let chunks = table.len().div_ceil(CHUNK);
    let merge = (0..chunks)
        .into_par_iter()
        .map(|chunk| {
            let mut merge = Merge::new(table.candidates());
            let mut set = Vec::new();
            for row in chunk * CHUNK..((chunk + 1) * CHUNK).min(table.len()) {
                add(row, &mut merge, &mut set);
            }
            merge
        })
        .reduce(|| Merge::new(table.candidates()), Merge::joined);
    merge.finish()
}

#[cfg(test)]
mod tests;
