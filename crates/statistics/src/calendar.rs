//! Which running time a time of the calendar was: the calendar may drift and jump, running time does neither.

use precinct_base::{Instant, Timestamp};
use precinct_core::Moment;

/// How far the calendar may be from where it was last noted before it is noted anew, in milliseconds: reading two clocks one after the
/// other makes some, and a period is not asked for to the second.
const SLACK_MS: i64 = 1_000;

/// What the calendar showed, in running time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Rising in running time. From each to the next the calendar ran as fast as running time.
    noted: Vec<Moment>,
}

impl Calendar {
    /// Takes over a moment at which both clocks were read; none is before the last.
    pub fn note(&mut self, at: Moment) {
        let expected = self.noted.last().map(|&last| shown(last, at.tick));
        if expected.is_none_or(|expected| at.wall.0.abs_diff(expected) > SLACK_MS.unsigned_abs()) {
            self.noted.push(at);
        }
    }

    /// The running time at which the calendar first showed `wall` or later. The earlier of two instants is never the later one by this: an
    /// hour that the calendar showed twice is the first of them, one that it never showed is no time at all.
    pub fn tick(&self, wall: Timestamp) -> Instant {
        for (index, &from) in self.noted.iter().enumerate() {
            if wall <= from.wall {
                return from.tick;
            }
            let after = wall.0.saturating_sub(from.wall.0).unsigned_abs();
            let tick = Instant(from.tick.0.saturating_add(after));
            if self.noted.get(index + 1).is_none_or(|next| tick < next.tick) {
                return tick;
            }
        }
        Instant::default()
    }

    /// What the calendar showed at `tick`; nothing if nothing is known of it.
    pub fn wall(&self, tick: Instant) -> Option<Timestamp> {
        let next = self.noted.partition_point(|from| from.tick <= tick);
        let from = self.noted.get(next.checked_sub(1)?)?;
        Some(Timestamp(shown(*from, tick)))
    }

    /// Whether it was at `wall` or later that anything is known of.
    pub(crate) fn knows(&self, wall: Timestamp) -> bool {
        self.noted.first().is_some_and(|first| first.wall <= wall)
    }

    /// The first running time that is known of.
    pub fn began(&self) -> Option<Instant> {
        self.noted.first().map(|first| first.tick)
    }

    /// Forgets what was before `tick`.
    pub(crate) fn forget(&mut self, tick: Instant) {
        let over = self.noted.partition_point(|from| from.tick <= tick).saturating_sub(1);
        self.noted.drain(..over);
    }
}

/// What the calendar shows at `tick` if it goes on from `from`.
const fn shown(from: Moment, tick: Instant) -> i64 {
    from.wall.0.saturating_add(tick.0.saturating_sub(from.tick.0).cast_signed())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(tick: u64, wall: i64) -> Moment {
        Moment { tick: Instant(tick), wall: Timestamp(wall) }
    }

    #[test]
    fn a_calendar_that_jumps_shows_an_hour_twice_or_never() {
        let mut calendar = Calendar::default();
        assert_eq!((calendar.tick(Timestamp(5)), calendar.wall(Instant(5))), (Instant(0), None));
        for (tick, wall) in [(100, 50_000), (1_100, 51_000), (2_100, 52_900), (10_100, 20_000)] {
            calendar.note(at(tick, wall));
        }
        calendar.note(at(20_100, 90_000));
        // A second of drift is not noted, jumps are.
        assert_eq!(calendar.noted, [at(100, 50_000), at(10_100, 20_000), at(20_100, 90_000)]);
        let tick = |wall| calendar.tick(Timestamp(wall)).0;
        assert_eq!((tick(0), tick(50_000), tick(59_999)), (100, 100, 10_099));
        // 60,000 was never shown; 20,000 to 29,999 were shown, but later than what is after them.
        assert_eq!((tick(60_000), tick(90_001)), (20_100, 20_101));
        assert_eq!(calendar.wall(Instant(10_105)), Some(Timestamp(20_005)));
        calendar.forget(Instant(10_100));
        assert_eq!(calendar.began(), Some(Instant(10_100)));
    }

    proptest! {
        #[test]
        fn it_is_the_first_time_that_the_calendar_showed_it(
            steps in prop::collection::vec((1u64..4_000, -9_000i64..9_000), 1..20),
            wall in 0i64..60_000,
        ) {
            let mut calendar = Calendar::default();
            let (mut tick, mut shift) = (0, 10_000);
            for (step, jump) in steps {
                calendar.note(at(tick, tick.cast_signed() + shift));
                (tick, shift) = (tick + step, shift + jump);
            }
            let found = calendar.tick(Timestamp(wall));
            let shows = |tick| calendar.wall(Instant(tick)).unwrap().0 >= wall;
            prop_assert!(shows(found.0));
            prop_assert!((0..found.0).all(|tick| !shows(tick)));
        }
    }
}
