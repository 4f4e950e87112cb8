//! Each trap of fixes, and any fixes in any order.

use super::*;
use precinct_base::{Metres, Millimetres, SegmentId};
use proptest::prelude::*;

const U: UnitId = UnitId(3);

/// `metres` east of nowhere, on the equator.
fn fix(metres: i32, ms: i64) -> Fix {
    Fix::new(U, LonLat::new(metres * 90, 0).unwrap(), Timestamp(ms))
}

fn on_duty() -> Positions {
    let mut positions = Positions::new(Rules::default());
    positions.begin_tour(U, Timestamp(0)).unwrap();
    positions
}

fn hear(positions: &mut Positions, now: i64, fix: &Fix) -> Verdict {
    match positions.accept(Timestamp(now), fix) {
        Heard::Calm(verdict) => verdict,
        Heard::Sos { .. } => panic!("nobody called"),
    }
}

const TAKEN: Verdict = Verdict::Taken { jumped: false };

#[test]
fn a_unit_has_a_place_only_on_duty() {
    let mut positions = Positions::new(Rules::default());
    assert_eq!(hear(&mut positions, 10, &fix(0, 5)), Verdict::UnknownUnit);
    positions.begin_tour(U, Timestamp(5)).unwrap();
    assert_eq!(
        hear(&mut positions, 10, &Fix { unit: UnitId(2), ..fix(0, 5) }),
        Verdict::UnknownUnit
    );
    assert_eq!(hear(&mut positions, 10, &fix(0, 4)), Verdict::OffDuty);
    assert_eq!(hear(&mut positions, 10, &fix(0, 5)), TAKEN);
    let street = OnStreet { segment: SegmentId(1), offset: Millimetres(2) };
    assert!(positions.set_street(U, Timestamp(5), street));
    positions.tick(Timestamp(10));
    let before = positions.reader().view();
    positions.end_tour(U);
    assert_eq!(
        (positions.place(U), positions.last_street(U), positions.began(U)),
        (None, None, None)
    );
    assert_eq!(hear(&mut positions, 20, &fix(0, 6)), Verdict::OffDuty);
    positions.tick(Timestamp(20));
    let after = positions.reader().view();
    assert!(before.latest(U).is_some() && after.latest(U).is_none());
    assert_eq!(after.nearest(LonLat::default(), 5, Metres(u32::MAX)), []);
}

#[test]
fn a_new_tour_knows_nothing_of_the_last() {
    let mut positions = on_duty();
    assert_eq!(hear(&mut positions, 10, &fix(0, 9)), TAKEN);
    positions.begin_tour(U, Timestamp(10)).unwrap();
    assert_eq!(positions.place(U), None);
    assert_eq!(hear(&mut positions, 20, &fix(0, 9)), Verdict::OffDuty);
}

#[test]
fn a_fix_from_the_future_hides_nothing() {
    let mut positions = on_duty();
    assert_eq!(hear(&mut positions, 0, &fix(0, 60_001)), Verdict::Future { ahead: Millis(60_001) });
    assert_eq!(hear(&mut positions, 0, &fix(0, i64::MAX)), Verdict::Future { ahead: Millis::MAX });
    assert_eq!(hear(&mut positions, 0, &fix(0, 60_000)), TAKEN);
    // The system's clock is set back by an hour: the latest is ahead now, and gives way.
    positions.begin_tour(U, Timestamp(-9_000_000)).unwrap();
    assert_eq!(hear(&mut positions, 3_600_000, &fix(0, 3_600_000)), TAKEN);
    assert_eq!(hear(&mut positions, 1_000, &fix(0, 900)), TAKEN);
}

#[test]
fn late_ones_and_second_ones_change_nothing() {
    let mut positions = on_duty();
    assert_eq!(hear(&mut positions, 9_000, &fix(7, 5_000)), TAKEN);
    assert_eq!(hear(&mut positions, 9_000, &fix(7, 5_000)), Verdict::Duplicate);
    assert_eq!(hear(&mut positions, 9_000, &fix(8, 4_000)), Verdict::Older { by: Millis(1_000) });
    assert_eq!(positions.place(U), Some((fix(7, 0).at, Timestamp(5_000))));
    let tally = positions.tally();
    assert_eq!((tally.taken, tally.duplicate, tally.older, tally.all()), (1, 1, 1, 3));
}

#[test]
fn a_jump_waits_for_a_second_fix_that_agrees() {
    let mut positions = on_duty();
    assert_eq!(hear(&mut positions, 99_000, &fix(0, 1_000)), TAKEN);
    let jump = Verdict::Jump { distance: Metres(50_094), within: Millis(1_000) };
    assert_eq!(hear(&mut positions, 99_000, &fix(50_000, 2_000)), jump);
    // The same again is no second opinion, and one somewhere else is none either.
    assert_eq!(hear(&mut positions, 99_000, &fix(50_000, 2_000)), jump);
    assert!(matches!(hear(&mut positions, 99_000, &fix(-50_000, 3_000)), Verdict::Jump { .. }));
    assert_eq!(positions.place(U), Some((fix(0, 0).at, Timestamp(1_000))));
    assert_eq!(hear(&mut positions, 99_000, &fix(-50_010, 4_000)), Verdict::Taken { jumped: true });
    assert!(positions.held.is_empty());
}

