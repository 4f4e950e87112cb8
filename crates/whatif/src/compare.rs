//! Two plans compared, pair by pair, and how sure the difference is.
//!
//! Both plans saw the same calls with the same chance, so their runs are compared in pairs: the difference of each pair is what the plans
//! make, and chance that is common to both drops out. The interval is Student's for the mean of these differences (Student, *The probable
//! error of a mean*, Biometrika 6 (1908)). What counts as one observation is a day: the mean over its seeds, because calls of one day
//! belong together. Where there is but one piece of time the seeds are the observations, and the interval says only how sure the
//! difference is on that day; it knows nothing of other days.

use serde::Serialize;

use crate::{Cell, Outcome};

/// What the observations of an interval are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Pieces of time, each the mean over its seeds: the interval is for days like these.
    Pieces,
    /// Seeds on one piece of time: the interval is for that piece alone.
    Seeds,
}

/// By how much the second plan differs from the first in one figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The mean under the first.
    pub first: f64,
    /// The mean under the second.
    pub second: f64,
    /// Second less first.
    pub mean: f64,
    /// The interval that holds the true difference in 95 of 100 such trials; none with fewer than two observations.
    pub interval: Option<[f64; 2]>,
    /// Pairs that could be compared: in both the figure was known.
    pub pairs: usize,
    /// Observations the interval is made of.
    pub observations: usize,
    /// Pairs in which the second is lower, and in which it is higher.
    pub lower: usize,
    /// Pairs in which it is higher.
    pub higher: usize,
}

/// Two plans compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// What the observations are.
    pub basis: Basis,
    /// The mean response, in milliseconds.
    pub mean_ms: Option<Difference>,
    /// The middle response.
    pub median_ms: Option<Difference>,
    /// What nine in ten did not exceed.
    pub p90_ms: Option<Difference>,
    /// The mean response of the most urgent class.
    pub urgent_ms: Option<Difference>,
    /// The share within target.
    pub in_time: Option<Difference>,
    /// Kilometres driven in one piece.
    pub km: Option<Difference>,
    /// Hours on a task in one piece.
    pub task_hours: Option<Difference>,
    /// The share of demand covered within the third threshold.
    pub covered: Option<Difference>,
}

/// Compares two outcomes of one trial.
pub fn compare(first: &Outcome, second: &Outcome) -> Comparison {
    of_cells(&first.cells, &second.cells)
}

/// Compares two outcomes of one trial in the part of the town that was asked about, by the calls in it: what crews did, and what they
/// covered, is of the whole and not told. None if no part was asked about.
pub fn compare_part(first: &Outcome, second: &Outcome) -> Option<Comparison> {
    let both = !first.part.is_empty() && !second.part.is_empty();
    let told = both.then(|| of_cells(&first.part, &second.part))?;
    Some(Comparison { km: None, task_hours: None, covered: None, ..told })
}

fn of_cells(first: &[Cell], second: &[Cell]) -> Comparison {
    let pieces = first.iter().map(|cell| cell.piece).max().map_or(0, |last| last + 1);
    let basis = if pieces > 1 { Basis::Pieces } else { Basis::Seeds };
    let by = |figure: fn(&Cell) -> Option<f64>| {
        let pairs = first.iter().zip(second);
        let pairs = pairs.filter_map(|(a, b)| Some((a.piece, figure(a)?, figure(b)?)));
        difference(&pairs.collect::<Vec<_>>(), basis)
    };
    Comparison {
        basis,
        mean_ms: by(|cell| cell.mean_ms),
        median_ms: by(|cell| cell.median_ms),
        p90_ms: by(|cell| cell.p90_ms),
        urgent_ms: by(|cell| cell.urgent_ms),
        in_time: by(|cell| cell.in_time),
        km: by(|cell| Some(cell.km)),
        task_hours: by(|cell| Some(cell.task_hours)),
        covered: by(|cell| cell.covered),
    }
}

