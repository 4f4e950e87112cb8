//! Weights that keep a few wild rows from moving a fit.

use crate::numbers::median;

/// Residuals up to this many spreads count in full; larger ones pull only as hard as this (Huber). Half a spread makes the fit nearly one
/// of medians, which is what travel times with their long tail want.
///
/// Huber, P. J. (1964). Robust estimation of a location parameter. Annals of Mathematical Statistics 35, 73–101.
const BEND: f64 = 0.5;
/// The spread of a normal distribution whose absolute deviations have the median 1.
const MAD_TO_SPREAD: f64 = 1.4826;
/// Instants are written to the second: no spread is less.
const LEAST_SPREAD: f64 = 1.0;

/// The spread of residuals, by their median size.
pub(super) fn spread(residuals: &[f64]) -> f64 {
    let sizes = residuals.iter().map(|one| one.abs()).collect();
    (MAD_TO_SPREAD * median(sizes).unwrap_or(0.0)).max(LEAST_SPREAD)
}

/// The weight of a residual, from nothing to one.
pub(super) fn weight(residual: f64, spread: f64) -> f64 {
    let size = residual.abs();
    let bend = BEND * spread;
    if size <= bend { 1.0 } else { bend / size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wild_residual_pulls_no_harder_than_the_bend() {
        let residuals = [1.0, -2.0, 2.0, 3.0, 10_000.0];
        let spread = spread(&residuals);
        assert!((spread - 2.0 * MAD_TO_SPREAD).abs() < 1e-9);
        let pull = |residual: f64| residual * weight(residual, spread);
        assert!((pull(10_000.0) - BEND * spread).abs() < 1e-9);
        assert!((pull(0.5) - 0.5).abs() < 1e-9);
    }
}
