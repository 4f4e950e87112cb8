//! How far predictions lie from what was: bias, median and 90th percentile of the error, and whether the order is right.

use serde::{Deserialize, Serialize};

use crate::numbers::{quantile, rank_correlation};

/// The error of predicted times over some trips.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Trips.
    pub trips: u64,
    /// The median of (predicted − observed) ÷ observed, in thousandths.
    pub bias_per_mille: i64,
    /// The median of the error's size, in milliseconds.
    pub median_error_ms: u64,
    /// Nine in ten errors are at most this, in milliseconds.
    pub p90_error_ms: u64,
    /// Spearman's rank correlation of predicted and observed, in thousandths; 0 where there is no spread.
    pub rank_per_mille: i32,
}

impl Score {
    /// The score of pairs of predicted and observed milliseconds; observed ones are more than 0.
    pub fn of(pairs: &[(i64, i64)]) -> Self {
        let mut errors: Vec<u64> =
            pairs.iter().map(|&(predicted, observed)| predicted.abs_diff(observed)).collect();
        errors.sort_unstable();
        let mut relative: Vec<i64> = pairs
            .iter()
            .map(|&(predicted, observed)| (predicted - observed) * 1_000 / observed.max(1))
            .collect();
        relative.sort_unstable();
        Self {
            trips: pairs.len() as u64,
            bias_per_mille: quantile(&relative, 500).unwrap_or(0),
            median_error_ms: quantile(&errors, 500).unwrap_or(0),
            p90_error_ms: quantile(&errors, 900).unwrap_or(0),
            rank_per_mille: rank_correlation(pairs).unwrap_or(0),
        }
    }
}

/// The score of trips that have something in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What they have in common: hours such as `08–12`, or the number of an area.
    pub name: String,
    /// The score.
    pub score: Score,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_says_which_way_and_how_far() {
        let score = Score::of(&[(90, 100), (180, 200), (400, 300), (1_000, 1_000), (45, 50)]);
        assert_eq!((score.trips, score.bias_per_mille), (5, -100));
        assert_eq!((score.median_error_ms, score.p90_error_ms), (10, 100));
        assert_eq!(score.rank_per_mille, 1_000);
        assert_eq!(Score::of(&[]), Score::default());
    }
}
