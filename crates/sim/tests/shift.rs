//! Shifts that never were: nothing that must hold is ever broken, and what is broken on purpose is found.

use precinct_sim::shift::{Counts, Faults, Invariant, Plan, Report, run, run_watched, shrink};

fn whole(plan: Plan) -> Report {
    let report = run(plan);
    if let Some(broken) = &report.broken {
        panic!("{broken}\n  {}", plan.command());
    }
    report
}

/// Two hours of a shift.
fn short(seed: u64) -> Plan {
    Plan { minutes: 120, ..Plan::new(seed) }
}

#[test]
fn whatever_goes_wrong_nothing_acknowledged_is_lost() {
    let mut counts = Counts::default();
    let (mut restarts, mut refused) = (0, 0);
    for seed in 0..40 {
        let report = whole(short(seed));
        assert!(report.acknowledged > 100, "seed {seed}: {}", report.acknowledged);
        counts.merge(&report.counts);
        restarts += report.restarts;
        refused += report.refused;
    }
    for &invariant in Invariant::ALL {
        assert!(counts.of(invariant) > 0, "{invariant} was never looked at");
    }
    assert!(restarts > 10 && refused > 1_000, "{restarts} restarts, {refused} refused");
}

#[test]
fn a_power_cut_at_any_storage_call_loses_nothing() {
    let plan = Plan { minutes: 8, units: 3, faults: Faults::NONE, ..Plan::new(5) };
    let calls = whole(plan).calls;
    assert!(calls > 50, "{calls}");
    for at in 0..calls {
        let report = whole(Plan { crash_at: Some(at), ..plan });
        assert_eq!(report.restarts, 1, "call {at}");
    }
}

#[test]
fn the_same_seed_gives_the_same_shift_to_the_byte() {
    for seed in [3, 4] {
        let (one, two) = (whole(short(seed)), whole(short(seed)));
        assert!(one.disk.records().eq(two.disk.records()));
        assert_eq!((one.state, one.counts, one.faults), (two.state, two.counts, two.faults));
        assert_ne!(one.disk.records().last(), whole(short(seed + 2)).disk.records().last());
    }
}

#[test]
fn a_disk_that_lies_is_found_out_and_the_shift_shrunk() {
    let lies = |seed| {
        let plan = Plan { lying_disk: true, ..short(seed) };
        run(plan).broken.map(|broken| (plan, broken))
    };
    let found: Vec<_> = (0..48).filter_map(lies).take(3).collect();
    assert!(!found.is_empty(), "a disk that loses what it said it had was believed");
    assert!(found.iter().any(|(_, broken)| broken.invariant == Invariant::AcknowledgedKept));
    let (plan, broken) = &found[0];
    let small = shrink(*plan, broken.invariant);
    assert!(small.minutes < plan.minutes, "{}", small.command());
    assert_eq!(run(small).broken.map(|broken| broken.invariant), Some(broken.invariant));
}

#[test]
fn a_shift_can_be_watched() {
    let plan = Plan { minutes: 10, ..Plan::new(1) };
    let (mut turns, mut asked) = (0, 0);
    let report = run_watched(plan, &mut |frame| {
        turns += 1;
        assert_eq!((frame.turn, frame.requests.len()), (turns, frame.outcomes.len()));
        asked += frame.requests.len();
    });
    assert!(report.broken.is_none() && turns > 20 && asked > 20);
    assert!(plan.command().starts_with("precinct sim run --seed 1 --minutes 10 "));
}
