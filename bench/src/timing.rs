//! Times of single calls and what is told of them.

use std::time::Instant;

/// Microseconds, sorted.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<f64>);

impl Times {
    /// Times one call for each item.
    pub fn of<T>(items: impl IntoIterator<Item = T>, mut call: impl FnMut(T)) -> Self {
        items.into_iter().map(|item| microseconds(|| call(item)).0).collect()
    }

    /// The time that `share` (0 to 1) of the calls did not exceed.
    pub fn quantile(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1) as f64;
        self.0.get((last * share).round() as usize).copied().unwrap_or(f64::NAN)
    }

    /// The middle one.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// How many.
    pub const fn count(&self) -> usize {
        self.0.len()
    }

    /// All together.
    pub fn total(&self) -> f64 {
        self.0.iter().sum()
    }

    /// Those of several rounds as one.
    #[must_use]
    pub fn merged(rounds: impl IntoIterator<Item = Self>) -> Self {
        rounds.into_iter().flat_map(|times| times.0).collect()
    }
}

impl FromIterator<f64> for Times {
    fn from_iter<I: IntoIterator<Item = f64>>(times: I) -> Self {
        let mut all: Vec<f64> = times.into_iter().collect();
        all.sort_by(f64::total_cmp);
        Self(all)
    }
}

/// Runs `call` and tells how many microseconds it took.
pub fn microseconds<T>(call: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let answer = std::hint::black_box(call());
    (start.elapsed().as_secs_f64() * 1e6, answer)
}

/// The middle of some figures.
pub fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = figures.into_iter().collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}
