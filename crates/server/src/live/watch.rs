//! The time of a served city, for everybody who is not the engine.

use std::sync::{Mutex, PoisonError};

use precinct_base::{Instant, Timestamp};
use precinct_core::Moment;
use precinct_engine::live::AnyClock;
use precinct_engine::{Clock as _, Reading};

/// Shows the same time as the engine's clock.
#[derive(Debug)]
pub(crate) struct Watch {
    clock: Mutex<AnyClock>,
    /// A moment of the engine, and what the clock showed then.
    set: Mutex<(Moment, Reading)>,
}

impl Watch {
    pub(crate) fn new(mut clock: AnyClock) -> Self {
        let reading = clock.read();
        let moment = Moment { tick: Instant(0), wall: reading.wall };
        Self { clock: Mutex::new(clock), set: Mutex::new((moment, reading)) }
    }

    fn read(&self) -> Reading {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner).read()
    }

    /// The calendar.
    pub(crate) fn wall(&self) -> Timestamp {
        self.read().wall
    }

    /// Takes over the engine's moment.
    pub(crate) fn set(&self, moment: Moment) {
        let reading = self.read();
        *self.set.lock().unwrap_or_else(PoisonError::into_inner) = (moment, reading);
    }

    /// The moment of an instant of the calendar that was told late; one that is to come is now on the clock that never jumps.
    pub(crate) fn moment_of(&self, wall: Timestamp) -> Moment {
        let now = self.now();
        let ago = u64::try_from(now.wall.0.saturating_sub(wall.0)).unwrap_or(0);
        Moment { tick: Instant(now.tick.0.saturating_sub(ago)), wall }
    }

    /// The moment it is.
    pub(crate) fn now(&self) -> Moment {
        let reading = self.read();
        let (moment, then) = *self.set.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = reading.running.0.saturating_sub(then.running.0);
        Moment { tick: Instant(moment.tick.0.saturating_add(passed)), wall: reading.wall }
    }
}

#[cfg(test)]
mod tests {
    use precinct_engine::live::DrillClock;

    use super::*;

    #[test]
    fn running_time_goes_on_from_the_engines_moment() {
        let from = Timestamp(1_704_700_800_000);
        let watch = Watch::new(AnyClock::Drill(DrillClock::new(from, 1_000)));
        watch.set(Moment { tick: Instant(5_000), wall: from });
        std::thread::sleep(std::time::Duration::from_millis(3));
        let now = watch.now();
        assert!(now.tick.0 >= 8_000 && now.wall.0 >= from.0 + 3_000, "{now:?}");
        assert!(watch.wall() >= now.wall);
    }
}
