//! A year of calls simulated, a hundred variants, and the same trace beside `SimPy`; each answer asserted.

mod day;
mod peer;
mod trace;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use precinct_base::{Millis, PostId};
use precinct_bench::ny;
use precinct_bench::results::{Markdown, cores, figure, grouped};
use precinct_bench::timing::microseconds;
use precinct_whatif::{
    Arm, Behaviour, Change, Observer, Outcome, Piece, Policy, Settings, Unwatched, compare,
    resampled, trial,
};

use self::day::Day;

const DAYS: u64 = 365;
/// Recorded days taken together as one: so that a year has about a million calls.
const TOGETHER: u64 = 2;
const VARIANTS: u32 = 100;
/// Calls in New York, each somewhere else.
const NEW_YORK: usize = 10_000;

/// Counts runs.
struct Counting(AtomicUsize);

impl Observer for Counting {
    fn done(&self, _: usize) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// The whole section; nothing where there is no San Francisco. `python` is an interpreter that has `SimPy`.
pub(crate) fn report(python: Option<&Path>) -> Option<String> {
    let day = Day::of_san_francisco()?;
    let mut table = Markdown::new(&["job", "figure", "at least", "checked"]);
    year(&day, &mut table);
    variants(&day, &mut table);
    peer::san_francisco(&day, python, &mut table);
    if let Some(folder) = ny::folder() {
        let day = Day::of_new_york(&folder, NEW_YORK);
        peer::new_york(&day, python, &mut table);
    }
    Some(format!(
        "## What-if\n\nMade by `cargo run --profile bench -p precinct-bench -- whatif --python PYTHON` on {} cores: San Francisco's roads \
         and ten stations with twelve crews each, days drawn from the {} located calls of 2024-01-08. Every call goes through the core \
         (taken in, sent, set out, there, cleared, closed, off the board) and each sending through the recommended set, by road from \
         where crews are. New York is the network of the 9th DIMACS challenge with a hundred posts of four crews and calls at \
         junctions drawn by lot. Each way of SimPy runs for at most 45 seconds, from the start of the trace. Had an answer been wrong, \
         there would be no table.\n\n{}",
        cores(),
        grouped(day.piece.calls.len() as u64),
        table.text()
    ))
}

fn settings() -> Settings {
    Settings { seeds: 1, look: Some(Millis::from_minutes(60)), ..Settings::default() }
}

fn year(day: &Day, table: &mut Markdown) {
    let pieces: Vec<Piece> =
        (0..DAYS).map(|number| resampled(&day.piece, number, 900_000, TOGETHER)).collect();
    let calls: usize = pieces.iter().map(|piece| piece.calls.len()).sum();
    let arms = [day.arm("year", Policy::Closest)];
    let behaviour = Behaviour::default();
    let run = |pieces: &[Piece]| {
        trial(&day.town, &behaviour, pieces, &arms, settings(), &Unwatched).expect("a trial")
    };
    let (us, told) = microseconds(|| run(&pieces));
    let all = told[0].tally.responses(|_, _| true);
    assert_eq!(all.calls(), calls as u64, "every call is told of");
    assert!(all.unknown < all.calls() / 100, "nearly all were come to");
    let again = run(&pieces[..7]);
    assert_eq!(again[0].cells[..], told[0].cells[..7], "a week by itself is the same week");
    table.row(&[
        &format!(
            "a year: {} calls in {DAYS} days, each from crews at their posts",
            grouped(calls as u64)
        ),
        &format!(
            "{} s; {} calls a second",
            figure(us / 1e6),
            grouped((calls as f64 / us * 1e6) as u64)
        ),
        "15 s",
        "every call told of; a week again",
    ]);
}

fn variants(day: &Day, table: &mut Markdown) {
    let posts = day.plan.posts.len() as u32;
    let variant = |number: u32| -> Arm {
        let mut arm = day.arm(&format!("variant {number}"), Policy::Closest);
        let (from, to) = (number % posts, number / posts % posts);
        let units = arm.plan.crews.iter().filter(|crew| crew.unit.home == Some(PostId(from)));
        let unit = units.map(|crew| crew.unit.unit).next();
        if let Some(unit) = unit {
            let change = Change::Rehome { unit, post: PostId(to) };
            arm.plan.change(&[change]).expect("both are there");
        }
        arm
    };
    let arms: Vec<Arm> = (0..VARIANTS).map(variant).collect();
    let counting = Counting(AtomicUsize::new(0));
    let pieces = [day.piece.clone()];
    let (us, told) = microseconds(|| {
        trial(&day.town, &Behaviour::default(), &pieces, &arms, settings(), &counting)
            .expect("a trial")
    });
    assert_eq!(counting.0.into_inner(), VARIANTS as usize, "every run is seen");
    let same: Vec<&Outcome> = told
        .iter()
        .zip(0..)
        .filter(|&(_, n)| n % posts == n / posts % posts)
        .map(|one| one.0)
        .collect();
    let alike = same.windows(2).all(|pair| pair[0].tally == pair[1].tally);
    assert!(same.len() > 5 && alike, "variants that change nothing are alike");
    let differ = compare(&told[0], &told[1]).mean_ms.is_some_and(|one| one.lower + one.higher > 0);
    assert!(differ, "a variant that changes something is not");
    table.row(&[
        &format!("{VARIANTS} variants of a day of {} calls", grouped(day.piece.calls.len() as u64)),
        &format!("{} s", figure(us / 1e6)),
        "",
        "those that change nothing are alike",
    ]);
}
