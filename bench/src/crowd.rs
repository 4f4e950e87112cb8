//! Units spread over a nation as people are: in a few thousand towns, a few of them large.

use precinct_base::{LonLat, Timestamp, UnitId};
use precinct_positions::{Fix, Source};

/// People on patrol each day, the design point.
pub const UNITS: usize = 740_000;
const TOWNS: u64 = 5_000;

/// Numbers that look like chance and are the same in every run (Steele, Lea and Flood, *Fast splittable pseudorandom number
/// generators*, 2014).
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// The next number.
    pub const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    /// One of `0..below`.
    pub const fn below(&mut self, below: u64) -> u64 {
        self.roll() % below
    }

    /// From `-most` to `most`, nearer to nought more often.
    fn spread(&mut self, most: i32) -> i32 {
        let most = most as u64;
        let sum: u64 = (0..4).map(|_| self.below(2 * most + 1)).sum();
        sum as i32 / 2 - 2 * most as i32
    }

    /// A new order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as u64 + 1) as usize);
        }
    }
}

fn place(lon: i32, lat: i32) -> LonLat {
    LonLat::new(lon, lat).unwrap_or_default()
}

/// Units in towns between 75° and 135° east, 18° and 53° north; the first towns are the largest.
pub fn nation(count: usize) -> Vec<LonLat> {
    let mut dice = Dice(1);
    let mut town = || {
        let (east, north) = (dice.below(600_000_000) as i32, dice.below(350_000_000) as i32);
        (750_000_000 + east, 180_000_000 + north)
    };
    let towns: Vec<(i32, i32)> = (0..TOWNS).map(|_| town()).collect();
    let unit = |_| {
        // The n-th town has about an n-th of the first's people.
        let town = (dice.below(1 << 32) as f64 / (1_u64 << 32) as f64 * (TOWNS as f64).ln()).exp();
        let town = (town as usize).min(towns.len()) - 1;
        let wide = 150_000 + 1_200_000 / (1 + town as i32 / 20);
        place(towns[town].0 + dice.spread(wide), towns[town].1 + dice.spread(wide))
    };
    (0..count).map(unit).collect()
}

/// All of them in one city, some hundred kilometres wide.
pub fn city(count: usize) -> Vec<LonLat> {
    let mut dice = Dice(2);
    let unit =
        |_| place(1_130_000_000 + dice.spread(5_000_000), 220_000_000 + dice.spread(5_000_000));
    (0..count).map(unit).collect()
}

/// Places where something happens: some hundred metres from units drawn at random.
pub fn incidents(units: &[LonLat], count: usize, seed: u64) -> Vec<LonLat> {
    let mut dice = Dice(seed);
    let near = |_| {
        let at = units[dice.below(units.len() as u64) as usize];
        place(at.lon() + dice.spread(10_000), at.lat() + dice.spread(10_000))
    };
    (0..count).map(near).collect()
}

/// A fix of each unit at an instant, some metres from the last, in an order in which they might come: any.
pub fn fixes(units: &mut [LonLat], order: &[u32], time: Timestamp, dice: &mut Dice) -> Vec<Fix> {
    let fix = |&unit: &u32| {
        let at = &mut units[unit as usize];
        *at = place(at.lon() + dice.spread(100), at.lat() + dice.spread(100));
        Fix { source: Source::Gateway, ..Fix::new(UnitId(unit), *at, time) }
    };
    order.iter().map(fix).collect()
}

/// The nearest of all by a look at each: distance in millimetres and number.
pub fn naive_nearest(units: &[LonLat], at: LonLat, count: usize, limit_mm: u64) -> Vec<(u64, u32)> {
    let far = units.iter().enumerate().map(|(unit, place)| (at.distance(*place).0, unit as u32));
    let mut all: Vec<(u64, u32)> = far.filter(|(distance, _)| *distance <= limit_mm).collect();
    all.sort_unstable();
    all.truncate(count);
    all
}