#[test]
fn a_jump_is_forgotten_when_the_unit_goes_on_from_where_it_was() {
    let mut positions = on_duty();
    assert_eq!(hear(&mut positions, 99_000, &fix(0, 1_000)), TAKEN);
    assert!(matches!(hear(&mut positions, 99_000, &fix(50_000, 2_000)), Verdict::Jump { .. }));
    assert_eq!(hear(&mut positions, 99_000, &fix(10, 3_000)), TAKEN);
    assert!(matches!(hear(&mut positions, 99_000, &fix(50_000, 4_000)), Verdict::Jump { .. }));
}

#[test]
fn a_call_for_help_passes_whatever_the_verdict() {
    let mut positions = on_duty();
    assert_eq!(hear(&mut positions, 9_000, &fix(0, 5_000)), TAKEN);
    let call = |fix: Fix| Fix { sos: true, ..fix };
    let fixes = [
        call(fix(0, 6_000)),
        call(fix(0, 6_000)),
        call(fix(0, 4_000)),
        call(fix(99_000, 6_500)),
        call(fix(0, i64::MAX)),
        call(fix(0, -1)),
        call(Fix { unit: UnitId(u32::MAX), ..fix(0, 7_000) }),
    ];
    let mut verdicts = Vec::new();
    let heard =
        positions.accept_batch(Timestamp(9_000), fixes, |_, verdict| verdicts.push(verdict));
    let Heard::Sos { calls, answer } = heard else { panic!("the calls are lost") };
    assert_eq!(calls.iter().map(|call| call.verdict).collect::<Vec<_>>(), verdicts);
    assert_eq!((answer.all(), answer.left_out(), calls[3].at), (7, 6, fix(99_000, 0).at));
    assert!(matches!(
        positions.accept(Timestamp(9_000), &fixes[1]),
        Heard::Sos { answer: Verdict::Duplicate, .. }
    ));
}

#[test]
fn numbers_beyond_the_limit_are_refused() {
    let unit = UnitId(caps::UNITS as u32);
    let mut positions = Positions::new(Rules::default());
    assert_eq!(positions.begin_tour(unit, Timestamp(0)), Err(UnitOutOfRange { unit }));
    positions.end_tour(unit);
    assert_eq!(positions.place(unit), None);
}

#[test]
fn a_street_is_that_of_one_fix() {
    let mut positions = on_duty();
    let street = OnStreet { segment: SegmentId(1), offset: Millimetres(2) };
    let seen = |positions: &mut Positions| {
        positions.tick(Timestamp(9));
        positions.reader().view().latest(U).and_then(|position| position.street)
    };
    assert!(!positions.set_street(U, Timestamp(1), street));
    assert_eq!(hear(&mut positions, 9, &fix(0, 1)), TAKEN);
    assert!(positions.set_street(U, Timestamp(1), street));
    assert_eq!(seen(&mut positions), Some(street));
    assert_eq!(hear(&mut positions, 9, &fix(0, 2)), TAKEN);
    // It was looked for while the next fix came: too late, but a hint where to look.
    assert!(!positions.set_street(U, Timestamp(1), street));
    assert_eq!((positions.last_street(U), seen(&mut positions)), (Some(street), None));
}

proptest! {
    /// What is the latest is never later than allowed nor before the tour, and never goes back in time while the clock does not.
    #[test]
    fn the_latest_only_goes_forward(steps in prop::collection::vec((-400_i64..900, -40_000..40_000, any::<bool>()), 0..200)) {
        let mut positions = on_duty();
        let (mut now, mut last) = (0_i64, i64::MIN);
        for (tenths, metres, tour) in steps {
            now += 5_000;
            if tour && tenths > 850 {
                positions.begin_tour(U, Timestamp(now)).unwrap();
                last = now;
            }
            let verdict = hear(&mut positions, now, &fix(metres, now + tenths * 100));
            if let Some((_, time)) = positions.place(U) {
                prop_assert!(time.0 >= last && time.0 <= now + 60_000 && time >= positions.began(U).unwrap());
                prop_assert_eq!(time.0 == now + tenths * 100, matches!(verdict, Verdict::Taken { .. } | Verdict::Duplicate));
                last = time.0;
            }
            prop_assert!(positions.held.len() <= 1);
            prop_assert_eq!(positions.cold[U.index()].is_held(), !positions.held.is_empty());
        }
    }

    /// A unit that stays where it went is believed at the second fix, however far it is.
    #[test]
    fn no_unit_is_lost_for_ever(metres in -200_000..200_000, seconds in 1_i64..60) {
        let mut positions = on_duty();
        prop_assert_eq!(hear(&mut positions, 0, &fix(0, 0)), TAKEN);
        for n in 1..=2 {
            let _ = positions.accept(Timestamp(n * seconds * 1_000), &fix(metres, n * seconds * 1_000));
        }
        prop_assert_eq!(positions.place(U), Some((fix(metres, 0).at, Timestamp(2_000 * seconds))));
    }
}
