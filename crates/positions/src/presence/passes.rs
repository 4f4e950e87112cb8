//! Passes of units along streets, by segment and hour.

use std::collections::{BTreeMap, BTreeSet};

use precinct_base::{Millis, SegmentId, Timestamp, UnitId, caps};

use super::minutes;

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;
/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;
/// Minutes of a day.
const DAY: i64 = 24 * 60;
/// The unit was on no street yet.
const NOWHERE: u32 = u32::MAX;

/// A street that the road map does not have, or a unit beyond the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "unit {unit} on segment {segment} cannot be counted: segments are numbered below {segments}, units below {units}",
    units = caps::UNITS
)]
pub struct SegmentOutOfRange {
    /// The unit.
    pub unit: UnitId,
    /// The street given.
    pub segment: SegmentId,
    /// How many segments there are.
    pub segments: usize,
}

/// When being on a street counts as a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassRules {
    /// A unit that comes back to a street it left less than this ago did not leave it: fixes near a crossing fall on one street and on
    /// the other in turn.
    pub back: Millis,
    /// A unit unheard of for as long passes anew where it is heard again, be it on the same street.
    pub silence: Millis,
}

impl Default for PassRules {
    fn default() -> Self {
        Self { back: Millis::from_seconds(60), silence: Millis::from_minutes(15) }
    }
}

/// A street that a unit was on, and when last.
#[derive(Clone, Copy, Debug)]
struct Stay {
    segment: u32,
    last: i64,
}

impl Stay {
    const NONE: Self = Self { segment: NOWHERE, last: i64::MIN };

    fn is_within(&self, segment: u32, time: i64, gap: Millis) -> bool {
        self.segment == segment && time.saturating_sub(self.last) <= i64::from(gap.0)
    }
}

/// A street in an open hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenStreet {
    /// The minutes in which a unit was on it, the first in the lowest bit.
    pub minutes: u64,
    /// How often it was passed: at most 65,535 times.
    pub passes: u16,
}

/// A street in an hour that is over: no unit and no instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreetHour {
    /// Which.
    pub segment: SegmentId,
    /// How often it was passed: at most 65,535 times.
    pub passes: u16,
    /// For each interval of [`WITHIN_MIN`](super::WITHIN_MIN), the known minutes that end an interval with a unit on the street.
    pub passed: [u8; 4],
}

/// What is known of an hour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HourPasses {
    /// When it begins; hours are those of UTC.
    pub begins: Timestamp,
    /// For each interval, the minutes of which is known whether a street was passed.
    pub known: [u8; 4],
    /// Streets that were passed, or of which a pass before still held, by their numbers.
    pub streets: Vec<StreetHour>,
}

/// What is counted and not handed over yet, by the number of its hour since 1970: to go on from after a restart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenPasses {
    /// Hours below this were handed over.
    pub closed_to: i64,
    /// The minutes that were watched.
    pub watched: BTreeMap<i64, u64>,
    /// Streets.
    pub hours: BTreeMap<i64, BTreeMap<SegmentId, OpenStreet>>,
}

/// Counts passes: a unit that comes onto a street passes it, once for as long as it stays.
///
/// 32 bytes for each unit and some 40 for each street passed in an open hour or one of the two before.
///
/// ```
/// use precinct_base::{SegmentId, Timestamp, UnitId};
/// use precinct_positions::presence::{PassRules, Passes};
///
/// let mut passes = Passes::new(PassRules::default(), 10);
/// passes.watch(Timestamp(0), Timestamp(3_599_999));
/// for (segment, seconds) in [(4, 0), (4, 10), (5, 20), (4, 600)] {
///     passes.on_street(UnitId(1), SegmentId(segment), Timestamp(seconds * 1_000)).unwrap();
/// }
/// let hours = passes.close(Timestamp(3_600_000));
/// let counts: Vec<_> = hours[0].streets.iter().map(|street| street.passes).collect();
/// assert_eq!(counts, [2, 1]);
/// // Whether a street was passed within a quarter of an hour is known from the minute after the ninth on.
/// assert_eq!((hours[0].known[0], hours[0].streets[0].passed[0]), (51, 16));
/// ```
#[derive(Clone, Debug)]
pub struct Passes {
    rules: PassRules,
    segments: usize,
    /// The street each unit is on and the one it was on before.
    stays: Vec<[Stay; 2]>,
    open: OpenPasses,
    late: u64,
}

impl Passes {
    /// Nothing passed yet, on a road map of so many segments.
    pub fn new(rules: PassRules, segments: usize) -> Self {
        Self::resume(rules, segments, OpenPasses { closed_to: i64::MIN, ..OpenPasses::default() })
    }

    /// Goes on from what was counted. Streets the map does not have are left out.
    pub fn resume(rules: PassRules, segments: usize, mut open: OpenPasses) -> Self {
        let segments = segments.min(caps::ROAD_SEGMENTS);
        for streets in open.hours.values_mut() {
            streets.retain(|segment, _| segment.index() < segments);
        }
        Self { rules, segments, stays: Vec::new(), open, late: 0 }
    }

    /// What is counted and not handed over yet.
    pub const fn open(&self) -> &OpenPasses {
        &self.open
    }

