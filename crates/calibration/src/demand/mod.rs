//! Where and when the public will call: a forecast of places and hours, never of people, from calls the public made.
//!
//! What patrols came upon is refused at the door ([`Origin::Patrol`]): fed back, it would send patrols to where patrols have been (Lum, K.
//! and Isaac, W. (2016). To predict and serve? Significance 13(5), 14–19). Nothing below this file ever sees such a row.

mod grid;
mod model;
mod score;

use precinct_base::{HourOfWeek, LonLat, Metres};
use serde::Serialize;

pub use score::{Hits, MethodScore};

use self::grid::Grid;
use self::model::{Counted, Rates, Smoothing};

/// Parts of the day that weights are given for.
pub const BANDS: usize = 4;
/// Hours of one of them.
const BAND_HOURS: usize = 24 / BANDS;

/// Who made a matter known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Somebody called, or an alarm did.
    Public,
    /// A patrol came upon it.
    Patrol,
}

/// A call as the record has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The line of the record.
    pub row: u64,
    /// Who made it known.
    pub origin: Origin,
    /// The local day, counted from any Monday.
    pub day: i64,
    /// The local hour of the week.
    pub hour: HourOfWeek,
    /// Where.
    pub at: LonLat,
}

/// What a forecast is laid over.
#[derive(Clone, Copy, Debug)]
pub struct Places<'a> {
    /// Places on streets: only cells that have one can have calls.
    pub streets: &'a [LonLat],
    /// Where people live, with how many, in any unit.
    pub people: &'a [(LonLat, u32)],
}

/// How a forecast is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForecastRules {
    /// The side of a cell.
    pub cell: Metres,
}

impl Default for ForecastRules {
    fn default() -> Self {
        Self { cell: Metres(250) }
    }
}

/// A cell and the calls a week expected in it, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Its middle.
    pub at: LonLat,
    /// Calls a week.
    pub weight: u32,
    /// With one chance in twenty it is less than this.
    pub low: u32,
    /// With one chance in twenty it is more than this.
    pub high: u32,
    /// Calls a week between 0 and 6, 6 and 12, 12 and 18, 18 and 24 hours.
    pub bands: [u32; BANDS],
}

/// A forecast and how well its method did.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// The cells, from south-west to north-east, row by row.
    pub cells: Vec<Cell>,
    /// How it came about.
    pub report: ForecastReport,
}

/// Ways of saying where calls will come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Smoothed in space and by hour of the week.
    Smoothed,
    /// The same, every hour alike.
    SmoothedNoHours,
    /// Where calls came from in the last seven days fitted to, and nowhere else, every hour alike.
    LastWeek,
    /// As people live, every hour alike.
    People,
}

/// How a forecast came about.
#[derive(Clone, Debug, Serialize)]
pub struct ForecastReport {
    /// Rows of the record.
    pub rows: u64,
    /// Rows refused because a patrol came upon them.
    pub patrol: u64,
    /// Calls outside of every cell.
    pub outside: u64,
    /// Cells.
    pub cells: u64,
    /// Days fitted to, the earlier ones.
    pub days_fitted: u64,
    /// Days held out, the later ones.
    pub days_held_out: u64,
    /// Calls fitted to.
    pub calls_fitted: u64,
    /// The width of the kernel in metres, chosen within the days fitted to.
    pub bandwidth_m: u32,
    /// The part of a call that stays in its own cell, in thousandths, chosen likewise.
    pub own_per_mille: u32,
    /// How many times as much calls vary as chance alone would have them, in thousandths, found likewise.
    pub dispersion_milli: u32,
    /// How many calls the way people live counts for, chosen likewise.
    pub people_calls: u32,
    /// How many calls the place of all hours counts for in each part of the day, chosen likewise.
    pub all_hours_calls: u32,
    /// Calls expected on the days held out, in thousandths.
    pub expected: u64,
    /// Calls there were.
    pub observed: u64,
    /// Cells in which at least two calls were expected on the days held out.
    pub busy_cells: u64,
    /// Of those, how many thousandths had as many as the forecast said within nine chances in ten.
    pub busy_within_per_mille: u64,
    /// Every method on the days held out.
    pub methods: Vec<MethodScore>,
}

/// Why there can be no forecast.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DemandError {
    /// Too short a record.
    #[error(
        "calls of the public are on {days} days, and the last third is held out to score the forecast: bring a record of six days or more"
    )]
    Days {
        /// How many.
        days: usize,
    },
    /// Too few calls.
    #[error(
        "only {calls} calls of the public lie within the city's streets, at least {least} are needed{}",
        patrols(*.patrol)
    )]
    Calls {
        /// How many.
        calls: usize,
        /// How many it takes.
        least: usize,
        /// Rows that patrols came upon.
        patrol: u64,
    },
}

