//! The smoothing: a kernel in space drawn towards where people live, and hours of the week drawn towards hours of the day.
//!
//! The kernel is Gaussian and cut at three widths; each call's share is spread over the cells there are, so none is lost at the edge.
//! Silverman, B. W. (1986). Density Estimation for Statistics and Data Analysis, §4.2 and §5.3.

use precinct_base::HourOfWeek;

use super::grid::Grid;
use super::{BAND_HOURS, BANDS, Placed};

/// The normal quantile that one chance in twenty lies beyond.
pub(super) const ONE_IN_TWENTY: f64 = 1.645;
const HOURS_OF_DAY: usize = 24;
/// An hour of the week is drawn towards the same hour of all days as if so many of those had been seen besides.
const DAYS_OF_PARENT: f64 = 4.0;

/// How strongly to smooth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Smoothing {
    /// The kernel's width in sides of a cell.
    pub(super) width: f64,
    /// The part of a call that stays in its own cell: some addresses call again and again.
    pub(super) own: f64,
    /// How many calls the way people live counts for.
    pub(super) people: f64,
    /// How many calls the place of all hours counts for in a part of the day.
    pub(super) all_hours: f64,
}

impl Default for Smoothing {
    fn default() -> Self {
        Self { width: 1.0, own: 0.3, people: 100.0, all_hours: 500.0 }
    }
}

impl Smoothing {
    /// Those to choose from.
    pub(super) fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for width in [0.5, 1.0, 2.0, 4.0] {
            for own in [0.0, 0.3, 0.6] {
                for people in [20.0, 100.0, 500.0] {
                    for all_hours in [100.0, 500.0, 5_000.0] {
                        all.push(Self { width, own, people, all_hours });
                    }
                }
            }
        }
        all
    }
}

/// Calls of some days, by cell, part of the day and hour of the week.
pub(super) struct Counted {
    /// By cell, for each part of the day.
    bands: Vec<[f64; BANDS]>,
    /// By hour of the week.
    hours: Vec<f64>,
    /// How many days each day of the week was seen on, from Monday.
    weekdays: [f64; 7],
    /// By cell and hour of the week, where there are any.
    pub(super) both: Vec<(usize, usize, f64)>,
}

impl Counted {
    pub(super) fn new(placed: &[Placed], days: &[i64], cells: usize) -> Self {
        let mut bands = vec![[0.0; BANDS]; cells];
        let mut hours = vec![0.0; HourOfWeek::COUNT];
        let mut both = std::collections::BTreeMap::new();
        for one in placed.iter().filter(|one| days.binary_search(&one.day).is_ok()) {
            bands[one.cell][one.hour % HOURS_OF_DAY / BAND_HOURS] += 1.0;
            hours[one.hour] += 1.0;
            *both.entry((one.cell, one.hour)).or_insert(0.0) += 1.0;
        }
        let mut weekdays = [0.0; 7];
        for day in days {
            weekdays[day.rem_euclid(7) as usize] += 1.0;
        }
        let both = both.into_iter().map(|((cell, hour), count)| (cell, hour, count)).collect();
        Self { bands, hours, weekdays, both }
    }

    /// How many cells there are.
    pub(super) const fn cells(&self) -> usize {
        self.bands.len()
    }

    /// All calls.
    pub(super) fn total(&self) -> f64 {
        self.hours.iter().sum()
    }

    /// All days.
    pub(super) fn days(&self) -> f64 {
        self.weekdays.iter().sum()
    }

    /// How often an hour of the week was seen.
    pub(super) fn hours(&self, hour: usize) -> f64 {
        self.weekdays[hour / HOURS_OF_DAY]
    }

    /// Calls in a cell.
    pub(super) fn of_cell(&self, cell: usize) -> f64 {
        self.bands[cell].iter().sum()
    }

    /// The share of each cell as counted, with half a call more in each so that none is ruled out.
    pub(super) fn shares(&self) -> Vec<f64> {
        let all = self.total() + 0.5 * self.bands.len() as f64;
        (0..self.bands.len()).map(|cell| (self.of_cell(cell) + 0.5) / all).collect()
    }
}

/// Calls an hour, by cell and hour of the week.
pub(super) struct Rates {
    share: Vec<f64>,
    bands: Vec<[f64; BANDS]>,
    hours: Vec<f64>,
    /// Calls that a cell's figure rests upon.
    evidence: Vec<f64>,
}

impl Rates {
    pub(super) fn new(grid: &Grid, counted: &Counted, smoothing: Smoothing) -> Self {
        Self::of(grid, counted, smoothing, &spread(grid, counted, smoothing))
    }

