//! Days like those of the record: each call as often as chance says, near the time it came at.

use std::sync::Arc;

use precinct_base::Timestamp;

use crate::chance::{Chance, Purpose, mixed};
use crate::{Call, Piece};

/// How often something happens that happens once on average, in 2⁶⁴ths: the chances of 0, 1, 2, … times summed up (Poisson, mean 1),
/// rounded down.
const TIMES: [u64; 12] = [
    6_786_177_901_268_885_274,
    13_572_355_802_537_770_549,
    16_965_444_753_172_213_186,
    18_096_474_403_383_694_065,
    18_379_231_815_936_564_285,
    18_435_783_298_447_138_329,
    18_445_208_545_532_234_003,
    18_446_555_009_401_533_385,
    18_446_723_317_385_195_808,
    18_446_742_018_272_269_410,
    18_446_743_888_360_976_771,
    18_446_744_058_369_041_076,
];

/// A piece like `piece` by chance number `number`: each of its calls happens none, once or several times, once on average, within
/// `apart` milliseconds before or after the time of the record. Rate, places, types and times of day stay those of the record on
/// average, and how many there are is as uncertain as the record itself leaves it (the Poisson bootstrap; J. Hanley and B. `MacGibbon`,
/// *Creating non-parametric bootstrap samples using Poisson frequencies*, Computer Methods and Programs in Biomedicine 83 (2006)).
/// `every` of these days is taken together: 2 gives twice as many calls.
#[must_use]
pub fn resampled(piece: &Piece, number: u64, apart: i64, every: u64) -> Piece {
    let chance = Chance(mixed(number ^ 0x7765_656b));
    let mut calls: Vec<Call> = Vec::with_capacity(piece.calls.len() * every as usize);
    for call in piece.calls.iter() {
        for round in 0..every {
            let draw = chance.draw(Purpose::Repeats, call.key, round);
            let times = TIMES.iter().take_while(|&&share| draw >= share).count() as u64;
            for again in 0..times {
                let nth = round * 64 + again;
                let width = apart.max(0) as u64 * 2 + 1;
                let moved =
                    chance.below(Purpose::Shift, call.key, nth, width) as i64 - apart.max(0);
                let received = within(piece, call.received, moved);
                let key = mixed(call.key ^ mixed(number * 4_096 + nth + 1));
                calls.push(Call { key, received, ..call.clone() });
            }
        }
    }
    calls.sort_by_key(|call| (call.received, call.key));
    Piece { calls: Arc::from(calls), ..piece.clone() }
}

/// A time moved, without leaving the piece it was in.
fn within(piece: &Piece, at: Timestamp, moved: i64) -> Timestamp {
    let there = at.0.saturating_add(moved);
    if piece.from <= at && at < piece.to {
        return Timestamp(there.clamp(piece.from.0, piece.to.0 - 1));
    }
    Timestamp(there)
}

#[cfg(test)]
mod tests {
    use precinct_base::{AreaId, LonLat};
    use precinct_core::{Code, Priority, Source};

    use super::*;

    #[test]
    fn chances_are_poissons() {
        let mut share = libm::exp(-1.0);
        let mut sum = 0.0;
        for (k, &told) in (1..).zip(&TIMES) {
            sum += share;
            share /= f64::from(k);
            assert!((told as f64 / 18_446_744_073_709_551_616.0 - sum).abs() < 1e-12, "{k}");
        }
    }

    #[test]
    fn days_like_the_record_have_its_calls_on_average() {
        let call = |number: u64| Call {
            key: number,
            source: Source::Call,
            received: Timestamp(number as i64 * 1_000),
            kind: Code::literal("noise"),
            priority: Priority::HIGHEST,
            at: LonLat::default(),
            area: AreaId(0),
            handling: None,
            sent: None,
            there: None,
            crews: Vec::new(),
        };
        let calls: Vec<Call> = (0..1_000).map(call).collect();
        let (from, to) = (Timestamp(0), Timestamp(1_000_000));
        let piece = Piece { from, to, ahead_ms: 0, calls: Arc::from(calls) };
        let counts: Vec<usize> =
            (0..50).map(|day| resampled(&piece, day, 60_000, 1).calls.len()).collect();
        let sum: usize = counts.iter().sum();
        assert!((49_300..50_700).contains(&sum), "{sum}");
        assert!(
            counts.iter().any(|&count| count > 1_030) && counts.iter().any(|&count| count < 970)
        );
        let twice = resampled(&piece, 3, 60_000, 2);
        assert!((1_850..2_150).contains(&twice.calls.len()));
        assert!(twice.calls.is_sorted_by_key(|call| call.received));
        assert!(twice.calls.iter().all(|call| from <= call.received && call.received < to));
        let mut keys: Vec<u64> = twice.calls.iter().map(|call| call.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), twice.calls.len());
        assert_eq!(resampled(&piece, 3, 60_000, 2), twice);
        assert_ne!(resampled(&piece, 4, 60_000, 2), twice);
    }
}
