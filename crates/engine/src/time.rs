//! From the clocks of a machine to the moments of the core: running time goes on through restarts, whatever the calendar does.

use precinct_base::{Instant, Timestamp};
use precinct_core::Moment;

use crate::Reading;

/// How far the calendar may drift from running time before it counts as a jump: a slow correction stays below it.
const DRIFT_MS: i64 = 5_000;
/// The longest that a machine is believed to have been off.
const LONGEST_OFF_MS: i64 = 30 * 24 * 3_600_000;

/// Keeps the time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timekeeper {
    moment: Moment,
    reading: Reading,
}

impl Timekeeper {
    /// Goes on from the last moment recorded; what the calendar should have shown, if it cannot be believed.
    ///
    /// The calendar tells how long the machine was off, unless it went back or says more than a month.
    pub(crate) fn resume(last: Moment, now: Reading) -> (Self, Option<Timestamp>) {
        let off = now.wall.0.saturating_sub(last.wall.0);
        let first = last == Moment::default();
        let believed = (0..=LONGEST_OFF_MS).contains(&off) && !first;
        let tick = Instant(last.tick.0.saturating_add(if believed { off as u64 } else { 0 }));
        let keeper = Self { moment: Moment { tick, wall: now.wall }, reading: now };
        (keeper, (!believed && !first).then_some(last.wall))
    }

    /// The running time of a reading.
    pub(crate) const fn tick(&self, now: Reading) -> Instant {
        let passed = now.running.0.saturating_sub(self.reading.running.0);
        Instant(self.moment.tick.0.saturating_add(passed))
    }

    /// The moment of a reading; what the calendar should have shown, if it jumped.
    pub(crate) fn moment(&mut self, now: Reading) -> (Moment, Option<Timestamp>) {
        let passed = now.running.0.saturating_sub(self.reading.running.0);
        let tick = self.tick(now);
        let expected = Timestamp(self.moment.wall.0.saturating_add(passed.cast_signed()));
        let jump = now.wall.0.saturating_sub(expected.0);
        self.moment = Moment { tick, wall: now.wall };
        self.reading = now;
        (self.moment, (jump.saturating_abs() > DRIFT_MS).then_some(expected))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 3_600_000;

    fn reading(running: u64, wall: i64) -> Reading {
        Reading { running: Instant(running), wall: Timestamp(wall) }
    }

    fn moment(tick: u64, wall: i64) -> Moment {
        Moment { tick: Instant(tick), wall: Timestamp(wall) }
    }

    #[test]
    fn running_time_goes_on_through_restarts_and_jumps_of_the_calendar() {
        let last = moment(1_000, 50 * DAY);
        for (wall, tick, jumped) in [
            (50 * DAY, 1_000, None),
            (50 * DAY + 7, 1_007, None),
            (80 * DAY, 1_000 + 30 * DAY as u64, None),
            (80 * DAY + 1, 1_000, Some(last.wall)),
            (50 * DAY - 1, 1_000, Some(last.wall)),
        ] {
            let (mut keeper, before) = Timekeeper::resume(last, reading(99, wall));
            assert_eq!(before, jumped, "{wall}");
            assert_eq!(keeper.moment(reading(99, wall)), (moment(tick, wall), None));
        }
        let (mut keeper, before) = Timekeeper::resume(Moment::default(), reading(5, DAY));
        assert_eq!(before, None, "a first start has no calendar to go on from");
        assert_eq!(keeper.moment(reading(8, DAY + 3)), (moment(3, DAY + 3), None));
        assert_eq!(keeper.moment(reading(10, DAY + 5_005)), (moment(5, DAY + 5_005), None));
        let (at, before) = keeper.moment(reading(11, DAY - 730 * DAY));
        assert_eq!((at.tick, before), (Instant(6), Some(Timestamp(DAY + 5_006))));
        let (at, before) = keeper.moment(reading(11, DAY));
        assert_eq!((at.tick, before), (Instant(6), Some(Timestamp(DAY - 730 * DAY))));
        // A clock that should never go back does not take us with it.
        assert_eq!(keeper.moment(reading(1, DAY)).0.tick, Instant(6));
    }
}
