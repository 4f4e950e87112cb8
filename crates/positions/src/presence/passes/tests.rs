//! Passes, against lists of all that was said.

use proptest::prelude::*;

use super::super::WITHIN_MIN;
use super::*;

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
    assert_eq!(passes.late(), 1);
    assert!(on(&mut passes, 4, i64::MIN));
    for unit in 5..100 {
        on(&mut passes, unit, HOUR * i64::from(unit));
    }
    assert!(passes.open().hours.len() <= caps::PRESENCE_HOURS);
    assert_eq!(passes.late(), 2 + 95 - (caps::PRESENCE_HOURS as u64 - 3));
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
        let found: Vec<_> = hours.iter().flat_map(|hour| {
            let passed = hour.streets.iter().filter(|street| street.passes > 0);
            passed.map(|street| ((hour.begins.0 / HOUR, street.segment.0), street.passes))
        }).collect();
        truth.retain(|_, count| *count > 0);
        prop_assert_eq!(found, truth.into_iter().collect::<Vec<_>>());
    }

    /// Against every minute looked at by itself, with a restart in between that nothing may come of.
    #[test]
    fn shares_are_those_of_a_look_at_every_minute(
        fixes in prop::collection::vec((0..2_u32, 0..3_u32, 0..1_500_i64), 0..60),
        gap in (0..400_i64, 0..90_i64), restart in 0..60_usize, close in 0..60_usize,
    ) {
        let watched = |minute: i64| (0..420).contains(&minute) && !(gap.0..gap.0 + gap.1).contains(&minute);
        let mut passes = Passes::new(PassRules::default(), 3);
        let (mut marks, mut hours, mut now, mut next) = (BTreeSet::new(), Vec::new(), 0, 0);
        for (at, (unit, segment, seconds)) in fixes.into_iter().enumerate() {
            now += seconds * 1_000;
            while next <= now / MINUTE {
                if watched(next) { passes.watch(Timestamp(next * MINUTE), Timestamp(next * MINUTE + 59_999)); }
                next += 1;
            }
            passes.on_street(UnitId(unit), SegmentId(segment), Timestamp(now)).unwrap();
            marks.insert((segment, now / MINUTE));
            if at == restart {
                passes = Passes::resume(PassRules::default(), 3, passes.open().clone());
            }
            if at == close {
                hours.extend(passes.close(Timestamp(now)));
            }
        }
        hours.extend(passes.close(Timestamp(now + HOUR)));
        for hour in hours {
            let first = hour.begins.0 / MINUTE;
            for (at, within) in WITHIN_MIN.into_iter().map(i64::from).enumerate() {
                let known = |&minute: &i64| {
                    watched(minute) && minute < next && (minute - within + 1..=minute).filter(|&one| !watched(one)).count() <= 5
                };
                let known: Vec<i64> = (first..first + 60).filter(known).collect();
                prop_assert_eq!(usize::from(hour.known[at]), known.len());
                for segment in 0..3 {
                    let met = |minute: &&i64| marks.range((segment, **minute - within + 1)..=(segment, **minute)).next().is_some();
                    let street = hour.streets.iter().find(|street| street.segment.0 == segment);
                    prop_assert_eq!(street.map_or(0, |street| usize::from(street.passed[at])), known.iter().filter(met).count());
                }
            }
        }
    }
}