    /// As [`Rates::new`], from calls that were spread with the kernel of `smoothing`.
    pub(super) fn of(
        grid: &Grid,
        counted: &Counted,
        smoothing: Smoothing,
        spread: &[Spread],
    ) -> Self {
        let mut totals = [0.0; BANDS];
        for bands in &counted.bands {
            for (total, count) in totals.iter_mut().zip(bands) {
                *total += count;
            }
        }
        let all = totals.iter().sum::<f64>() + smoothing.people;
        let share: Vec<f64> = spread
            .iter()
            .zip(grid.people())
            .map(|(cell, people)| {
                (cell.bands.iter().sum::<f64>() + smoothing.people * people) / all
            })
            .collect();
        let drawn = |cell: usize| {
            std::array::from_fn(|band| {
                (spread[cell].bands[band] + smoothing.all_hours * share[cell])
                    / (totals[band] + smoothing.all_hours)
            })
        };
        let evidence = |(cell, people): (&Spread, &f64)| {
            let calls: f64 = cell.bands.iter().sum();
            let own = if cell.squares > 0.0 { calls * calls / cell.squares } else { 0.0 };
            (own + smoothing.people * people).max(1e-3)
        };
        Self {
            bands: (0..grid.len()).map(drawn).collect(),
            hours: hours(counted),
            evidence: spread.iter().zip(grid.people()).map(evidence).collect(),
            share,
        }
    }

    /// Calls an hour.
    pub(super) fn rate(&self, cell: usize, hour: usize) -> f64 {
        self.hours[hour] * self.bands[cell][hour % HOURS_OF_DAY / BAND_HOURS]
    }

    /// The share of all calls, over all hours.
    pub(super) fn share(&self, cell: usize) -> f64 {
        self.share[cell]
    }

    /// Calls that a cell's figure rests upon: the shape of the gamma distribution of its rate.
    pub(super) fn evidence(&self, cell: usize) -> f64 {
        self.evidence[cell]
    }

    /// Between which multiples of its figure a cell's rate lies with nine chances in ten, by the gamma distribution, where calls vary
    /// `dispersion` times as much as chance alone has them.
    ///
    /// Wilson, E. B. and Hilferty, M. M. (1931). The distribution of chi-square. PNAS 17, 684–688.
    pub(super) fn between(&self, cell: usize, dispersion: f64) -> (f64, f64) {
        let shape = self.evidence[cell] / dispersion;
        let quantile = |z: f64| {
            let root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * shape.sqrt());
            if root > 0.0 { root * root * root } else { 0.0 }
        };
        // Where there is next to no evidence the approximation falls to nothing; the mean itself is passed about once in twenty there.
        (quantile(-ONE_IN_TWENTY), quantile(ONE_IN_TWENTY).max(1.0))
    }
}

/// A cell's part of all calls, spread by the kernel.
#[derive(Clone, Copy, Default)]
pub(super) struct Spread {
    bands: [f64; BANDS],
    /// The sum of the squares of what each call gave.
    squares: f64,
}

/// The calls of each cell spread over the cells around it.
pub(super) fn spread(grid: &Grid, counted: &Counted, smoothing: Smoothing) -> Vec<Spread> {
    let Smoothing { width, own, .. } = smoothing;
    let reach = (3.0 * width).ceil() as i64;
    let kernel = |square: i64| libm::exp(-(square as f64) / (2.0 * width * width));
    let mut spread = vec![Spread::default(); grid.len()];
    for (cell, bands) in counted.bands.iter().enumerate() {
        let calls: f64 = bands.iter().sum();
        if calls == 0.0 {
            continue;
        }
        let whole: f64 = grid.near(cell, reach).map(|(_, square)| kernel(square)).sum();
        for (near, square) in grid.near(cell, reach) {
            let part = (1.0 - own) * kernel(square) / whole + if square == 0 { own } else { 0.0 };
            for (to, count) in spread[near].bands.iter_mut().zip(bands) {
                *to += count * part;
            }
            spread[near].squares += calls * part * part;
        }
    }
    spread
}

/// Calls in each hour of the week, all cells together: hours of the day smoothed with their neighbours, hours of the week drawn to them.
fn hours(counted: &Counted) -> Vec<f64> {
    let mut day = [0.0; HOURS_OF_DAY];
    for (hour, count) in counted.hours.iter().enumerate() {
        day[hour % HOURS_OF_DAY] += count;
    }
    let days = counted.days().max(1.0);
    let smooth = |hour: usize| {
        let before = day[(hour + HOURS_OF_DAY - 1) % HOURS_OF_DAY];
        let after = day[(hour + 1) % HOURS_OF_DAY];
        (before + 2.0 * day[hour] + after) / (4.0 * days)
    };
    let drawn = |(hour, count): (usize, &f64)| {
        let parent = smooth(hour % HOURS_OF_DAY);
        (count + DAYS_OF_PARENT * parent) / (counted.hours(hour) + DAYS_OF_PARENT)
    };
    counted.hours.iter().enumerate().map(drawn).collect()
}