fn patrols(rows: u64) -> String {
    if rows == 0 {
        String::new()
    } else {
        format!("; {rows} rows are what patrols came upon, which is no demand")
    }
}

/// Fewer calls than this say nothing of places.
const LEAST: usize = 50;
/// Fewer days than this cannot be parted.
const LEAST_DAYS: usize = 6;

/// Forecasts where and when the public will call. Rows that patrols came upon change nothing, whatever their number and place.
pub fn forecast(
    calls: &[Call],
    places: &Places<'_>,
    rules: &ForecastRules,
) -> Result<Forecast, DemandError> {
    let public = calls.iter().filter(|call| call.origin == Origin::Public);
    let patrol = (calls.len() - public.clone().count()) as u64;
    let grid = Grid::new(places, rules.cell);
    let (mut placed, mut outside) = (Vec::new(), 0);
    for call in public {
        match grid.cell(call.at) {
            Some(cell) => placed.push(Placed { cell, day: call.day, hour: call.hour.index() }),
            None => outside += 1,
        }
    }
    placed.sort_unstable();
    let mut days: Vec<i64> = placed.iter().map(|one| one.day).collect();
    days.dedup();
    if placed.len() < LEAST {
        return Err(DemandError::Calls { calls: placed.len(), least: LEAST, patrol });
    }
    if days.len() < LEAST_DAYS {
        return Err(DemandError::Days { days: days.len() });
    }
    let made = Making { grid: &grid, placed: &placed, days: &days };
    let mut report = made.report();
    (report.rows, report.patrol, report.outside) = (calls.len() as u64, patrol, outside);
    let chosen = made.chosen(&made.parted(days.len() - days.len() / 3).0);
    let rates = Rates::new(&grid, &made.counted(&days), chosen.smoothing);
    Ok(Forecast { cells: cells(&grid, &rates, chosen.dispersion), report })
}

/// A call in its cell; ordered by day, so that the order of rows does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Placed {
    pub(crate) day: i64,
    pub(crate) hour: usize,
    pub(crate) cell: usize,
}

/// What was found within the days fitted to.
struct Chosen {
    smoothing: Smoothing,
    dispersion: f64,
}

/// A forecast being made.
struct Making<'a> {
    grid: &'a Grid,
    placed: &'a [Placed],
    /// In order, each once.
    days: &'a [i64],
}

impl Making<'_> {
    /// The first so many days, and the others.
    fn parted(&self, first: usize) -> (Vec<i64>, Vec<i64>) {
        let (early, late) = self.days.split_at(first);
        (early.to_vec(), late.to_vec())
    }

    fn counted(&self, days: &[i64]) -> Counted {
        Counted::new(self.placed, days, self.grid.len())
    }

    /// The smoothing that does best on the last third of the days fitted to, given the first two: chosen without looking at days held out.
    fn chosen(&self, fitted: &[i64]) -> Chosen {
        let (early, late) = fitted.split_at(fitted.len() - fitted.len() / 3);
        let (early, late) = (self.counted(early), self.counted(late));
        let mut best: Option<(f64, Smoothing)> = None;
        let all = Smoothing::all();
        for same in all.chunk_by(|a, b| (a.width, a.own) == (b.width, b.own)) {
            let spread = model::spread(self.grid, &early, same[0]);
            for &smoothing in same {
                let rates = Rates::of(self.grid, &early, smoothing, &spread);
                let surprise = score::surprise(&late, |cell, hour| rates.rate(cell, hour));
                // Of those as good, the first.
                if best.is_none_or(|best| surprise < best.0) {
                    best = Some((surprise, smoothing));
                }
            }
        }
        let smoothing = best.map_or_else(Smoothing::default, |best| best.1);
        let rates = Rates::new(self.grid, &early, smoothing);
        Chosen { smoothing, dispersion: dispersion(&busy_cells(self.grid, &rates, &late)) }
    }

    fn report(&self) -> ForecastReport {
        let (fitted, held_out) = self.parted(self.days.len() - self.days.len() / 3);
        let Chosen { smoothing, dispersion } = self.chosen(&fitted);
        let (counted, late) = (self.counted(&fitted), self.counted(&held_out));
        let rates = Rates::new(self.grid, &counted, smoothing);
        let last_week = fitted.iter().rev().take(7).copied().rev().collect::<Vec<_>>();
        let week = self.counted(&last_week);
        let hourly = counted.total() / (counted.days() * 24.0);
        let flat = |shares: Vec<f64>| move |cell: usize, _: usize| shares[cell] * hourly;
        let even: Vec<f64> = (0..self.grid.len()).map(|cell| rates.share(cell)).collect();
        let methods = [
            MethodScore::new(Method::Smoothed, self.grid, &late, |cell, hour| {
                rates.rate(cell, hour)
            }),
            MethodScore::new(Method::SmoothedNoHours, self.grid, &late, flat(even)),
            MethodScore::new(Method::LastWeek, self.grid, &late, flat(week.shares())),
            MethodScore::new(Method::People, self.grid, &late, flat(self.grid.people().to_vec())),
        ];
        let people = methods.last().map_or(0, |one| one.surprise_milli);
        let methods = methods.into_iter().map(|mut one| {
            one.against(people);
            one
        });
        let (expected, busy_cells, busy_within_per_mille) =
            busy(self.grid, &rates, &late, dispersion);
        ForecastReport {
            rows: 0,
            patrol: 0,
            outside: 0,
            cells: self.grid.len() as u64,
            days_fitted: fitted.len() as u64,
            days_held_out: held_out.len() as u64,
            calls_fitted: counted.total() as u64,
            bandwidth_m: (smoothing.width * self.grid.side_m()).round() as u32,
            own_per_mille: (smoothing.own * 1_000.0).round() as u32,
            dispersion_milli: (dispersion * 1_000.0).round() as u32,
            people_calls: smoothing.people.round() as u32,
            all_hours_calls: smoothing.all_hours.round() as u32,
            expected,
            observed: late.total() as u64,
            busy_cells,
            busy_within_per_mille,
            methods: methods.collect(),
        }
    }
}

