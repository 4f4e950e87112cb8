//! The factors of travel and how they are fitted: each drawn towards its parent, more so the less the record says of it.
//!
//! Blocks of factors are improved one after the other (Gauss–Seidel) under Huber's weights. Each factor has a normal prior round its
//! parent: a class of road round the mean of all roads, an hour of the day and an area round 1, an hour of the week round its hour of the
//! day. With `n` drives of spread σ that spend `t` on it, a factor keeps the share `σ² ÷ (σ² + n·t²·τ²)` of its parent; nothing observed,
//! nothing but the parent.
//!
//! Hastie, T., Tibshirani, R. and Friedman, J. (2009). The Elements of Statistical Learning, 2nd edition, §3.4.1 and §10.6.

use precinct_base::HourOfWeek;
use precinct_roads::RoadClass;

use super::robust::{spread, weight};
use crate::numbers::median;

/// How far (one standard deviation) a factor may well lie from its parent.
const SPREAD_OF_ALL: f64 = 1.0;
const SPREAD_OF_CLASS: f64 = 0.3;
const SPREAD_OF_DAY_HOUR: f64 = 0.15;
const SPREAD_OF_WEEK_HOUR: f64 = 0.05;
const SPREAD_OF_AREA: f64 = 0.2;
/// No factor leaves these.
const LEAST: f64 = 0.1;
const MOST: f64 = 10.0;
/// No drive costs more beside its streets, in seconds.
const MOST_START_STOP: f64 = 600.0;
/// Rounds through all blocks. Figures stand still long before.
const ROUNDS: usize = 80;
const HOURS_OF_DAY: usize = 24;

/// A drive as the fit sees it.
#[derive(Clone, Debug)]
pub(crate) struct Observed {
    /// Seconds as imported, by class of road and area.
    pub(crate) parts: Vec<(usize, usize, f64)>,
    /// The hour of the week.
    pub(crate) hour: usize,
    /// Seconds it took.
    pub(crate) took: f64,
}

/// What is fitted.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) start_stop: f64,
    pub(crate) class: Vec<f64>,
    pub(crate) day_hour: Vec<f64>,
    pub(crate) week_hour: Vec<f64>,
    pub(crate) area: Vec<f64>,
}

impl Model {
    /// As imported, with so many areas.
    pub(crate) fn new(areas: usize) -> Self {
        Self {
            start_stop: 0.0,
            class: vec![1.0; RoadClass::ALL.len()],
            day_hour: vec![1.0; HOURS_OF_DAY],
            week_hour: vec![1.0; HourOfWeek::COUNT],
            area: vec![1.0; areas],
        }
    }

    /// The factor of an hour of the week on all streets.
    pub(crate) fn hour(&self, hour: usize) -> f64 {
        self.day_hour[hour % HOURS_OF_DAY] * self.week_hour[hour]
    }

    fn moving(&self, drive: &Observed) -> f64 {
        let streets = |&(class, area, seconds): &(usize, usize, f64)| {
            self.class[class] * self.area[area] * seconds
        };
        self.hour(drive.hour) * drive.parts.iter().map(streets).sum::<f64>()
    }

    fn residual(&self, drive: &Observed) -> f64 {
        drive.took - self.start_stop - self.moving(drive)
    }
}

/// Improves `model` until it explains the drives.
pub(crate) fn fit(model: &mut Model, drives: &[Observed]) {
    let mean_seconds = class_seconds(drives);
    for _ in 0..ROUNDS {
        let residuals: Vec<f64> = drives.iter().map(|drive| model.residual(drive)).collect();
        let spread = spread(&residuals);
        let weights: Vec<f64> = residuals.iter().map(|&one| weight(one, spread)).collect();
        let round = Round { drives, weights: &weights, variance: spread * spread };
        round.line(model);
        round.classes(model, &mean_seconds);
        round.day_hours(model);
        round.week_hours(model);
        round.areas(model);
    }
    // Medians agree exactly on what was fitted to.
    let left = median(drives.iter().map(|drive| model.residual(drive)).collect()).unwrap_or(0.0);
    model.start_stop = (model.start_stop + left).clamp(0.0, MOST_START_STOP);
}

/// How many seconds as imported the drives spend on each class.
fn class_seconds(drives: &[Observed]) -> Vec<f64> {
    let mut seconds = vec![0.0; RoadClass::ALL.len()];
    for &(class, _, spent) in drives.iter().flat_map(|drive| &drive.parts) {
        seconds[class] += spent;
    }
    seconds
}

/// Weighted sums for one factor: of its regressor with what is left, and with itself.
#[derive(Clone, Copy, Default)]
struct Sums {
    with_left: f64,
    with_itself: f64,
}

impl Sums {
    fn add(&mut self, weight: f64, regressor: f64, left: f64) {
        self.with_left += weight * regressor * left;
        self.with_itself += weight * regressor * regressor;
    }

