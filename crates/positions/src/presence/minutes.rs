//! Minutes of an hour as bits: in which of them a street was passed, and for how many of them that was not longer ago than it may be.

/// The intervals that presence is counted for, in minutes. A city looks at the one it has set itself.
pub const WITHIN_MIN: [u32; 4] = [15, 30, 60, 120];
/// Minutes of an interval that may go by unwatched. Devices keep fixes for a while and send them once they are answered again.
const MISSED: u32 = 5;
/// The longest of the intervals.
const LONGEST: i32 = 120;
/// Minutes of an hour.
pub(crate) const HOUR: i32 = 60;

/// The minutes of an hour and of the two before it, the oldest first: minute 0 is the lowest bit.
pub(crate) type Three = [u64; 3];

/// Whether a minute is marked, counted from the beginning of the last of the three hours.
fn is_marked(three: Three, minute: i32) -> bool {
    let (hour, minute) = (minute.div_euclid(HOUR) + 2, minute.rem_euclid(HOUR));
    usize::try_from(hour).is_ok_and(|hour| three.get(hour).is_some_and(|of| of >> minute & 1 == 1))
}

/// For each interval, the minutes of the last hour that end an interval with a pass in it; their own minute is part of it.
pub(crate) fn passed(three: Three) -> [u64; 4] {
    let mut bits = [0; 4];
    let mut last = (-LONGEST..0).rev().find(|&minute| is_marked(three, minute));
    for minute in 0..HOUR {
        if is_marked(three, minute) {
            last = Some(minute);
        }
        let Some(ago) = last.map(|last| (minute - last).unsigned_abs()) else { continue };
        for (bits, within) in bits.iter_mut().zip(WITHIN_MIN) {
            *bits |= u64::from(ago < within) << minute;
        }
    }
    bits
}

/// For each interval, the minutes of the last hour of which can be said whether there was a pass: they were watched, and so was the interval
/// that they end, but for a few minutes.
pub(crate) fn known(watched: Three) -> [u64; 4] {
    let of = |within: u32| {
        let length = i32::try_from(within).unwrap_or(LONGEST);
        let missed = |minute: i32| {
            let all = minute - length + 1..=minute;
            all.filter(|&one| !is_marked(watched, one)).count() as u32
        };
        let is_known = |minute: i32| is_marked(watched, minute) && missed(minute) <= MISSED;
        (0..HOUR).filter(|&minute| is_known(minute)).fold(0, |bits, minute| bits | 1 << minute)
    };
    WITHIN_MIN.map(of)
}

/// How many minutes are marked in both.
pub(crate) fn in_both(one: [u64; 4], other: [u64; 4]) -> [u8; 4] {
    std::array::from_fn(|at| (one[at] & other[at]).count_ones() as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn bits(minutes: &BTreeSet<i32>) -> Three {
        let mut three = [0; 3];
        for minute in minutes {
            three[(minute.div_euclid(HOUR) + 2) as usize] |= 1 << minute.rem_euclid(HOUR);
        }
        three
    }

    fn counted(bits: u64) -> Vec<i32> {
        (0..64).filter(|minute| bits >> minute & 1 == 1).collect()
    }

    #[test]
    fn a_pass_holds_for_as_long_as_the_interval() {
        let three = bits(&BTreeSet::from([50]));
        assert_eq!(passed(three).map(u64::count_ones), [10; 4]);
        let before = bits(&BTreeSet::from([-10]));
        // 15 minutes from 23:50 on are up to 00:04.
        assert_eq!(passed(before).map(u64::count_ones), [5, 20, 50, 60]);
        assert_eq!(passed([0; 3]), [0; 4]);
    }

    #[test]
    fn a_short_gap_is_forgiven_and_a_long_one_is_not_known() {
        let all: BTreeSet<i32> = (-120..60).collect();
        assert_eq!(known(bits(&all)).map(u64::count_ones), [60; 4]);
        let gap: BTreeSet<i32> =
            all.iter().copied().filter(|one| !(10..15).contains(one)).collect();
        assert_eq!(known(bits(&gap)).map(u64::count_ones), [55; 4]);
        let long: BTreeSet<i32> =
            all.iter().copied().filter(|one| !(10..16).contains(one)).collect();
        // Six are gone themselves, and those after them until the first of the six is out of the interval.
        assert_eq!(known(bits(&long)).map(u64::count_ones), [45, 30, 10, 10]);
        let fresh: BTreeSet<i32> = (0..60).collect();
        assert_eq!(known(bits(&fresh)).map(u64::count_ones), [51, 36, 6, 0]);
    }

    proptest! {
        #[test]
        fn they_are_those_that_a_look_at_every_interval_finds(
            passes in prop::collection::btree_set(-120..60_i32, 0..12),
            gaps in prop::collection::vec((-120..60_i32, 0..9_i32), 0..6),
        ) {
            let unwatched: BTreeSet<i32> = gaps.iter().flat_map(|&(from, long)| from..from + long).collect();
            let watched: BTreeSet<i32> = (-120..60).filter(|minute| !unwatched.contains(minute)).collect();
            let (passed, known) = (passed(bits(&passes)), known(bits(&watched)));
            for (at, within) in WITHIN_MIN.into_iter().enumerate() {
                let interval = |minute: i32| minute + 1 - within as i32..=minute;
                let met: Vec<i32> = (0..60).filter(|&minute| interval(minute).any(|one| passes.contains(&one))).collect();
                prop_assert_eq!(counted(passed[at]), met);
                let sure = |&minute: &i32| watched.contains(&minute) && interval(minute).filter(|one| !watched.contains(one)).count() <= 5;
                prop_assert_eq!(counted(known[at]), (0..60).filter(sure).collect::<Vec<_>>());
            }
        }
    }
}