/// A cell in which calls were expected: how many, how many there were, and the calls its figure rests upon.
struct Busy {
    expected: f64,
    observed: f64,
    evidence: f64,
}

impl Busy {
    /// The variance of its count: that of chance (Poisson) and that of the rate together.
    fn variance(&self) -> f64 {
        self.expected + self.expected * self.expected / self.evidence
    }
}

/// Cells with two calls or more expected on the days of `late`.
fn busy_cells(grid: &Grid, rates: &Rates, late: &Counted) -> Vec<Busy> {
    let one = |cell: usize| Busy {
        expected: expected(rates, late, cell),
        observed: late.of_cell(cell),
        evidence: rates.evidence(cell),
    };
    (0..grid.len()).map(one).filter(|one| one.expected >= 2.0).collect()
}

fn expected(rates: &Rates, late: &Counted, cell: usize) -> f64 {
    (0..HourOfWeek::COUNT).map(|hour| rates.rate(cell, hour) * late.hours(hour)).sum()
}

/// How many times as much counts vary as they should: the mean square of what is over, by its variance; never less than once.
fn dispersion(busy: &[Busy]) -> f64 {
    let square = |one: &Busy| (one.observed - one.expected) * (one.observed - one.expected);
    let sum: f64 = busy.iter().map(|one| square(one) / one.variance()).sum();
    (sum / (busy.len() as f64).max(1.0)).max(1.0)
}

/// Calls expected in thousandths, busy cells, and how many thousandths of those had what was said within nine chances in ten.
fn busy(grid: &Grid, rates: &Rates, late: &Counted, dispersion: f64) -> (u64, u64, u64) {
    let all: f64 = (0..grid.len()).map(|cell| expected(rates, late, cell)).sum();
    let cells = busy_cells(grid, rates, late);
    let within = cells.iter().filter(|one| {
        // Half a call on either side: calls are whole.
        let most = model::ONE_IN_TWENTY * (one.variance() * dispersion).sqrt() + 0.5;
        (one.observed - one.expected).abs() <= most
    });
    let share = within.count() as u64 * 1_000 / (cells.len() as u64).max(1);
    ((all * 1_000.0).round() as u64, cells.len() as u64, share)
}

fn cells(grid: &Grid, rates: &Rates, dispersion: f64) -> Vec<Cell> {
    let milli = |calls: f64| (calls * 1_000.0).round().clamp(0.0, f64::from(u32::MAX)) as u32;
    let one = |cell: usize| {
        let mut bands = [0.0; BANDS];
        for hour in 0..HourOfWeek::COUNT {
            bands[hour % 24 / BAND_HOURS] += rates.rate(cell, hour);
        }
        let weight: f64 = bands.iter().sum();
        let (low, high) = rates.between(cell, dispersion);
        Cell {
            at: grid.middle(cell),
            weight: milli(weight),
            low: milli(weight * low),
            high: milli(weight * high),
            bands: bands.map(milli),
        }
    };
    (0..grid.len()).map(one).collect()
}
