//! Laps: how long a step took, of many; what is known of them, and how many are not known.

use precinct_base::Millis;

/// Upper edges of the buckets of a histogram, in whole seconds: a lap is in the first bucket whose edge it does not pass. Half minutes
/// where thresholds of 1, 3 and 5 minutes are told apart, then wider.
pub const BUCKETS: [u32; 20] = [
    15, 30, 45, 60, 90, 120, 150, 180, 210, 240, 270, 300, 420, 600, 900, 1_200, 1_800, 3_600,
    7_200, 14_400,
];

/// Laps of many incidents or tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laps {
    /// How many are in each bucket; the last is of those past every edge.
    pub counts: [u32; BUCKETS.len() + 1],
    /// How many are known.
    pub known: u32,
    /// How many are not: a step was not told, or has not happened yet.
    pub unknown: u32,
    /// The least time that half of the known do not pass; nothing if none is known.
    pub p50: Option<Millis>,
    /// The least time that nine in ten of the known do not pass.
    pub p90: Option<Millis>,
    /// Of the known, how many were in an area with thresholds of reach.
    pub rated: u32,
    /// Of the rated, how many did not pass the first, second and third threshold.
    pub within: [u32; 3],
}

/// Laps as they are gathered.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    laps: Vec<Millis>,
    sum: Laps,
}

impl Gathered {
    /// A lap, or that it is not known.
    pub(crate) fn add(&mut self, lap: Option<Millis>) {
        self.add_rated(lap, None);
    }

    /// The same, with the thresholds of the area where it was.
    pub(crate) fn add_rated(&mut self, lap: Option<Millis>, reach: Option<[Millis; 3]>) {
        let Some(lap) = lap else {
            self.sum.unknown += 1;
            return;
        };
        self.sum.known += 1;
        let bucket = BUCKETS.partition_point(|&edge| Millis::from_seconds(edge) < lap);
        self.sum.counts[bucket] += 1;
        self.laps.push(lap);
        let Some(reach) = reach else { return };
        self.sum.rated += 1;
        for (within, threshold) in self.sum.within.iter_mut().zip(reach) {
            *within += u32::from(lap <= threshold);
        }
    }

    /// Puts them together.
    pub(crate) fn done(mut self) -> Laps {
        let p50 = quantile(&mut self.laps, 50);
        let p90 = quantile(&mut self.laps, 90);
        Laps { p50, p90, ..self.sum }
    }
}

/// The least of `laps` that so many in a hundred do not pass (the nearest rank).
pub(crate) fn quantile(laps: &mut [Millis], hundredths: usize) -> Option<Millis> {
    let rank = (laps.len() * hundredths).div_ceil(100);
    let at = rank.saturating_sub(1);
    (!laps.is_empty()).then(|| *laps.select_nth_unstable(at).1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_lap_is_in_the_first_bucket_whose_edge_it_does_not_pass() {
        let mut laps = Gathered::default();
        for ms in [0, 15_000, 15_001, 14_400_000, 14_400_001] {
            laps.add(Some(Millis(ms)));
        }
        laps.add(None);
        let laps = laps.done();
        assert_eq!((laps.known, laps.unknown), (5, 1));
        assert_eq!(
            (laps.counts[0], laps.counts[1], laps.counts[19], laps.counts[20]),
            (2, 1, 1, 1)
        );
        assert!(BUCKETS.is_sorted());
    }

    #[test]
    fn a_threshold_is_kept_by_what_does_not_pass_it() {
        let mut laps = Gathered::default();
        let reach = [1, 3, 5].map(Millis::from_minutes);
        for ms in [60_000, 60_001, 300_001] {
            laps.add_rated(Some(Millis(ms)), Some(reach));
        }
        laps.add_rated(None, Some(reach));
        laps.add_rated(Some(Millis(1)), None);
        let laps = laps.done();
        assert_eq!((laps.within, laps.rated, laps.known, laps.unknown), ([1, 2, 2], 3, 4, 1));
    }

    proptest! {
        #[test]
        fn a_quantile_is_the_least_that_enough_do_not_pass(
            mut laps in prop::collection::vec((0u32..50).prop_map(Millis), 0..60),
            hundredths in 1usize..=100,
        ) {
            let within = |laps: &[Millis], most| laps.iter().filter(|lap| **lap <= most).count();
            let enough = |most: &Millis| within(&laps, *most) * 100 >= hundredths * laps.len();
            let least = laps.iter().copied().filter(enough).min();
            prop_assert_eq!(quantile(&mut laps, hundredths), least);
        }
    }
}