    /// The factor that explains best, drawn towards `parent`.
    fn improved(self, factor: f64, parent: f64, prior: f64, variance: f64) -> f64 {
        let pull = 1.0 / (prior * prior);
        let gain = self.with_left / variance + (parent - factor) * pull;
        (factor + gain / (self.with_itself / variance + pull)).clamp(LEAST, MOST)
    }
}

/// One round through the blocks.
struct Round<'a> {
    drives: &'a [Observed],
    weights: &'a [f64],
    variance: f64,
}

impl Round<'_> {
    /// What every drive costs, and the level of all streets, together: apart they would creep along each other.
    fn line(&self, model: &mut Model) {
        let (mut w, mut wm, mut wmm, mut wy, mut wmy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (drive, &weight) in self.drives.iter().zip(self.weights) {
            let moving = model.moving(drive);
            w += weight;
            wm += weight * moving;
            wmm += weight * moving * moving;
            wy += weight * drive.took;
            wmy += weight * moving * drive.took;
        }
        // The level's own prior: one round its present value.
        let pull = self.variance / (SPREAD_OF_ALL * SPREAD_OF_ALL);
        let (wmm, wmy) = (wmm + pull, wmy + pull);
        let determinant = w * wmm - wm * wm;
        if determinant <= f64::EPSILON * w * wmm {
            return;
        }
        let start = (wy * wmm - wm * wmy) / determinant;
        model.start_stop = start.clamp(0.0, MOST_START_STOP);
        let level = ((wmy - model.start_stop * wm) / wmm).clamp(LEAST, MOST);
        for factor in &mut model.class {
            *factor = (*factor * level).clamp(LEAST, MOST);
        }
    }

    fn classes(&self, model: &mut Model, seconds: &[f64]) {
        for class in 0..model.class.len() {
            let all: f64 = seconds.iter().sum();
            let parent = if all > 0.0 {
                seconds.iter().zip(&model.class).map(|(s, f)| s * f).sum::<f64>() / all
            } else {
                1.0
            };
            let sums = self.sums(model, |model, drive| {
                let of_class = drive.parts.iter().filter(|part| part.0 == class);
                model.hour(drive.hour)
                    * of_class.map(|part| model.area[part.1] * part.2).sum::<f64>()
            });
            let factor = model.class[class];
            model.class[class] =
                sums.improved(factor, parent, SPREAD_OF_CLASS * parent, self.variance);
        }
    }

    fn areas(&self, model: &mut Model) {
        for area in 0..model.area.len() {
            let sums = self.sums(model, |model, drive| {
                let in_area = drive.parts.iter().filter(|part| part.1 == area);
                model.hour(drive.hour)
                    * in_area.map(|part| model.class[part.0] * part.2).sum::<f64>()
            });
            model.area[area] = sums.improved(model.area[area], 1.0, SPREAD_OF_AREA, self.variance);
        }
    }

    fn day_hours(&self, model: &mut Model) {
        let mut sums = vec![Sums::default(); HOURS_OF_DAY];
        self.by_hour(model, |hour, factors| (hour % HOURS_OF_DAY, factors.0), &mut sums);
        for (factor, sums) in model.day_hour.iter_mut().zip(sums) {
            *factor = sums.improved(*factor, 1.0, SPREAD_OF_DAY_HOUR, self.variance);
        }
    }

    fn week_hours(&self, model: &mut Model) {
        let mut sums = vec![Sums::default(); HourOfWeek::COUNT];
        self.by_hour(model, |hour, factors| (hour, factors.1), &mut sums);
        for (factor, sums) in model.week_hour.iter_mut().zip(sums) {
            *factor = sums.improved(*factor, 1.0, SPREAD_OF_WEEK_HOUR, self.variance);
        }
    }

    /// Sums by hour; `pick` says in which group an hour is and which of its two factors is at issue. A drive is in one group only.
    fn by_hour(
        &self,
        model: &Model,
        pick: impl Fn(usize, (f64, f64)) -> (usize, f64),
        sums: &mut [Sums],
    ) {
        for (drive, &weight) in self.drives.iter().zip(self.weights) {
            let factors = (model.day_hour[drive.hour % HOURS_OF_DAY], model.week_hour[drive.hour]);
            let (group, factor) = pick(drive.hour, factors);
            sums[group].add(weight, model.moving(drive) / factor, model.residual(drive));
        }
    }

    fn sums(&self, model: &Model, regressor: impl Fn(&Model, &Observed) -> f64) -> Sums {
        let mut sums = Sums::default();
        for (drive, &weight) in self.drives.iter().zip(self.weights) {
            let regressor = regressor(model, drive);
            if regressor > 0.0 {
                sums.add(weight, regressor, model.residual(drive));
            }
        }
        sums
    }
}
