//! Plans beside each other.

use std::sync::atomic::{AtomicUsize, Ordering};

use precinct_base::{HourOfWeek, Millis, PostId, UnitId};
use precinct_core::Hours;
use precinct_whatif::{
    Arm, Basis, Behaviour, Call, Change, CoverAware, Observer, Outcome, Piece, Policy, Returning,
    Settings, TrialError, Unwatched, Within, answers, compare, compare_part, daily, resampled,
    trial, trial_of_part, watch,
};

use crate::town::{at_once, busy_day, call, corner, lasting, piece, plan, town};

fn arm(name: &str, posts: &[((u32, u32), u32)], policy: Policy) -> Arm {
    Arm { name: name.to_owned(), plan: plan(posts), policy, shadow: None }
}

fn settings(seeds: u32) -> Settings {
    Settings { seeds, ..Settings::default() }
}

fn outcomes(pieces: &[Piece], arms: &[Arm], seeds: u32) -> Vec<Outcome> {
    let behaviour = Behaviour::default();
    trial(&town(), &behaviour, pieces, arms, settings(seeds), &Unwatched).unwrap()
}

#[test]
fn a_trial_is_the_same_on_any_number_of_threads_and_again() {
    let pieces = [busy_day(1, 120), busy_day(2, 120)];
    let mut aware =
        arm("aware", &[((0, 0), 3), ((7, 7), 3)], Policy::CoverAware(CoverAware::default()));
    aware.shadow = Some(Policy::Closest);
    let arms = [arm("far", &[((0, 0), 6)], Policy::Joint), aware];
    let all = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        format!("{:?}", pool.install(|| outcomes(&pieces, &arms, 2)))
    };
    let one = all(1);
    assert_eq!(one, all(2));
    assert_eq!(one, all(5));
    assert_eq!(one, format!("{:?}", outcomes(&pieces, &arms, 2)));
}

#[test]
fn a_plan_held_against_itself_does_not_differ() {
    let same = [((2, 2), 4)];
    let arms = [arm("one", &same, Policy::Closest), arm("other", &same, Policy::Closest)];
    let told = outcomes(&[busy_day(4, 200)], &arms, 4);
    let told = compare(&told[0], &told[1]);
    assert_eq!(told.basis, Basis::Seeds);
    let mean = told.mean_ms.unwrap();
    assert_eq!((mean.mean.abs() < 1e-12, mean.pairs, mean.lower, mean.higher), (true, 4, 0, 0));
}

#[test]
fn chance_in_common_makes_a_difference_surer() {
    let arms = [
        arm("corner", &[((0, 0), 6)], Policy::Closest),
        arm("middle", &[((3, 3), 6)], Policy::Closest),
    ];
    let told = outcomes(&[busy_day(5, 120)], &arms, 12);
    let pair = compare(&told[0], &told[1]).mean_ms.unwrap();
    let mut apart = told[1].clone();
    // The same runs, but each against another's chance.
    apart.cells.rotate_left(5);
    let apart = compare(&told[0], &apart).mean_ms.unwrap();
    let width = |of: Option<[f64; 2]>| of.map(|[low, high]| high - low).unwrap();
    assert!(width(pair.interval) < width(apart.interval), "{pair:?} {apart:?}");
    assert!(pair.mean < 0.0 && pair.interval.unwrap()[1] < 0.0, "{pair:?}");
}

#[test]
fn days_like_the_record_are_observations() {
    let record = busy_day(6, 150);
    let days: Vec<Piece> = (1..=5).map(|day| resampled(&record, day, 600_000, 1)).collect();
    let arms = [
        arm("corner", &[((0, 0), 5)], Policy::Closest),
        arm("two", &[((1, 1), 3), ((6, 6), 2)], Policy::Closest),
    ];
    let told = outcomes(&days, &arms, 2);
    let told = compare(&told[0], &told[1]);
    let mean = told.mean_ms.unwrap();
    assert_eq!((told.basis, mean.observations, mean.pairs), (Basis::Pieces, 5, 10));
}

#[test]
fn a_drive_takes_the_time_of_the_road_and_a_unit_is_sent_from_where_it_is() {
    // The post is at the west end; the second call comes when the unit is half way home from the first.
    let stay = |call| lasting(60_000, call);
    let calls = vec![
        stay(call(1, 0, "noise", 5, corner(7, 0))),
        stay(call(2, 70_000 + 60_000 + 35_000, "noise", 5, corner(7, 0))),
    ];
    let piece = piece(3_600_000, calls);
    let arm = arm("one", &[((0, 0), 1)], Policy::Closest);
    let answer = |returning| {
        let behaviour = Behaviour { returning, ..at_once() };
        let seen = watch(&town(), &behaviour, &piece, &arm, 1, settings(1), &mut |_| {}).unwrap();
        seen.calls.iter().map(|one| one.on_scene.unwrap().0).collect::<Vec<_>>()
    };
    assert_eq!(answer(Returning::Free), [70_000, 35_000]);
    assert_eq!(answer(Returning::Busy), [70_000, 35_000 + 70_000]);
}

