//! Passes of units along streets, by segment and hour.

use std::collections::BTreeMap;

use precinct_base::{Millis, SegmentId, Timestamp, UnitId, caps};

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;
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

/// Passes of one hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HourPasses {
    /// When it begins; hours are those of UTC.
    pub begins: Timestamp,
    /// Streets that were passed, by their numbers, and how often: at most 65,535 times.
    pub passes: Vec<(SegmentId, u16)>,
}

/// Counts passes: a unit that comes onto a street passes it, once for as long as it stays.
///
/// Two bytes for each segment and open hour, eight for each segment, 32 for each unit.
///
/// ```
/// use precinct_base::{SegmentId, Timestamp, UnitId};
/// use precinct_positions::presence::{PassRules, Passes};
///
/// let mut passes = Passes::new(PassRules::default(), 10);
/// for (segment, seconds) in [(4, 0), (4, 10), (5, 20), (4, 600)] {
///     passes.on_street(UnitId(1), SegmentId(segment), Timestamp(seconds * 1_000)).unwrap();
/// }
/// assert_eq!(passes.last(SegmentId(5)), Some(Timestamp(20_000)));
/// let hours = passes.close(Timestamp(3_600_000));
/// assert_eq!(hours[0].passes, [(SegmentId(4), 2), (SegmentId(5), 1)]);
/// ```
#[derive(Clone, Debug)]
pub struct Passes {
    rules: PassRules,
    /// The street each unit is on and the one it was on before.
    stays: Vec<[Stay; 2]>,
    last: Vec<i64>,
    hours: BTreeMap<i64, Vec<u16>>,
    closed_to: i64,
    late: u64,
}

impl Passes {
    /// Nothing passed yet, on a road map of so many segments.
    pub fn new(rules: PassRules, segments: usize) -> Self {
        let last = vec![i64::MIN; segments.min(caps::ROAD_SEGMENTS)];
        let (stays, hours) = (Vec::new(), BTreeMap::new());
        Self { rules, stays, last, hours, closed_to: i64::MIN, late: 0 }
    }

