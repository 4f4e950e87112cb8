//! The one source of chance: `SplitMix64` (Steele, Lea, Flood: *Fast Splittable Pseudorandom Number Generators*, 2014).

/// A stream of numbers that depends on its seed alone.
#[derive(Clone, Debug)]
pub(crate) struct Rng(u64);

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

const fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Rng {
    /// The stream of `seed` for one purpose and one thing. What is drawn for one crew on one task never depends on the order in
    /// which the server answered about another.
    pub(crate) fn new(seed: u64, purpose: &str, thing: u64) -> Self {
        let start = mixed(mixed(seed.wrapping_add(STEP)).wrapping_add(thing));
        Self(
            purpose
                .bytes()
                .fold(start, |state, byte| mixed(state ^ u64::from(byte)).wrapping_add(STEP)),
        )
    }

    /// A number, all equally likely.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// Evenly from `low` to `high`, both included; `low` when the range is empty.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.saturating_sub(low).max(0) as u64 + 1;
        low + ((u128::from(self.next()) * u128::from(width)) >> 64) as i64
    }

    /// True `permille` times in a thousand.
    pub(crate) fn chance(&mut self, permille: u16) -> bool {
        self.between(0, 999) < i64::from(permille)
    }

    /// An index below `len`; 0 when `len` is 0.
    pub(crate) fn index(&mut self, len: usize) -> usize {
        self.between(0, len as i64 - 1) as usize
    }

    /// A time whose logarithm is spread like a bell round that of `middle`, with the spread of times at a scene (a deviation of
    /// 0.7): twenty evenly likely multiples, so that no floating point takes part.
    pub(crate) fn about(&mut self, middle: i64) -> i64 {
        middle * MULTIPLES[self.index(MULTIPLES.len())] / 1_000
    }
}

/// Thousandths: `exp(0.7 z)` at the middles of twenty equal shares of the normal distribution.
const MULTIPLES: [i64; 20] = [
    254, 365, 447, 520, 589, 658, 728, 800, 876, 957, 1_045, 1_141, 1_250, 1_374, 1_520, 1_697,
    1_924, 2_237, 2_740, 3_943,
];

#[cfg(test)]
mod tests {
    use super::{MULTIPLES, Rng};

    #[test]
    fn streams_repeat_and_differ_by_seed_purpose_and_thing() {
        let first = |seed, purpose, thing| Rng::new(seed, purpose, thing).next();
        assert_eq!(first(1, "crew", 7), first(1, "crew", 7));
        let others =
            [first(2, "crew", 7), first(1, "desk", 7), first(1, "crew", 8), first(7, "crew", 1)];
        assert!(others.iter().all(|&other| other != first(1, "crew", 7)));
    }

    #[test]
    fn ranges_are_met_and_kept() {
        let mut rng = Rng::new(7, "range", 0);
        let drawn: Vec<i64> = (0..1_000).map(|_| rng.between(-2, 2)).collect();
        assert!((-2..=2).all(|v| drawn.contains(&v)) && drawn.iter().all(|v| (-2..=2).contains(v)));
        assert_eq!((rng.between(5, 5), rng.between(5, 1), rng.index(0)), (5, 5, 0));
    }

    #[test]
    fn half_of_what_is_drawn_about_a_middle_is_below_it() {
        assert!(MULTIPLES.is_sorted() && MULTIPLES[9] < 1_000 && 1_000 < MULTIPLES[10]);
        let mut rng = Rng::new(7, "stay", 0);
        let below = (0..4_000).filter(|_| rng.about(600) < 600).count();
        assert!((1_850..2_150).contains(&below), "{below}");
    }
}