#[test]
fn the_urgent_take_units_off_what_can_wait() {
    let calls = vec![
        call(1, 0, "noise", 5, corner(7, 0)),
        call(2, 30_000, "weapon", 1, corner(0, 3)),
        call(3, 31_000, "noise", 5, corner(0, 1)),
    ];
    let piece = piece(7_200_000, calls);
    let arm = arm("one", &[((0, 0), 1)], Policy::Closest);
    let seen = watch(&town(), &at_once(), &piece, &arm, 1, settings(1), &mut |_| {}).unwrap();
    let there: Vec<u32> = seen.calls.iter().map(|one| one.on_scene.unwrap().0).collect();
    // Three streets back, three north.
    assert_eq!(there[1], 60_000);
    assert!(there[0] < there[2] && there[0] > 60_000, "{there:?}");
    assert_eq!(seen.calls[0].sent, 2);
}

#[test]
fn crews_are_on_duty_when_the_plan_says() {
    let mut plan_of = arm("night", &[((0, 0), 2)], Policy::Closest);
    for crew in &mut plan_of.plan.crews {
        crew.on = daily(20, 4);
    }
    let calls = vec![
        call(1, 12 * 3_600_000, "noise", 5, corner(1, 0)),
        call(2, 21 * 3_600_000, "noise", 5, corner(1, 0)),
    ];
    let piece = piece(24 * 3_600_000, calls);
    let told = trial(&town(), &at_once(), &[piece], &[plan_of], settings(1), &Unwatched).unwrap();
    let tally = &told[0].tally;
    assert_eq!(tally.on_duty_ms, 2 * 8 * 3_600_000);
    let all = tally.responses(|_, _| true);
    assert_eq!(all.ms, [10_000, 8 * 3_600_000 + 10_000]);
}

#[test]
fn a_closed_street_makes_a_way_longer_and_a_change_says_so() {
    let calls = vec![call(1, 0, "noise", 5, corner(7, 0))];
    let piece = piece(3_600_000, calls);
    let open = arm("open", &[((0, 0), 1)], Policy::Closest);
    let mut closed = open.clone();
    let town = town();
    let map = town.networks.each().next().unwrap().1.map();
    let first_row = map.segment_ids().filter(|&id| {
        let ends = map.segment(id);
        [ends.from, ends.to].iter().all(|&node| map.node_at(node).lat() == 0)
    });
    closed.plan.change(&[Change::Close(first_row.skip(2).take(1).collect())]).unwrap();
    let arms = [open, closed];
    let told = trial(&town, &at_once(), &[piece], &arms, settings(1), &Unwatched).unwrap();
    let there = told.iter().map(|one| one.tally.responses(|_, _| true).ms[0]);
    assert_eq!(there.collect::<Vec<_>>(), [70_000, 90_000]);
    let km = told.iter().map(|one| one.tally.driven.0 / 110_000).collect::<Vec<_>>();
    assert_eq!(km, [14, 18]);
}

#[test]
fn an_eye_on_cover_sends_another_and_a_shadow_counts_it() {
    // Two crews near the call: the one a little farther away covers what nobody else does not.
    let calls: Vec<_> =
        (0..10).map(|n| call(n, n as i64 * 3_000_000, "noise", 5, corner(2, 0))).collect();
    let piece = piece(30_000_000, calls);
    let mut aware = arm(
        "aware",
        &[((0, 0), 1), ((5, 0), 1), ((5, 1), 1)],
        Policy::CoverAware(CoverAware { detour: Millis::from_minutes(2), ..CoverAware::default() }),
    );
    aware.shadow = Some(Policy::Closest);
    let told = trial(&town(), &at_once(), &[piece], &[aware], settings(1), &Unwatched).unwrap();
    let tally = &told[0].tally;
    assert!(tally.shadow.decisions == 10 && tally.shadow.differ > 5, "{:?}", tally.shadow);
    assert!(tally.shadow.later_ms < 0 && tally.regret.0 > 0, "{:?}", tally.shadow);
}