    /// Fixes were heard from one instant to another, in all minutes of both and between them; of more than a day those of its end. Of minutes
    /// in which nobody listened nothing is known.
    pub fn watch(&mut self, since: Timestamp, now: Timestamp) {
        let last = now.0.div_euclid(MINUTE);
        let first = since.0.div_euclid(MINUTE).max(last.saturating_sub(DAY));
        for minute in first..=last {
            let (hour, minute) = hour_and_minute(minute.saturating_mul(MINUTE));
            if self.is_open(hour) {
                *self.open.watched.entry(hour).or_default() |= 1 << minute;
            }
        }
    }

    /// `unit` is on a street at an instant; whether it passes it with that. Instants of one unit do not go back.
    pub fn on_street(
        &mut self,
        unit: UnitId,
        segment: SegmentId,
        time: Timestamp,
    ) -> Result<bool, SegmentOutOfRange> {
        if segment.index() >= self.segments || unit.index() >= caps::UNITS {
            return Err(SegmentOutOfRange { unit, segment, segments: self.segments });
        }
        let enters = self.enters(unit, segment.0, time.0);
        let (hour, minute) = hour_and_minute(time.0);
        if self.is_open(hour) {
            let streets = self.open.hours.entry(hour).or_default();
            let street = streets.entry(segment).or_default();
            street.minutes |= 1 << minute;
            street.passes = street.passes.saturating_add(enters.into());
        } else {
            self.late += u64::from(enters);
        }
        Ok(enters)
    }

    fn enters(&mut self, unit: UnitId, segment: u32, time: i64) -> bool {
        let count = self.stays.len().max(unit.index() + 1);
        self.stays.resize(count, [Stay::NONE; 2]);
        let [now, before] = &mut self.stays[unit.index()];
        let stays = now.is_within(segment, time, self.rules.silence);
        let comes_back = before.is_within(segment, time, self.rules.back);
        if now.segment != segment {
            *before = *now;
        }
        *now = Stay { segment, last: time };
        !(stays || comes_back)
    }

    /// Whether something may be counted in an hour: it was not handed over, and there are not too many.
    fn is_open(&self, hour: i64) -> bool {
        let OpenPasses { closed_to, watched, hours } = &self.open;
        let known = |hour| watched.contains_key(&hour) || hours.contains_key(&hour);
        let full = watched.len().max(hours.len()) >= caps::PRESENCE_HOURS;
        hour >= *closed_to && (known(hour) || !full)
    }

    /// Forgets where `unit` was: its tour is over.
    pub fn end_tour(&mut self, unit: UnitId) {
        if let Some(stays) = self.stays.get_mut(unit.index()) {
            *stays = [Stay::NONE; 2];
        }
    }

    /// The hours that are not handed over yet, by their numbers since 1970.
    pub fn open_hours(&self) -> Vec<i64> {
        let OpenPasses { closed_to, watched, hours } = &self.open;
        let all: BTreeSet<i64> = watched.keys().chain(hours.keys()).copied().collect();
        all.range(closed_to..).copied().collect()
    }

    /// What is known of an hour by now.
    pub fn hour(&self, hour: i64) -> HourPasses {
        let hours = [hour.saturating_sub(2), hour.saturating_sub(1), hour];
        let watched = hours.map(|hour| self.open.watched.get(&hour).copied().unwrap_or_default());
        let of = hours.map(|hour| self.open.hours.get(&hour));
        let known = minutes::known(watched);
        let on = |at: usize, segment: SegmentId| {
            of[at].and_then(|streets| streets.get(&segment)).copied()
        };
        let all: BTreeSet<SegmentId> =
            of.iter().flatten().flat_map(|of| of.keys()).copied().collect();
        let street = |segment: SegmentId| {
            let three: [OpenStreet; 3] =
                std::array::from_fn(|at| on(at, segment).unwrap_or_default());
            let passed = minutes::passed(three.map(|street| street.minutes));
            let passed = minutes::in_both(passed, known);
            StreetHour { segment, passes: three[2].passes, passed }
        };
        let streets = all.into_iter().map(street);
        let streets = streets.filter(|one| one.passes > 0 || one.passed != [0; 4]).collect();
        let begins = Timestamp(hour.saturating_mul(HOUR));
        HourPasses { begins, known: known.map(|bits| bits.count_ones() as u8), streets }
    }

    /// Hands over the hours that end at `before` or earlier and closes them: what is still to come of them is [late](Passes::late).
    pub fn close(&mut self, before: Timestamp) -> Vec<HourPasses> {
        let closed_to = self.open.closed_to.max(before.0.div_euclid(HOUR));
        let over = self.open_hours().into_iter().filter(|&hour| hour < closed_to);
        let over = over.map(|hour| self.hour(hour)).collect();
        self.open.closed_to = closed_to;
        // A pass may hold for two hours: those of the last two are still looked at.
        let kept = closed_to.saturating_sub(2);
        self.open.watched = self.open.watched.split_off(&kept);
        self.open.hours = self.open.hours.split_off(&kept);
        over
    }

    /// Passes that were not counted, since their hour was closed or too many hours were open.
    pub const fn late(&self) -> u64 {
        self.late
    }
}

const fn hour_and_minute(time: i64) -> (i64, i64) {
    (time.div_euclid(HOUR), time.rem_euclid(HOUR) / MINUTE)
}

#[cfg(test)]
mod tests;