    /// `unit` is on a street at an instant; whether it passes it with that. Instants of one unit do not go back.
    pub fn on_street(
        &mut self,
        unit: UnitId,
        segment: SegmentId,
        time: Timestamp,
    ) -> Result<bool, SegmentOutOfRange> {
        if segment.index() >= self.last.len() || unit.index() >= caps::UNITS {
            return Err(SegmentOutOfRange { unit, segment, segments: self.last.len() });
        }
        let last = &mut self.last[segment.index()];
        *last = time.0.max(*last);
        let enters = self.enters(unit, segment.0, time.0);
        if enters {
            self.count(segment, time.0);
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

    fn count(&mut self, segment: SegmentId, time: i64) {
        let hour = time.div_euclid(HOUR);
        let full = self.hours.len() >= caps::PRESENCE_HOURS && !self.hours.contains_key(&hour);
        if hour < self.closed_to || full {
            self.late += 1;
            return;
        }
        let segments = self.last.len();
        let counts = self.hours.entry(hour).or_insert_with(|| vec![0; segments]);
        counts[segment.index()] = counts[segment.index()].saturating_add(1);
    }

    /// Forgets where `unit` was: its tour is over.
    pub fn end_tour(&mut self, unit: UnitId) {
        if let Some(stays) = self.stays.get_mut(unit.index()) {
            *stays = [Stay::NONE; 2];
        }
    }

    /// The last instant that a unit was known to be on a street; `None` if none was yet. Standing there counts.
    pub fn last(&self, segment: SegmentId) -> Option<Timestamp> {
        let last = self.last.get(segment.index()).filter(|last| **last != i64::MIN)?;
        Some(Timestamp(*last))
    }

    /// Hands over the hours that end at `before` or earlier and closes them: what is still to come of them is [late](Passes::late).
    pub fn close(&mut self, before: Timestamp) -> Vec<HourPasses> {
        self.closed_to = self.closed_to.max(before.0.div_euclid(HOUR));
        let open = self.hours.split_off(&self.closed_to);
        std::mem::replace(&mut self.hours, open).into_iter().map(handed_over).collect()
    }

    /// Passes that were not counted, since their hour was closed or too many hours were open.
    pub const fn late(&self) -> u64 {
        self.late
    }
}

fn handed_over((hour, counts): (i64, Vec<u16>)) -> HourPasses {
    let numbered = counts.into_iter().enumerate();
    let passed = numbered.filter(|(_, count)| *count > 0);
    let passes = passed.map(|(segment, count)| (SegmentId(segment as u32), count)).collect();
    HourPasses { begins: Timestamp(hour.saturating_mul(HOUR)), passes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counted(fixes: &[(u32, u32, i64)]) -> Vec<bool> {
        let mut passes = Passes::new(PassRules::default(), 9);
        let pass = |&(unit, segment, s): &(u32, u32, i64)| {
            passes.on_street(UnitId(unit), SegmentId(segment), Timestamp(s * 1_000)).unwrap()
        };
        fixes.iter().map(pass).collect()
    }

    #[test]
    fn coming_onto_a_street_is_a_pass_and_staying_is_none() {
        assert_eq!(
            counted(&[(1, 3, 0), (1, 3, 5), (2, 3, 6), (1, 4, 9), (1, 3, 99)]),
            [true, false, true, true, true]
        );
    }

    #[test]
    fn to_and_fro_at_a_crossing_is_one_pass_of_each() {
        let fixes = [(1, 3, 0), (1, 4, 5), (1, 3, 9), (1, 4, 14), (1, 5, 20), (1, 3, 25)];
        assert_eq!(counted(&fixes), [true, true, false, false, true, true]);
    }

    #[test]
    fn after_a_silence_a_unit_passes_anew() {
        assert_eq!(counted(&[(1, 3, 0), (1, 3, 900), (1, 3, 1_801)]), [true, false, true]);
    }

    #[test]
    fn what_comes_late_is_told_and_the_ends_of_time_hold() {
        let mut passes = Passes::new(PassRules::default(), 2);
        let on = |passes: &mut Passes, unit, ms| {
            passes.on_street(UnitId(unit), SegmentId(0), Timestamp(ms)).unwrap()
        };
        assert!(on(&mut passes, 0, 0) && on(&mut passes, 1, HOUR) && on(&mut passes, 2, i64::MAX));
        assert_eq!(passes.close(Timestamp(HOUR + 5)).len(), 1);
        assert!(on(&mut passes, 3, HOUR - 1));
        assert_eq!(
            (passes.late(), passes.last(SegmentId(0)), passes.last(SegmentId(1))),
            (1, Some(Timestamp(i64::MAX)), None)
        );
        assert!(on(&mut passes, 4, i64::MIN));
        for unit in 5..100 {
            on(&mut passes, unit, HOUR * i64::from(unit));
        }
        assert!(passes.hours.len() <= caps::PRESENCE_HOURS);
        assert_eq!(passes.late(), 2 + 95 - (caps::PRESENCE_HOURS as u64 - 2));
    }

    #[test]
    fn unknown_streets_are_refused() {
        let mut passes = Passes::new(PassRules::default(), 2);
        let (unit, segment) = (UnitId(0), SegmentId(2));
        let refused = SegmentOutOfRange { unit, segment, segments: 2 };
        assert_eq!(passes.on_street(unit, segment, Timestamp(0)), Err(refused));
        assert!(passes.on_street(UnitId(u32::MAX), SegmentId(0), Timestamp(0)).is_err());
    }

    proptest! {
        /// Against a list of all that was said.
        #[test]
        fn counts_are_those_of_a_list(steps in prop::collection::vec((0..3_u32, 0..5_u32, 0..2_000_i64, prop::bool::weighted(0.05)), 0..200)) {
            let rules = PassRules { back: Millis::from_seconds(60), silence: Millis::from_minutes(10) };
            let mut passes = Passes::new(rules, 5);
            let mut said: Vec<Vec<(u32, i64)>> = vec![Vec::new(); 3];
            let mut truth = BTreeMap::<(i64, u32), u16>::new();
            let mut now = 0;
            for (unit, segment, seconds, ends) in steps {
                now += seconds * 100;
                let list = &mut said[unit as usize];
                if ends {
                    passes.end_tour(UnitId(unit));
                    list.clear();
                }
                // The run of fixes on the present street, and the last fix of the run before it.
                let run = list.iter().rev().take_while(|fix| fix.0 == list[list.len() - 1].0).count();
                let before = list.len().checked_sub(run + 1).map(|at| list[at]);
                let stays = list.last().is_some_and(|last| last.0 == segment && now - last.1 <= 600_000);
                let back = before.is_some_and(|last| last.0 == segment && now - last.1 <= 60_000);
                let pass = passes.on_street(UnitId(unit), SegmentId(segment), Timestamp(now)).unwrap();
                prop_assert_eq!(pass, !stays && !back);
                *truth.entry((now.div_euclid(HOUR), segment)).or_default() += u16::from(pass);
                list.push((segment, now));
            }
            let hours = passes.close(Timestamp(i64::MAX));
            let found: Vec<_> = hours.iter().flat_map(|hour| hour.passes.iter().map(|(segment, count)| ((hour.begins.0 / HOUR, segment.0), *count))).collect();
            truth.retain(|_, count| *count > 0);
            prop_assert_eq!(found, truth.into_iter().collect::<Vec<_>>());
        }
    }
}
