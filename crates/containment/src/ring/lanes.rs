//! How long vehicles wait at a checkpoint, and how many lanes keep the wait short.
//!
//! Vehicles come by chance and take by chance as long as they take; the lane that is free takes the next. The chance that one has to
//! wait is Erlang's (A. K. Erlang, *Solution of some problems in the theory of probabilities of significance in automatic telephone
//! exchanges*, 1917), here by the recursion of his first formula in whole numbers, so that a plan is the same everywhere. An hour is
//! taken by itself, as if it had always been so: what is left over from the hour before is not carried on.

use precinct_base::Millis;

/// One, as probabilities are counted here.
const ONE: u128 = 1_000_000_000_000;
const HOUR_MS: u128 = 3_600_000;

/// How it goes at a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queue {
    /// How long a vehicle waits, on average, before its turn.
    pub wait: Millis,
    /// How many vehicles wait, on average, in thousandths.
    pub waiting_thousandths: u64,
    /// The share of vehicles that have to wait, in thousandths.
    pub delayed_thousandths: u32,
    /// How much of the time a lane is at work, in thousandths.
    pub busy_thousandths: u32,
}

/// The queue of `arrivals` vehicles an hour at `lanes` lanes that each pass `per_lane` an hour; nothing where they cannot keep up
/// and the queue grows without end.
pub fn queue(arrivals: u32, per_lane: u32, lanes: u32) -> Option<Queue> {
    let (come, pass) = (u128::from(arrivals), u128::from(per_lane));
    let all = pass * u128::from(lanes);
    if come >= all {
        return (come == 0).then_some(Queue {
            wait: Millis::ZERO,
            waiting_thousandths: 0,
            delayed_thousandths: 0,
            busy_thousandths: 0,
        });
    }
    // The chance that all lanes are taken if nobody waited, lane by lane.
    let mut lost = ONE;
    for lane in 1..=u128::from(lanes) {
        lost = ONE * (come * lost) / (lane * pass * ONE + come * lost);
    }
    let delayed = all * lost * ONE / (all * ONE - come * (ONE - lost));
    let wait = nearest(delayed * HOUR_MS, ONE * (all - come));
    Some(Queue {
        wait: Millis(u32::try_from(wait).unwrap_or(u32::MAX)),
        waiting_thousandths: nearest(delayed * come * 1_000, ONE * (all - come)) as u64,
        delayed_thousandths: nearest(delayed * 1_000, ONE) as u32,
        busy_thousandths: nearest(come * 1_000, all) as u32,
    })
}

/// So many parts of a whole, to the nearest.
const fn nearest(part: u128, whole: u128) -> u128 {
    (part + whole / 2) / whole
}

/// The fewest lanes, up to `most`, at which vehicles wait no longer than `target` on average, and how it goes then; nothing if even
/// `most` are too few.
pub fn lanes_for(arrivals: u32, per_lane: u32, target: Millis, most: u32) -> Option<(u32, Queue)> {
    (0..=most).find_map(|lanes| {
        let queue = queue(arrivals, per_lane, lanes)?;
        (queue.wait <= target).then_some((lanes, queue))
    })
}
