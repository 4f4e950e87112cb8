//! What a trial is made on: the town, its calls, and when.

use std::sync::Arc;

use precinct_advice::{DemandPoint, Networks};
use precinct_base::{AreaId, HourOfWeek, LonLat, Millis, Timestamp};
use precinct_core::event::AreaSet;
use precinct_core::{Catalogue, Code, Priority, Source};

use crate::chance::key_of;

/// A town, as every plan finds it.
#[derive(Clone, Debug)]
pub struct Town {
    /// What it calls things, and what they need.
    pub catalogue: Catalogue,
    /// Its areas, each after the one it lies in.
    pub areas: Vec<AreaSet>,
    /// Its roads.
    pub networks: Networks,
    /// Where help may be needed, for cover; none is no cover told.
    pub demand: Arc<[DemandPoint]>,
    /// How soon a unit should be there, by priority.
    pub targets: [Millis; Priority::COUNT],
}

/// How soon a unit should be there unless a city says otherwise, by priority. A sensible start, no norm.
pub const TARGETS: [Millis; Priority::COUNT] = [
    Millis::from_minutes(8),
    Millis::from_minutes(15),
    Millis::from_minutes(30),
    Millis::from_minutes(60),
    Millis::from_minutes(120),
];

/// What the record says of one crew of a call; none is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// From being sent until it set out.
    pub turnout: Option<Millis>,
    /// How long it stayed.
    pub stay: Option<Millis>,
}

/// A call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What all that is drawn for it is drawn by: the same for every plan.
    pub key: u64,
    /// Through which door it came. What a patrol found is work, and no demand.
    pub source: Source,
    /// When.
    pub received: Timestamp,
    /// Its type in the catalogue.
    pub kind: Code,
    /// How urgent.
    pub priority: Priority,
    /// Where.
    pub at: LonLat,
    /// The area it is in.
    pub area: AreaId,
    /// From the call until it was entered, by the record; none is unknown.
    pub handling: Option<Millis>,
    /// From the call until a unit was sent, by the record.
    pub sent: Option<Millis>,
    /// From the call until the first was there, by the record.
    pub there: Option<Millis>,
    /// What the record says of its crews, in the order they were sent.
    pub crews: Vec<Recorded>,
}

impl Call {
    /// The key of a call by its number in the record.
    pub fn key(number: &str) -> u64 {
        key_of(number)
    }

    /// Whether a patrol found it.
    pub const fn is_found(&self) -> bool {
        matches!(self.source, Source::Patrol)
    }
}

/// A stretch of time that is simulated by itself, from units at their posts: a day, say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// From when calls count.
    pub from: Timestamp,
    /// Until when, without it.
    pub to: Timestamp,
    /// Milliseconds that local time is ahead of UTC; west of Greenwich it is behind.
    pub ahead_ms: i64,
    /// Its calls in order of time. Those before `from` warm up, those from `to` on keep units busy; neither counts.
    pub calls: Arc<[Call]>,
}

impl Piece {
    /// Local time in milliseconds since 1970.
    pub(crate) fn local(&self, at: Timestamp) -> i64 {
        at.0.saturating_add(self.ahead_ms)
    }

    /// The local hour of the week.
    pub fn hour(&self, at: Timestamp) -> HourOfWeek {
        // The first of January 1970 was a Thursday.
        let hour = self.local(at).div_euclid(3_600_000) + 72;
        HourOfWeek::new(hour.rem_euclid(HourOfWeek::COUNT as i64) as u8).unwrap_or_default()
    }

    /// Whether a call counts.
    pub fn counts(&self, call: &Call) -> bool {
        self.from <= call.received && call.received < self.to && !call.is_found()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_local() {
        let at = Timestamp(1_704_700_800_000);
        let mut piece = Piece { from: at, to: at, ahead_ms: -8 * 3_600_000, calls: Arc::from([]) };
        // 2024-01-08, a Monday, 00:00 in San Francisco.
        assert_eq!(piece.hour(at).index(), 0);
        assert_eq!(piece.hour(Timestamp(at.0 - 1)).index(), 167);
        piece.ahead_ms = 8 * 3_600_000;
        assert_eq!(piece.hour(at).index(), 16);
    }
}
