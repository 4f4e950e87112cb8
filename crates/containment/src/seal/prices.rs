//! Cuts for which there are units, by putting a price on the units that are wanted most.
//!
//! That no unit is at two points is taken out of the question and paid for instead: a point costs what it weighs and the price of the
//! cheapest unit that can close it, or that of a unit nobody has. For any prices, what the cheapest cut costs less the prices of all
//! units is no more than what any plan costs, for a plan pays each unit once at most (J. L. Everett, *Generalized Lagrange multiplier
//! method*, Operations Research 11 (1963)). Units wanted twice grow dearer and those not wanted cheaper (M. Held, P. Wolfe and
//! H. P. Crowder, *Validation of subgradient optimization*, Mathematical Programming 6 (1974)), so that cuts and bound close in on each
//! other.

use super::drain::Kept;
use super::flow::Flow;
use super::masks::Masks;
use super::matching::{Grid, Matching, each};
use super::web::Web;

/// What a point weighs.
const POINT: i64 = 16;
/// What a unit costs that nobody has: more than all points of any other plan.
const MISSING: i64 = 64 * POINT;
/// Rounds without a better bound after which steps are halved.
const PATIENCE: u32 = 3;

/// What was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Bargain {
    /// The cut that lacks the fewest units, of such the smallest.
    pub(super) cut: Vec<u32>,
    /// How many it lacks.
    pub(super) missing: usize,
    /// How many any cut lacks at least.
    pub(super) missing_at_least: usize,
    /// How many points any cut has at least that lacks none; more than there are units if there is none.
    pub(super) at_least: usize,
}

/// How many units a cut that costs `bound` more than all prices lacks at least, of `units`: a plan that lacks none has no more points than
/// there are units.
fn lacks(bound: i64, units: usize) -> usize {
    let over = (bound - POINT * units as i64).max(0);
    let each = POINT + MISSING;
    ((over + each - 1) / each) as usize
}

/// The cut with the fewest points that nobody closes in time, of such the smallest, as if a unit could be at all points at once. `whoever`
/// is the flow where each node that somebody who stood there could close lets one through.
pub(super) fn unpriced(
    (web, whoever): (&Web, &Kept),
    flow: &mut Flow,
    in_time: impl Fn(usize) -> bool,
    units: usize,
) -> Bargain {
    let dear = (POINT + MISSING) as u32;
    let weight = |node: usize| if in_time(node) { POINT as u32 } else { dear };
    flow.resume(web, (whoever, POINT as u32), weight);
    flow.raise(web, u64::MAX);
    let missing_at_least = lacks(flow.value() as i64, units);
    Bargain { cut: flow.nearest_cut(web), missing_at_least, ..Bargain::default() }
}

/// The way prices go.
struct Market<'a> {
    masks: &'a Masks,
    price: Vec<i64>,
    step: i64,
    best_bound: i64,
    idle: u32,
}

/// Looks for the best cut with at most `cuts` flows, which are counted down.
pub(super) fn bargain(
    (web, masks, whoever): (&Web, &Masks, &Kept),
    flow: &mut Flow,
    cuts: &mut u32,
) -> Bargain {
    let price = vec![0; masks.units()];
    let mut market = Market { masks, price, step: POINT, best_bound: i64::MIN, idle: 0 };
    let mut best: Option<Bargain> = None;
    for round in 0..(*cuts).max(1) {
        *cuts = cuts.saturating_sub(1);
        let free = market.free();
        let weight = |node: usize| market.weight(node, &free);
        if round == 0 {
            flow.resume(web, (whoever, POINT as u32), weight);
        } else {
            flow.adapt(web, weight);
        }
        flow.raise(web, u64::MAX);
        let cut = flow.nearest_cut(web);
        let bound = flow.value() as i64 - market.price.iter().sum::<i64>();
        let matching = Matching::most(&masks.grid(&cut));
        let missing = cut.len() - matching.len();
        let better = |had: &Bargain| (missing, cut.len()) < (had.missing, had.cut.len());
        if best.as_ref().is_none_or(better) {
            best = Some(Bargain { cut: cut.clone(), missing, ..Bargain::default() });
        }
        market.learn(bound);
        if let Some(best) = &mut best {
            let bound = market.best_bound.max(0);
            best.at_least =
                bound.div_euclid(POINT) as usize + usize::from(bound.rem_euclid(POINT) > 0);
            best.missing_at_least = lacks(bound, masks.units());
            let settled = if best.missing == 0 {
                best.cut.len() <= best.at_least
            } else {
                best.missing <= best.missing_at_least
            };
            if settled {
                break;
            }
        }
        if market.step == 0 {
            break;
        }
        market.trade(&cut);
    }
    best.unwrap_or_default()
}

impl Market<'_> {
    /// What a point at a node costs; `free` are the units that cost nothing.
    fn weight(&self, node: usize, free: &[u64]) -> u32 {
        if self.masks.any_of(node, free) {
            return POINT as u32;
        }
        (POINT + self.cheapest(node).unwrap_or(MISSING)) as u32
    }

    fn cheapest(&self, node: usize) -> Option<i64> {
        self.masks.of_node(node).map(|unit| self.price[unit]).min()
    }

    /// The units that cost nothing.
    fn free(&self) -> Vec<u64> {
        self.masks.set((0..self.price.len()).filter(|&unit| self.price[unit] == 0))
    }

    /// Takes note of a bound; steps grow shorter while there is none better.
    fn learn(&mut self, bound: i64) {
        if bound > self.best_bound {
            self.best_bound = bound;
            self.idle = 0;
        } else {
            self.idle += 1;
            if self.idle >= PATIENCE {
                self.step /= 2;
                self.idle = 0;
            }
        }
    }

    /// Units that more points of a cut would have than there are grow dearer, and units that no point would have cheaper.
    fn trade(&mut self, cut: &[u32]) {
        let units = self.masks.units();
        let mut tight = Grid::new(units);
        for &node in cut {
            let least = self.cheapest(node as usize).filter(|&price| price < MISSING);
            let own = self.masks.of_node(node as usize);
            tight.add(own.filter(|&unit| least == Some(self.price[unit])));
        }
        let mut matching = Matching::none_of(&tight);
        let mut wanted = vec![0i64; units];
        for row in 0..cut.len() {
            // Each row that is left over wants one of the units that it and those in its way have.
            if let Err(rows) = matching.add(row, &tight) {
                for unit in each(&tight.of_rows(&rows)) {
                    wanted[unit] += 1;
                }
            }
        }
        let used = matching.of_row.iter().flatten();
        let used = used.fold(vec![false; units], |mut used, &unit| {
            used[unit] = true;
            used
        });
        for (unit, price) in self.price.iter_mut().enumerate() {
            if wanted[unit] > 0 {
                *price = (*price + self.step).min(MISSING);
            } else if !used[unit] {
                *price = (*price - self.step).max(0);
            }
        }
    }
}
