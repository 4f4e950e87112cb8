//! Rules of rest, over the tours of one member.

use precinct_base::{Millis, Timestamp};

use super::ShiftRejection;
use crate::catalogue::Rules;
use crate::{ShiftId, StaffNo, State};

/// From one instant of the calendar to another.
pub(super) type Span = (Timestamp, Timestamp);

/// Seven days in milliseconds.
pub(super) const WEEK_MS: i64 = 7 * 24 * 3_600_000;

/// A stretch of time that may be longer than [`Millis`] can say.
fn millis(ms: i64) -> Millis {
    Millis(u32::try_from(ms.max(0)).unwrap_or(u32::MAX))
}

const fn overlaps(a: Span, b: Span) -> bool {
    a.0.0 < b.1.0 && b.0.0 < a.1.0
}

/// The shortest rest between `tour` and any of `others`, none of which overlaps it; `None` if there are none.
fn shortest_rest(tour: Span, others: &[Span]) -> Option<Millis> {
    let gap = |&(start, end): &Span| {
        let (before, after) = (tour.0.0.saturating_sub(end.0), start.0.saturating_sub(tour.1.0));
        millis(before.max(after))
    };
    others.iter().map(gap).min()
}

/// How much of `span` lies in the seven days from `start`.
const fn within_week(span: Span, start: i64) -> i64 {
    let end = start.saturating_add(WEEK_MS);
    let (from, to) = (
        if span.0.0 > start { span.0.0 } else { start },
        if span.1.0 < end { span.1.0 } else { end },
    );
    if to > from { to - from } else { 0 }
}

/// The most time on duty in any seven days that hold a part of `tour`, or end where it starts, or start where it ends.
///
/// As those seven days move on, the sum can only begin to fall where they start with a tour or end with one, so the days that do,
/// and the first and the last of all, are enough.
fn busiest_week(tour: Span, others: &[Span]) -> Millis {
    let all = || others.iter().copied().chain([tour]);
    let sum = |start: i64| all().map(|span| within_week(span, start)).sum::<i64>();
    let (first, last) = (tour.0.0.saturating_sub(WEEK_MS), tour.1.0);
    let starts = all().flat_map(|(start, end)| [start.0, end.0.saturating_sub(WEEK_MS)]);
    let near = starts.chain([first, last]).filter(|start| (first..=last).contains(start));
    millis(near.map(sum).max().unwrap_or_default())
}

impl State {
    /// All other tours of a member that are known: planned, under way and lately ended.
    pub(super) fn tours_of(&self, staff: StaffNo, but: ShiftId) -> Vec<Span> {
        let Some(tours) = self.tours.get(&staff) else { return Vec::new() };
        let shifts = tours.planned.iter().chain(&tours.on).filter(|&&shift| shift != but);
        let planned = shifts.filter_map(|shift| self.shifts.get(shift));
        let planned = planned.map(|shift| (shift.starts, shift.ends));
        planned.chain(tours.ended.iter().copied()).collect()
    }
}

/// That nobody is in two places. Nobody can waive that.
pub(super) fn apart(staff: StaffNo, tour: Span, others: &[Span]) -> Result<(), ShiftRejection> {
    if others.iter().any(|&other| overlaps(tour, other)) {
        return Err(ShiftRejection::Overlap { staff });
    }
    Ok(())
}

/// That a tour keeps the rules of rest.
pub(super) fn rested(
    rules: &Rules,
    staff: StaffNo,
    tour: Span,
    others: &[Span],
) -> Result<(), ShiftRejection> {
    let lasts = millis(tour.1.0.saturating_sub(tour.0.0));
    if lasts > rules.longest_shift {
        return Err(ShiftRejection::Long { lasts, longest: rules.longest_shift });
    }
    if let Some(rest) = shortest_rest(tour, others).filter(|&rest| rest < rules.rest) {
        return Err(ShiftRejection::Rest { staff, rest, needs: rules.rest });
    }
    let sum = busiest_week(tour, others);
    if sum > rules.week {
        return Err(ShiftRejection::Week { staff, sum, most: rules.week });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: i64 = 3_600_000;

    fn span(start: i64, hours: i64) -> Span {
        (Timestamp(start * HOUR), Timestamp((start + hours) * HOUR))
    }

    proptest! {
        /// Against counting hours one by one in every window that starts on an hour.
        #[test]
        fn the_busiest_week_is_what_counting_says(
            tour in (0i64..400, 1i64..20), others in prop::collection::vec((0i64..400, 1i64..20), 0..12),
        ) {
            let tour = span(tour.0, tour.1);
            let others: Vec<Span> = others.into_iter().map(|(s, h)| span(s, h))
                .filter(|&other| !overlaps(tour, other)).collect();
            let busy = |hour: i64| others.iter().chain([&tour])
                .filter(|s| s.0.0 <= hour * HOUR && hour * HOUR < s.1.0).count() as i64;
            let naive = (tour.0.0 / HOUR - 168..=tour.1.0 / HOUR)
                .map(|w| (w..w + 168).map(busy).sum::<i64>()).max().unwrap();
            prop_assert_eq!(i64::from(busiest_week(tour, &others).0), naive * HOUR);
        }

        /// Against looking at each hour between the two.
        #[test]
        fn rest_is_the_gap_and_overlap_is_none(a in (0i64..60, 1i64..20), b in (0i64..60, 1i64..20)) {
            let (a, b) = (span(a.0, a.1), span(b.0, b.1));
            let shared = (0..100).any(|h| [a, b].iter().all(|s| s.0.0 <= h * HOUR && h * HOUR < s.1.0));
            prop_assert_eq!(overlaps(a, b), shared);
            prop_assert_eq!(apart(StaffNo::literal("A1"), a, &[b]).is_err(), shared);
            if !shared {
                let gap = (a.0.0.max(b.0.0) - a.1.0.min(b.1.0)) as u32;
                prop_assert_eq!(shortest_rest(a, &[b]), Some(Millis(gap)));
            }
        }
    }

    #[test]
    fn each_rule_has_its_edge() {
        let hours = |h| Millis((h * HOUR) as u32);
        let rules = Rules {
            rest: hours(11),
            longest_shift: hours(12),
            week: hours(24),
            ..crate::Catalogue::standard().rules
        };
        let staff = StaffNo::literal("A1");
        let tour = span(100, 12);
        assert_eq!(rested(&rules, staff, tour, &[]), Ok(()));
        assert_eq!(rested(&rules, staff, tour, &[span(77, 12)]), Ok(()), "rested 11 hours, on 24");
        let told = |others: &[Span], tour| rested(&rules, staff, tour, others).unwrap_err();
        assert!(matches!(told(&[], span(100, 13)), ShiftRejection::Long { .. }));
        assert!(
            matches!(told(&[span(88, 2)], tour), ShiftRejection::Rest { rest, .. } if rest == hours(10))
        );
        assert!(
            matches!(told(&[span(122, 2)], tour), ShiftRejection::Rest { rest, .. } if rest == hours(10))
        );
        let week = told(&[span(77, 12), span(40, 1)], tour);
        assert!(matches!(week, ShiftRejection::Week { sum, .. } if sum == hours(25)), "{week}");
        assert_eq!(millis(-1), Millis::ZERO);
    }
}
