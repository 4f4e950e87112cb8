//! How well a forecast said where and when: surprise, which only the truth makes least, and hits in the cells it named first.

use precinct_base::HourOfWeek;
use serde::Serialize;

use super::Method;
use super::grid::Grid;
use super::model::Counted;

/// Parts of the city, in thousandths of its cells, for which hits are counted.
const PARTS: [u64; 3] = [10, 50, 100];
/// No rate is less: a method that rules a place out is surprised beyond measure when somebody calls from there.
const LEAST_RATE: f64 = 1e-12;

/// What was hit when the first so many cells were named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Hits {
    /// The cells named first, in thousandths of all.
    pub cells_per_mille: u64,
    /// Calls that came from them, in thousandths of all.
    pub hit_per_mille: u64,
    /// The prediction accuracy index in thousandths: the second divided by the first.
    ///
    /// Chainey, S., Tompson, L. and Uhlig, S. (2008). The utility of hotspot mapping for predicting spatial patterns of crime. Security
    /// Journal 21, 4–28.
    pub pai_milli: u64,
}

/// How a method did on the days held out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MethodScore {
    /// The method.
    pub method: Method,
    /// The surprise of a call in thousandths of a nat: minus the logarithm of the Poisson likelihood of all cells and hours, constants
    /// left out, by call. Less is better, and nothing but the true rates makes it least (a proper score).
    ///
    /// Gneiting, T. and Raftery, A. E. (2007). Strictly proper scoring rules, prediction, and estimation. JASA 102, 359–378.
    pub surprise_milli: i64,
    /// By how much that is less than when calls come as people live.
    pub gain_milli: i64,
    /// Hits in 1, 5 and 10 % of the cells.
    pub hits: Vec<Hits>,
}

impl MethodScore {
    pub(super) fn new(
        method: Method,
        grid: &Grid,
        late: &Counted,
        rate: impl Fn(usize, usize) -> f64,
    ) -> Self {
        let surprise = surprise(late, &rate);
        let week = |cell: usize| (0..HourOfWeek::COUNT).map(|hour| rate(cell, hour)).sum::<f64>();
        let mut order: Vec<(f64, usize)> = (0..grid.len()).map(|cell| (week(cell), cell)).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let all = late.total().max(1.0);
        let hits = PARTS.map(|part| {
            let named = (grid.len() as u64 * part).div_ceil(1_000);
            let hit: f64 = order.iter().take(named as usize).map(|one| late.of_cell(one.1)).sum();
            let hit_per_mille = (hit * 1_000.0 / all).round() as u64;
            let cells_per_mille = named * 1_000 / (grid.len() as u64).max(1);
            let of_cells = named as f64 / (grid.len() as f64).max(1.0);
            let pai_milli = (hit / all / of_cells * 1_000.0).round() as u64;
            Hits { cells_per_mille, hit_per_mille, pai_milli }
        });
        Self {
            method,
            surprise_milli: (surprise * 1_000.0).round() as i64,
            gain_milli: 0,
            hits: hits.to_vec(),
        }
    }

    /// Says how much better than `people` it is.
    pub(super) const fn against(&mut self, people: i64) {
        self.gain_milli = people - self.surprise_milli;
    }
}

/// The surprise of a call in nats.
pub(super) fn surprise(late: &Counted, rate: impl Fn(usize, usize) -> f64) -> f64 {
    let mut expected = 0.0;
    for hour in 0..HourOfWeek::COUNT {
        let seen = late.hours(hour);
        if seen > 0.0 {
            expected += seen * (0..late.cells()).map(|cell| rate(cell, hour)).sum::<f64>();
        }
    }
    let told = |&(cell, hour, count): &(usize, usize, f64)| {
        count * libm::log(rate(cell, hour).max(LEAST_RATE))
    };
    let gained: f64 = late.both.iter().map(told).sum();
    (expected - gained) / late.total().max(1.0)
}
