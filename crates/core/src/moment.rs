//! When something happened: on the clock that never jumps, and on the calendar as it was read.

use precinct_base::{Instant, Millis, Timestamp};
use serde::{Deserialize, Serialize};

/// An instant on two clocks. Order and durations come from `tick`; `wall` is for people and may be wrong.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Moment {
    /// Milliseconds of running time since the journal began: never goes back, whatever is done to the calendar.
    pub tick: Instant,
    /// The calendar as the machine had it.
    pub wall: Timestamp,
}

impl Moment {
    /// The moment `after` later on both clocks.
    #[must_use]
    pub fn later(self, after: Millis) -> Self {
        Self {
            tick: Instant(self.tick.0.saturating_add(u64::from(after.0))),
            wall: self.wall.checked_add(after).unwrap_or(self.wall),
        }
    }

    /// Running time since `earlier`.
    pub fn since(self, earlier: Self) -> Millis {
        self.tick.saturating_since(earlier.tick)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_clocks_move_and_neither_wraps() {
        let start = Moment { tick: Instant(5), wall: Timestamp(100) };
        let later = start.later(Millis(7));
        assert_eq!(later, Moment { tick: Instant(12), wall: Timestamp(107) });
        assert_eq!(later.since(start), Millis(7));
        assert_eq!(start.since(later), Millis::ZERO);
        let end = Moment { tick: Instant(u64::MAX), wall: Timestamp(i64::MAX) };
        assert_eq!(end.later(Millis(1)), end);
    }
}
