//! The reach table: which candidate reaches which demand in how long. Whoever asks brings it; how it was measured is not known here.

use precinct_base::{Millis, caps};

/// Stands for no area.
pub(crate) const NO_AREA: u32 = u32::MAX;

/// A place where calls arise, but for where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand<'a> {
    /// How much, one for each band of hours.
    pub weights: &'a [u64],
    /// Its grade, which sets the time within which it is to be reached.
    pub grade: u8,
    /// The area whose least cover it counts for.
    pub area: Option<u32>,
}

/// Why a row does not fit into a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// There are too many candidates.
    #[error("{count} candidates are more than {most}: thin them out, or ask about a part of the city", most = caps::PLAN_CANDIDATES)]
    Candidates {
        /// How many.
        count: usize,
    },
    /// There is too much demand for one table.
    #[error("the table has more than {most} times: shorten the longest time, thin the candidates out, or merge demand", most = caps::PLAN_TIMES)]
    Times,
    /// A row has more or fewer weights than there are bands of hours.
    #[error(
        "demand {row} has {count} weights, and the table {bands} bands of hours: give one for each"
    )]
    Bands {
        /// The row, from 0.
        row: usize,
        /// How many weights it has.
        count: usize,
        /// How many bands there are.
        bands: usize,
    },
    /// A row names a candidate that is not there, or not in ascending order, or one twice.
    #[error(
        "demand {row} names candidate {candidate} out of order or out of range: name each once, ascending, below {candidates}"
    )]
    Order {
        /// The row, from 0.
        row: usize,
        /// The candidate.
        candidate: u32,
        /// How many candidates there are.
        candidates: usize,
    },
}

/// Times from candidates to demand, one row for each place of demand, with what is left out being out of reach.
///
/// ```
/// use precinct_base::Millis;
/// use precinct_planner::{Demand, Table};
/// let mut table = Table::new(2, 1)?;
/// let home = Demand { weights: &[3_000], grade: 0, area: None };
/// table.push(&home, &[(0, Millis(40_000)), (1, Millis(90_000))])?;
/// assert_eq!((table.len(), table.row(0).count()), (1, 2));
/// # Ok::<(), precinct_planner::TableError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    candidates: usize,
    bands: usize,
    first: Vec<u64>,
    who: Vec<u32>,
    times: Vec<u32>,
    weights: Vec<u64>,
    grades: Vec<u8>,
    areas: Vec<u32>,
}

impl Table {
    /// A table without demand.
    pub fn new(candidates: usize, bands: usize) -> Result<Self, TableError> {
        if candidates > caps::PLAN_CANDIDATES {
            return Err(TableError::Candidates { count: candidates });
        }
        Ok(Self {
            candidates,
            bands,
            first: vec![0],
            who: Vec::new(),
            times: Vec::new(),
            weights: Vec::new(),
            grades: Vec::new(),
            areas: Vec::new(),
        })
    }

    /// Adds a place of demand and who reaches it in how long, candidates ascending.
    pub fn push(
        &mut self,
        demand: &Demand<'_>,
        reached: &[(u32, Millis)],
    ) -> Result<(), TableError> {
        let row = self.len();
        if demand.weights.len() != self.bands {
            let count = demand.weights.len();
            return Err(TableError::Bands { row, count, bands: self.bands });
        }
        if self.who.len() + reached.len() > caps::PLAN_TIMES {
            return Err(TableError::Times);
        }
        let mut next = 0;
        for &(candidate, _) in reached {
            if candidate < next || candidate as usize >= self.candidates {
                return Err(TableError::Order { row, candidate, candidates: self.candidates });
            }
            next = candidate + 1;
        }
        self.who.extend(reached.iter().map(|one| one.0));
        self.times.extend(reached.iter().map(|one| one.1.0));
        self.first.push(self.who.len() as u64);
        self.weights.extend_from_slice(demand.weights);
        self.grades.push(demand.grade);
        self.areas.push(demand.area.unwrap_or(NO_AREA));
        Ok(())
    }

    /// How many candidates there are.
    pub const fn candidates(&self) -> usize {
        self.candidates
    }

    /// How many bands of hours there are.
    pub const fn bands(&self) -> usize {
        self.bands
    }

    /// How many places of demand there are.
    pub const fn len(&self) -> usize {
        self.grades.len()
    }

    /// Whether there is no demand.
    pub const fn is_empty(&self) -> bool {
        self.grades.is_empty()
    }

    /// Who reaches a place of demand in how long, candidates ascending.
    pub fn row(&self, row: usize) -> impl ExactSizeIterator<Item = (u32, Millis)> + Clone + '_ {
        let range = self.first[row] as usize..self.first[row + 1] as usize;
        let times = &self.times[range.clone()];
        self.who[range].iter().zip(times).map(|(&who, &time)| (who, Millis(time)))
    }

    /// The grade of a place of demand.
    pub fn grade(&self, row: usize) -> u8 {
        self.grades[row]
    }

    /// The area of a place of demand.
    pub fn area(&self, row: usize) -> Option<u32> {
        Some(self.areas[row]).filter(|&area| area != NO_AREA)
    }

    /// How much demand there is at a place, by band of hours.
    pub fn weights(&self, row: usize) -> &[u64] {
        &self.weights[row * self.bands..(row + 1) * self.bands]
    }

    /// How much demand there is at a place when each band counts so many times; bands not named count once.
    pub fn weight(&self, row: usize, bands: &[u32]) -> u64 {
        let times = |band: usize| u64::from(bands.get(band).copied().unwrap_or(1));
        let all = self.weights(row).iter().enumerate();
        all.fold(0, |sum: u64, (band, &weight)| {
            sum.saturating_add(weight.saturating_mul(times(band)))
        })
    }

    /// The longest time in the table.
    pub fn longest(&self) -> Millis {
        Millis(self.times.iter().copied().max().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_does_not_fit_is_refused_by_its_number() {
        let mut table = Table::new(2, 1).unwrap();
        let one = Demand { weights: &[1], grade: 0, area: None };
        table.push(&one, &[]).unwrap();
        let two = Demand { weights: &[1, 2], ..one };
        assert_eq!(table.push(&two, &[]), Err(TableError::Bands { row: 1, count: 2, bands: 1 }));
        let order = |candidate| Err(TableError::Order { row: 1, candidate, candidates: 2 });
        assert_eq!(table.push(&one, &[(2, Millis(1))]), order(2));
        assert_eq!(table.push(&one, &[(1, Millis(1)), (1, Millis(1))]), order(1));
        assert_eq!((table.len(), table.longest()), (1, Millis::ZERO));
    }

    #[test]
    fn bands_count_as_often_as_they_are_asked_to() {
        let mut table = Table::new(0, 3).unwrap();
        table.push(&Demand { weights: &[1, 10, 100], grade: 0, area: Some(4) }, &[]).unwrap();
        assert_eq!([table.weight(0, &[]), table.weight(0, &[0, 2])], [111, 120]);
        assert_eq!(table.area(0), Some(4));
    }
}
