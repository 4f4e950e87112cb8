//! The world as it is: the machine's clocks and its source of chance. The only place that reads them.
#![expect(clippy::disallowed_methods, reason = "the one place where clocks and chance are read")]
#![expect(clippy::disallowed_types, reason = "the one place where clocks are read")]

use precinct_base::{Instant, Timestamp};

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