/// The difference of pairs: piece, first, second.
fn difference(pairs: &[(usize, f64, f64)], basis: Basis) -> Option<Difference> {
    if pairs.is_empty() {
        return None;
    }
    let of_piece = |own: &[(usize, f64, f64)]| mean(own.iter().map(|pair| pair.2 - pair.1));
    let observed: Vec<f64> = match basis {
        Basis::Pieces => pairs.chunk_by(|a, b| a.0 == b.0).map(of_piece).collect(),
        Basis::Seeds => pairs.iter().map(|pair| pair.2 - pair.1).collect(),
    };
    Some(Difference {
        first: mean(pairs.iter().map(|pair| pair.1)),
        second: mean(pairs.iter().map(|pair| pair.2)),
        mean: mean(observed.iter().copied()),
        interval: interval(&observed),
        pairs: pairs.len(),
        observations: observed.len(),
        lower: pairs.iter().filter(|pair| pair.2 < pair.1).count(),
        higher: pairs.iter().filter(|pair| pair.2 > pair.1).count(),
    })
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

/// The interval of the mean of what was observed, at 95 %; none with fewer than two.
pub(crate) fn interval(observed: &[f64]) -> Option<[f64; 2]> {
    let freedom = observed.len().checked_sub(1).filter(|&freedom| freedom > 0)?;
    let middle = mean(observed.iter().copied());
    let squares: f64 = observed.iter().map(|value| (value - middle) * (value - middle)).sum();
    let error = (squares / freedom as f64 / observed.len() as f64).sqrt();
    let reach = student(freedom) * error;
    Some([middle - reach, middle + reach])
}

/// The quantile of Student's distribution that 97.5 % lie below, by degrees of freedom; between two of the table that of the fewer,
/// which makes the interval a little wider.
fn student(freedom: usize) -> f64 {
    const FIRST: [f64; 30] = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
        2.052, 2.048, 2.045, 2.042,
    ];
    const FEWEST: [(usize, f64); 5] =
        [(1_000, 1.962), (200, 1.972), (100, 1.984), (60, 2.000), (40, 2.021)];
    match freedom {
        0 => f64::INFINITY,
        1..=30 => FIRST[freedom - 1],
        _ => FEWEST.iter().find(|row| row.0 <= freedom).map_or(FIRST[29], |row| row.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{Chance, Purpose};

    #[test]
    fn the_interval_is_students() {
        // Student's own example: extra sleep of ten patients, second drug less first; mean 1.58, interval 0.70 to 2.46.
        let observed = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];
        let [low, high] = interval(&observed).unwrap();
        assert!((low - 0.700).abs() < 0.001 && (high - 2.460).abs() < 0.001, "{low} {high}");
        assert_eq!(interval(&[1.0]), None);
        assert!(student(31) <= student(30) && student(1_000_000) > 1.959);
    }

    #[test]
    fn a_day_with_many_seeds_is_one_observation() {
        let pairs: Vec<(usize, f64, f64)> =
            (0..30).map(|i| (i / 10, 5.0, 5.0 + (i / 10) as f64)).collect();
        let told = difference(&pairs, Basis::Pieces).unwrap();
        assert_eq!((told.observations, told.pairs, told.higher, told.lower), (3, 30, 20, 0));
        assert!((told.mean - 1.0).abs() < 1e-12 && (told.second - 6.0).abs() < 1e-12);
        let [low, high] = told.interval.unwrap();
        assert!((high - low - 2.0 * 4.303 / 3.0_f64.sqrt()).abs() < 1e-9);
        assert_eq!(difference(&pairs, Basis::Seeds).unwrap().observations, 30);
        assert_eq!(difference(&[], Basis::Seeds), None);
    }

    #[test]
    fn the_interval_holds_the_truth_as_often_as_it_says() {
        // Sums of twelve even draws are nearly normal; the true mean is 6.
        let draw = |trial: u64, nth: u64| {
            let one = |k| Chance(9).below(Purpose::Shift, trial * 1_000 + nth * 12 + k, 0, 1 << 40);
            (0..12).map(|k| one(k) as f64 / (1u64 << 40) as f64).sum::<f64>()
        };
        let holds = |trial: &u64| {
            let observed: Vec<f64> = (0..8).map(|nth| draw(*trial, nth)).collect();
            interval(&observed).is_some_and(|[low, high]| low <= 6.0 && 6.0 <= high)
        };
        let held = (0..2_000).filter(holds).count();
        assert!((1_870..1_930).contains(&held), "{held} of 2,000");
    }
}
