//! The clock and chance of a shift.

use precinct_base::{Instant, Timestamp};
use precinct_engine::{Chance, Clock, Reading};

use crate::rng::Rng;

/// A clock that shows what it is set to.
#[derive(Clone, Copy, Debug)]
pub struct SimClock {
    /// Since the shift began, in milliseconds.
    pub(super) now: u64,
    /// The calendar when the shift began, with all jumps since.
    pub(super) offset: Timestamp,
}

impl Clock for SimClock {
    fn read(&mut self) -> Reading {
        let wall = Timestamp(self.offset.0 + self.now.cast_signed());
        Reading { running: Instant(self.now), wall }
    }
}

/// Chance that comes from the seed.
#[derive(Clone, Debug)]
pub struct SimChance(pub(super) Rng);

impl Chance for SimChance {
    fn fill(&mut self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(8) {
            part.copy_from_slice(&self.0.next().to_be_bytes()[..part.len()]);
        }
    }
}
