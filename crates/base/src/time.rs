//! Durations, calendar instants and monotonic instants, all in whole milliseconds.

use std::fmt;
use std::ops::{Add, Sub};

/// A duration in milliseconds, from nothing to 49 days; every travel time, turnout and clock is one.
///
/// ```
/// use precinct_base::Millis;
/// assert_eq!(Millis::from_minutes(5), Millis(300_000));
/// assert_eq!(Millis(83_500).to_string(), "1:23.5");
/// ```
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct Millis(pub u32);

impl Millis {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// The longest duration; stands for nothing in particular.
    pub const MAX: Self = Self(u32::MAX);

    /// Whole seconds; saturates at the longest duration.
    pub const fn from_seconds(seconds: u32) -> Self {
        Self(seconds.saturating_mul(1_000))
    }

    /// Whole minutes; saturates at the longest duration.
    pub const fn from_minutes(minutes: u32) -> Self {
        Self(minutes.saturating_mul(60_000))
    }

    /// The sum, or the longest duration where it would not fit.
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// `self * part / whole`, rounded to the nearest millisecond; the time to go `part` of a stretch `whole` long.
    ///
    /// A stretch of no length takes all of its time at its end, so `whole == 0` gives `self` unless `part` is 0 too.
    #[must_use]
    pub const fn share(self, part: u32, whole: u32) -> Self {
        if part == 0 {
            return Self::ZERO;
        }
        if part >= whole {
            return self;
        }
        let scaled = self.0 as u64 * part as u64 + whole as u64 / 2;
        Self((scaled / whole as u64) as u32)
    }
}

impl Add for Millis {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Millis {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

/// Minutes, seconds and tenths: `4:05.3`.
impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = u64::from(self.0).div_ceil(100);
        write!(f, "{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10)
    }
}

/// A calendar instant: milliseconds since 1970-01-01T00:00:00Z, without leap seconds (POSIX time).
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The instant `after` later, or `None` past the end of time.
    pub const fn checked_add(self, after: Millis) -> Option<Self> {
        match self.0.checked_add(after.0 as i64) {
            Some(ms) => Some(Self(ms)),
            None => None,
        }
    }

    /// How long after `earlier` this is; `None` if it is before it or more than 49 days later.
    pub fn since(self, earlier: Self) -> Option<Millis> {
        let gap = self.0.checked_sub(earlier.0)?;
        u32::try_from(gap).ok().map(Millis)
    }
}

/// A monotonic instant: milliseconds since the driver of the system started. Timeouts are kept on it, never on the calendar.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct Instant(pub u64);

impl Instant {
    /// How long after `earlier` this is; nothing if it is before it, the longest duration if more than 49 days later.
    pub fn saturating_since(self, earlier: Self) -> Millis {
        let gap = self.0.saturating_sub(earlier.0);
        Millis(u32::try_from(gap).unwrap_or(u32::MAX))
    }
}

/// An hour of the local week, 0 (Monday 00:00) to 167 (Sunday 23:00).
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct HourOfWeek(u8);

impl HourOfWeek {
    /// How many there are.
    pub const COUNT: usize = 168;

    /// The hour numbered `hour`, or `None` past Sunday 23:00.
    pub const fn new(hour: u8) -> Option<Self> {
        if (hour as usize) < Self::COUNT { Some(Self(hour)) } else { None }
    }

    /// Its number, 0 to 167.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_rounds_to_the_nearest_and_ends_exactly() {
        let time = Millis(1_000);
        assert_eq!(time.share(0, 3), Millis(0));
        assert_eq!(time.share(1, 3), Millis(333));
        assert_eq!(time.share(2, 3), Millis(667));
        assert_eq!(time.share(3, 3), time);
        assert_eq!(time.share(9, 3), time);
        assert_eq!(time.share(1, 0), time);
    }

    #[test]
    fn durations_are_written_in_minutes() {
        assert_eq!(Millis::from_minutes(3).to_string(), "3:00.0");
        assert_eq!(Millis(59_999).to_string(), "1:00.0");
        assert_eq!(Millis(1).to_string(), "0:00.1");
    }

    #[test]
    fn instants_never_wrap() {
        assert_eq!(Timestamp(i64::MAX).checked_add(Millis(1)), None);
        assert_eq!(Timestamp(5).since(Timestamp(2)), Some(Millis(3)));
        assert_eq!(Timestamp(2).since(Timestamp(5)), None);
        assert_eq!(Timestamp(i64::MAX).since(Timestamp(i64::MIN)), None);
        assert_eq!(Instant(2).saturating_since(Instant(5)), Millis::ZERO);
        assert_eq!(Instant(u64::MAX).saturating_since(Instant(0)), Millis::MAX);
        assert_eq!(Millis::from_minutes(u32::MAX), Millis::MAX);
    }

    #[test]
    fn a_week_has_168_hours() {
        assert_eq!(HourOfWeek::new(167).map(HourOfWeek::index), Some(167));
        assert_eq!(HourOfWeek::new(168), None);
    }
}
