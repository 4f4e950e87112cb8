//! What a unit of demand is worth when it is covered once, twice, and so on.

use crate::PerMille;

/// What one is, where worth has fractions.
pub(crate) const WHOLE: u32 = 1 << 16;
/// Parts of a natural logarithm that busy shares are told apart by.
const LOG_PARTS: i64 = 512;
/// Beyond this many parts a unit is free for certain, as far as [`WHOLE`] can tell.
const MOST_PARTS: usize = 6_144;

/// Worth by strength of cover, from 0 up; the last holds for all that is stronger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Curve {
    worth: Vec<u32>,
    concave: bool,
}

impl Curve {
    /// Covered or not.
    pub(crate) fn once() -> Self {
        Self::of(vec![0, 1])
    }

    /// Cover is worth nothing by itself: only what has to be covered matters.
    pub(crate) fn nothing() -> Self {
        Self::of(vec![0, 0])
    }

    /// Each of the first two counts.
    pub(crate) fn twice() -> Self {
        Self::of(vec![0, 1, 2])
    }

    /// The second alone counts.
    pub(crate) fn second() -> Self {
        Self::of(vec![0, 0, 1])
    }

    /// That one of so many units is free, each busy this share of its time: 1 − qⁿ.
    pub(crate) fn expected(busy: PerMille) -> Self {
        let mut worth = vec![0];
        // The share that none is free, in parts of WHOLE squared, rounded up.
        let mut none = u64::from(WHOLE) * u64::from(WHOLE);
        loop {
            none = (none * u64::from(busy.0)).div_ceil(1_000);
            let free = WHOLE - none.div_ceil(u64::from(WHOLE)) as u32;
            if Some(&free) == worth.last() || worth.len() > MOST_PARTS {
                break;
            }
            worth.push(free);
        }
        Self::rounded(&worth)
    }

    /// That one unit is free when units are busy different shares of their time: the strength of each is
    /// [`Curve::strength`], and the worth of strengths that add up to s is 1 − e^(−s).
    #[expect(
        clippy::float_arithmetic,
        reason = "libm gives the same on every machine, and the table is whole numbers"
    )]
    pub(crate) fn by_unit() -> Self {
        let free = |part: usize| {
            let none = libm::exp(-(part as f64) / LOG_PARTS as f64);
            (f64::from(WHOLE) * (1.0 - none)) as u32
        };
        Self::rounded(&(0..=MOST_PARTS).map(free).collect::<Vec<u32>>())
    }

    /// How strongly a unit covers that is busy this share of its time: −ln q, at least one part.
    #[expect(
        clippy::float_arithmetic,
        reason = "libm gives the same on every machine, and the strength is a whole number"
    )]
    pub(crate) fn strength(busy: PerMille) -> u32 {
        let share = f64::from(busy.0.clamp(1, 999)) / 1_000.0;
        (-libm::log(share) * LOG_PARTS as f64 + 0.5).max(1.0) as u32
    }

    fn of(worth: Vec<u32>) -> Self {
        let steps = worth.windows(2).map(|pair| pair[1] - pair[0]);
        let concave = steps.collect::<Vec<u32>>().is_sorted_by(|a, b| a >= b);
        Self { worth, concave }
    }

    /// As [`Curve::of`], of a table that rounding may have left a part short of concave: its steps put in order.
    fn rounded(worth: &[u32]) -> Self {
        let mut steps: Vec<u32> = worth.windows(2).map(|pair| pair[1] - pair[0]).collect();
        steps.sort_unstable_by(|a, b| b.cmp(a));
        let mut sum = 0;
        let climb = steps.into_iter().map(|step| {
            sum += step;
            sum
        });
        Self::of(std::iter::once(0).chain(climb).collect())
    }

    /// The worth at a strength.
    pub(crate) fn at(&self, strength: u32) -> i64 {
        let last = self.worth.len() - 1;
        i64::from(self.worth[(strength as usize).min(last)])
    }

    /// The strength beyond which nothing changes.
    pub(crate) const fn full(&self) -> u32 {
        (self.worth.len() - 1) as u32
    }

    /// As it is, or with half of the second step moved to a flat first one, so that single steps find the way up.
    pub(crate) fn to_climb(&self) -> Self {
        if self.concave { self.clone() } else { Self::of(vec![0, 1, 16]) }
    }

    /// What every worth is a multiple of.
    pub(crate) fn grain(&self) -> i64 {
        let gcd = |mut a: u32, mut b: u32| {
            while b != 0 {
                (a, b) = (b, a % b);
            }
            a
        };
        i64::from(self.worth.iter().copied().fold(0, gcd)).max(1)
    }

    /// The most that a unit of demand can be worth.
    pub(crate) fn most(&self) -> i64 {
        self.at(self.full())
    }

    /// The most that one step of strength can be worth.
    pub(crate) fn steepest(&self) -> i64 {
        self.worth.windows(2).map(|pair| i64::from(pair[1] - pair[0])).max().unwrap_or(0)
    }

    /// The greatest of `weight`·(worth(base + s) − worth(base)) − `price`·s + `first`·[s ≥ 1] over s ≥ 0, and an s that has it.
    pub(crate) fn peak(&self, base: u32, weight: i64, price: i64, first: i64) -> (i64, u32) {
        let had = self.at(base);
        let room = self.full().saturating_sub(base);
        let worth = |s: u32| {
            weight * (self.at(base + s) - had) - price.saturating_mul(i64::from(s))
                + if s > 0 { first } else { 0 }
        };
        if self.concave {
            let rises = |s: u32| weight * (self.at(base + s + 1) - self.at(base + s)) > price;
            let mut low = u32::from(first > 0);
            let mut high = room.max(low);
            while low < high {
                let middle = low.midpoint(high);
                if rises(middle) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return if worth(low) > 0 { (worth(low), low) } else { (0, 0) };
        }
        (0..=room.max(1)).map(|s| (worth(s), s)).fold((0, 0), |a, b| if b.0 > a.0 { b } else { a })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_second_unit_is_worth_less_than_the_first() {
        let curve = Curve::expected(PerMille(300));
        let near =
            |s: u32, share: f64| (curve.at(s) as f64 / f64::from(WHOLE) - share).abs() < 1e-4;
        assert!(near(1, 0.7) && near(2, 0.91) && near(3, 0.973));
        let by_unit = Curve::by_unit();
        let both = Curve::strength(PerMille(300)) + Curve::strength(PerMille(500));
        let share = by_unit.at(both) as f64 / f64::from(WHOLE);
        assert!((share - 0.85).abs() < 1e-3, "{share}");
        assert!(Curve::expected(PerMille(1_000)).most() == 0);
    }

    proptest! {
        #[test]
        fn a_peak_is_the_greatest(which in 0..5, base in 0..4_u32, weight in 0..50_i64, price in 0..2_000_000_i64, first in 0..90_i64) {
            let curve = match which {
                0 => Curve::once(),
                1 => Curve::twice(),
                2 => Curve::second(),
                3 => Curve::expected(PerMille(400)),
                _ => Curve::by_unit(),
            };
            let price = if which < 3 { price / 30_000 } else { price };
            let worth = |s: u32| weight * (curve.at(base + s) - curve.at(base)) - price * i64::from(s)
                + if s > 0 { first } else { 0 };
            let best = (0..=curve.full() + 1).map(worth).max().unwrap();
            let (found, at) = curve.peak(base, weight, price, first);
            prop_assert_eq!((found, worth(at)), (best, best));
        }
    }
}
