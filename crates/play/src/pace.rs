//! The city's clock between two looks at it.

use std::time::{Duration, Instant};

use precinct_base::Timestamp;

use crate::http::Clock;

/// The city's clock as it goes on between two looks at it. It is never ahead of the city: what an answer took to come is not added.
pub(crate) struct Pace {
    /// When it was read.
    pub(crate) read: Instant,
    now: Timestamp,
    speed: u32,
}

impl Pace {
    /// As it was just read.
    pub(crate) fn new(clock: &Clock) -> Self {
        Self { read: Instant::now(), now: clock.now, speed: clock.speed.max(1) }
    }

    /// What time it is in the city.
    pub(crate) fn now(&self) -> Timestamp {
        let played = self.read.elapsed().as_millis() * u128::from(self.speed);
        Timestamp(self.now.0.saturating_add(i64::try_from(played).unwrap_or(i64::MAX)))
    }

    /// How long of our time until an instant of the city's.
    pub(crate) fn until(&self, at: Timestamp) -> Duration {
        let played = at.0.saturating_sub(self.now().0).max(0) as u64;
        Duration::from_millis(played.div_ceil(u64::from(self.speed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_divided_by_its_speed() {
        let clock = Clock { now: Timestamp(0), speed: 60, drill: true, time_zone: String::new() };
        let pace = Pace::new(&clock);
        assert!(pace.until(Timestamp(600_000)) <= Duration::from_secs(10));
        assert_eq!(pace.until(Timestamp(-1)), Duration::ZERO);
    }
}
