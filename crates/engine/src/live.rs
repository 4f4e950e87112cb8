//! The world as it is: the machine's clocks and its source of chance. The only place that reads them.
#![expect(clippy::disallowed_methods, reason = "the one place where clocks and chance are read")]
#![expect(clippy::disallowed_types, reason = "the one place where clocks are read")]

use std::time::Duration;

use precinct_base::{Instant, Millis, Timestamp};

use crate::{Chance, Clock, Reading};

/// The machine's clocks.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock(std::time::Instant);

impl Default for SystemClock {
    fn default() -> Self {
        Self(std::time::Instant::now())
    }
}

impl Clock for SystemClock {
    fn read(&mut self) -> Reading {
        use std::time::SystemTime;
        let wall = SystemTime::now();
        let since = wall.duration_since(SystemTime::UNIX_EPOCH).map(|d| d.as_millis() as i64);
        let before = |error: std::time::SystemTimeError| -(error.duration().as_millis() as i64);
        let wall = Timestamp(since.unwrap_or_else(before));
        Reading { running: Instant(self.0.elapsed().as_millis() as u64), wall }
    }
}

/// The clock of a drill: it starts at an instant of choice and runs so many times as fast as the world. Whatever is recorded is in its
/// time.
#[derive(Clone, Copy, Debug)]
pub struct DrillClock {
    began: std::time::Instant,
    from: Timestamp,
    speed: u32,
}

impl DrillClock {
    /// Shows `from` now, and runs `speed` times as fast as the world; no speed is the world's own.
    pub fn new(from: Timestamp, speed: u32) -> Self {
        Self { began: std::time::Instant::now(), from, speed: speed.max(1) }
    }
}

impl Clock for DrillClock {
    fn read(&mut self) -> Reading {
        let real = self.began.elapsed().as_micros() as u64;
        let running = real.saturating_mul(u64::from(self.speed)) / 1_000;
        let wall = Timestamp(self.from.0.saturating_add(running.cast_signed()));
        Reading { running: Instant(running), wall }
    }

    fn real(&self, after: Millis) -> Duration {
        Duration::from_millis(u64::from(after.0)) / self.speed
    }
}

/// Either clock, for who learns only at the start which it is to be.
#[derive(Clone, Copy, Debug)]
pub enum AnyClock {
    /// The machine's.
    System(SystemClock),
    /// A drill's.
    Drill(DrillClock),
}

impl Clock for AnyClock {
    fn read(&mut self) -> Reading {
        match self {
            Self::System(clock) => clock.read(),
            Self::Drill(clock) => clock.read(),
        }
    }

    fn real(&self, after: Millis) -> Duration {
        match self {
            Self::System(clock) => clock.real(after),
            Self::Drill(clock) => clock.real(after),
        }
    }
}

/// The machine's source of chance.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    /// # Panics
    /// If the system gives no random bytes: without them no text could be kept safe.
    fn fill(&mut self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the system gives random bytes");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drill_starts_where_it_is_told_and_waits_less_the_faster_it_runs() {
        let from = Timestamp(1_704_700_800_000);
        let mut drill = AnyClock::Drill(DrillClock::new(from, 60));
        let (first, second) = (drill.read(), drill.read());
        assert!(first.wall >= from && second.running >= first.running);
        assert_eq!(first.wall.0 - from.0, first.running.0.cast_signed());
        assert_eq!(drill.real(Millis::from_minutes(1)), Duration::from_secs(1));
        let mut system = AnyClock::System(SystemClock::default());
        assert_eq!(system.real(Millis(1_500)), Duration::from_millis(1_500));
        assert!(system.read().wall > from);
        let still = DrillClock::new(from, 0);
        assert_eq!(still.real(Millis(7)), Duration::from_millis(7), "no speed is the world's own");
    }
}