#[test]
fn whoever_watches_counts_the_runs_and_may_stop() {
    struct Counts(AtomicUsize, usize);
    impl Observer for Counts {
        fn done(&self, runs: usize) {
            assert_eq!(runs, 6);
            self.0.fetch_add(1, Ordering::Relaxed);
        }
        fn stop(&self) -> bool {
            self.0.load(Ordering::Relaxed) >= self.1
        }
    }
    let arms = ["one", "two"].map(|name| arm(name, &[((0, 0), 2)], Policy::Closest));
    let run = |counts: &Counts| {
        trial(&town(), &at_once(), &[busy_day(1, 20)], &arms, settings(3), counts)
    };
    let all = Counts(AtomicUsize::new(0), usize::MAX);
    let whole = run(&all).unwrap();
    assert_eq!(all.0.into_inner(), 6);
    assert!(matches!(run(&Counts(AtomicUsize::new(0), 0)), Err(TrialError::Stopped)));
    // Stopped after five of six, on one thread: the two pairs that are whole, as they are in the whole.
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let part = alone.install(|| run(&Counts(AtomicUsize::new(0), 5))).unwrap();
    for (part, whole) in part.iter().zip(&whole) {
        assert_eq!((part.cells.len(), part.tally.runs), (2, 2));
        assert!(part.cells.iter().all(|cell| whole.cells.contains(cell)));
    }
    let told = precinct_whatif::compare(&part[0], &part[1]);
    assert_eq!(told.mean_ms.unwrap().observations, 2);
}

#[test]
fn a_part_of_the_town_has_figures_of_its_own_and_changes_nothing() {
    let arms = [
        arm("corner", &[((0, 0), 5)], Policy::Closest),
        arm("two", &[((1, 1), 3), ((6, 6), 2)], Policy::Closest),
    ];
    let (pieces, behaviour) = ([busy_day(7, 150)], Behaviour::default());
    let told = |part: Option<Within<'_>>| {
        let town = town();
        trial_of_part((&town, part), &behaviour, &pieces, &arms, settings(3), &Unwatched).unwrap()
    };
    let west = |call: &Call| call.at.lon() <= corner(3, 0).lon();
    let (none, part, whole) = (told(None), told(Some(&west)), told(Some(&|_: &Call| true)));
    for ((none, part), whole) in none.iter().zip(&part).zip(&whole) {
        assert_eq!((&none.cells, &none.tally.by), (&part.cells, &part.tally.by));
        assert!(none.part.is_empty() && none.tally.part.is_empty());
        assert_eq!(whole.part, whole.cells);
    }
    assert_eq!(compare_part(&none[0], &none[1]), None);
    let compared = compare_part(&part[0], &part[1]).unwrap();
    assert_eq!((compared.km, compared.covered, compared.mean_ms.unwrap().pairs), (None, None, 3));
    // Against one run, call by call.
    let seen = answers(&town(), &behaviour, &pieces[0], &arms[1], 1, settings(1)).unwrap().calls;
    let there: Vec<u32> = pieces[0]
        .calls
        .iter()
        .zip(&seen)
        .filter(|(call, _)| pieces[0].counts(call) && west(call))
        .filter_map(|(_, answered)| answered.on_scene.map(|time| time.0))
        .collect();
    let mean = there.iter().copied().map(f64::from).sum::<f64>() / there.len() as f64;
    assert!(there.len() > 30 && there.len() < 120, "{}", there.len());
    assert!((part[1].part[0].mean_ms.unwrap() - mean).abs() < 1e-6);
}

#[test]
fn what_cannot_be_is_told() {
    let mut wrong = arm("wrong", &[((0, 0), 1)], Policy::Closest);
    wrong.plan.crews[0].unit.home = Some(PostId(9));
    let told = trial(&town(), &at_once(), &[busy_day(1, 5)], &[wrong], settings(1), &Unwatched);
    let told = told.unwrap_err().to_string();
    assert!(told.contains("\"wrong\"") && told.contains("a unit is refused"), "{told}");
}

#[test]
fn with_no_room_for_times_the_answers_are_the_same() {
    let arms = [arm("one", &[((0, 0), 3), ((5, 5), 3)], Policy::Closest)];
    let told = |room| {
        let settings = Settings { room, ..settings(2) };
        let behaviour = Behaviour::default();
        let pieces = [busy_day(8, 150)];
        format!("{:?}", trial(&town(), &behaviour, &pieces, &arms, settings, &Unwatched).unwrap())
    };
    assert_eq!(told(0), told(1 << 30));
    assert_eq!(told(2_000), told(1 << 30));
}

#[test]
fn hours_of_a_crew_are_hours_of_the_week() {
    let mut plan = plan(&[((0, 0), 1)]);
    let off: Hours = [HourOfWeek::new(3).unwrap()].into_iter().collect();
    plan.change(&[Change::TakeOff { unit: UnitId(1), off }]).unwrap();
    assert_eq!(plan.crews[0].on.count(), 167);
}
