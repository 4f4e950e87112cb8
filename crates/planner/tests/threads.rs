//! The same plan, bound and work for any number of threads, on an instance that has to be searched; and cancelling keeps the best.

use std::ops::ControlFlow;

use precinct_base::Millis;
use precinct_planner::{
    Aim, Answer, Ask, Candidate, Demand, Effort, PerMille, Plane, Point, Progress, Rows, Table,
    Unwatched, solve, solve_rows,
};

/// Numbers from a seed.
fn drawn(mut state: u64) -> impl FnMut() -> u64 {
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    }
}

fn rows() -> Rows {
    let mut next = drawn(7);
    let mut point = || Point { x: (next() % 1_000) as i64, y: (next() % 1_000) as i64 };
    let candidates: Vec<Point> = (0..60).map(|_| point()).collect();
    let places: Vec<Point> = (0..900).map(|_| point()).collect();
    let weight = |i: usize| 1 + (i as u64 * 7_919) % 97;
    Plane::new(candidates, 150 * 150).merge(places.len(), |i| (places[i], weight(i)))
}

fn answer(rows: &Rows, aim: Aim) -> Answer {
    let ask = Ask::new(aim, Some(12), vec![Millis(150)]);
    let candidates = [Candidate::default(); 60];
    let effort = Effort { nodes: 400, ..Effort::default() };
    solve_rows(rows, &candidates, &ask, &effort, &mut Unwatched).unwrap()
}

#[test]
fn any_number_of_threads_gives_the_same() {
    let rows = rows();
    for aim in [Aim::Cover, Aim::Backup, Aim::DoubleStandard { once: PerMille(100) }] {
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| answer(&rows, aim))
        };
        let one = with(1);
        assert_eq!((with(2), with(3), with(8)), (one.clone(), one.clone(), one));
    }
}

#[test]
fn sums_beyond_all_values_bound_nothing_and_break_nothing() {
    let mut table = Table::new(40, 1).unwrap();
    let mut next = drawn(11);
    for _ in 0..60 {
        let row: Vec<(u32, Millis)> =
            (0..40).map(|one| (one, Millis(1 + (next() % 3_000_000_000) as u32))).collect();
        let demand = Demand { weights: &[1_000 + next() % 900_000], grade: 0, area: None };
        table.push(&demand, &row).unwrap();
    }
    let ask = Ask::new(Aim::Median, Some(30), Vec::new());
    let effort = Effort { turns: 2, node_turns: 1, nodes: 20, passes: 1 };
    let candidates = [Candidate::default(); 40];
    let hasty = solve(&table, &candidates, &ask, &effort, &mut Unwatched).unwrap();
    let whole = solve(&table, &candidates, &ask, &Effort::default(), &mut Unwatched).unwrap();
    assert!(whole.proven && whole.objective <= hasty.objective, "{whole:?} {hasty:?}");
    assert!(hasty.bound <= whole.objective, "{hasty:?}");
}

#[test]
fn what_is_cancelled_keeps_its_best_and_a_bound_that_holds() {
    let rows = rows();
    let best = answer(&rows, Aim::Backup);
    assert!(best.proven);
    let ask = Ask::new(Aim::Backup, Some(12), vec![Millis(150)]);
    let mut heard = 0;
    let mut watch = |progress: &Progress| {
        heard += 1;
        let crossed = progress.objective.zip(progress.bound).is_some_and(|one| one.0 > one.1);
        assert!(!crossed, "{progress:?}");
        if heard > 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let effort = Effort::default();
    let early = solve_rows(&rows, &[Candidate::default(); 60], &ask, &effort, &mut watch).unwrap();
    assert!(early.cancelled && early.objective <= best.objective && early.bound >= best.objective);
    assert_eq!(early.chosen.len(), 12);
}
