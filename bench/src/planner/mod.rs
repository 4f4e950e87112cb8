//! Where posts go: New York proven, and more demand than a table holds, each with its answer counted again.

use precinct_base::Millis;
use precinct_bench::results::{Markdown, cores, figure, grouped};
use precinct_bench::timing::{median, microseconds};
use precinct_bench::{ny, sites};
use precinct_planner::{
    Aim, Answer, Ask, Candidate, Effort, Plane, Point, Rows, Unwatched, solve_rows,
};

/// Times each question is asked.
const ROUNDS: usize = 3;
/// Demand generated on a plane.
const PLACES: usize = 20_000_000;
/// Candidates on it, how far each covers, and how many are chosen.
const SPOTS: usize = 100;
const SIDE: u64 = 100_000;
const RADIUS: u64 = 12_000;
const CHOSEN: usize = 15;

/// The section of the results.
pub(crate) fn report(folder: &std::path::Path) -> String {
    let mut table =
        Markdown::new(&["problem", "demand", "rows", "covered", "merged in", "solved in", "nodes"]);
    new_york(folder, &mut table);
    generated(&mut table);
    format!(
        "## Where posts go\n\nMade by `cargo run --profile bench -p precinct-bench -- planner --write` on {} cores. Medians of \
         {ROUNDS} rounds. Each plan is proven: no choice covers more. What it covers is counted again place by place, and \
         each round gives the same plan, or there would be no table. New York: {} junctions drawn as candidates, every \
         junction demand of one, {} posts, 3 minutes by road. Generated: places in clusters on a square of 100 km, {SPOTS} \
         candidates that cover 12 km, {CHOSEN} chosen; who covers whom is part of the time of merging.\n\n{}",
        cores(),
        grouped(sites::CANDIDATES as u64),
        sites::POSTS,
        table.text()
    )
}

fn new_york(folder: &std::path::Path, table: &mut Markdown) {
    let network = ny::load(folder);
    let reached = sites::table(&network);
    let ask = sites::ask();
    let merge = || Rows::of(&reached, &ask);
    let (rows, merged, answer, solved) = measured(merge, &ask);
    assert_eq!(sites::covered(&reached, &answer.chosen), answer.objective, "counted again");
    row(table, "New York", &rows, &answer, (merged, solved));
}

fn generated(table: &mut Markdown) {
    let spots: Vec<Point> = (0..SPOTS).map(|i| place(i + PLACES).0).collect();
    let plane = Plane::new(spots.clone(), RADIUS * RADIUS);
    let ask = Ask::new(Aim::Cover, Some(CHOSEN), vec![Millis(RADIUS as u32)]);
    let (rows, merged, answer, solved) = measured(|| plane.merge(PLACES, place), &ask);
    let near = |at: Point| {
        answer.chosen.iter().any(|&one| spots[one as usize].square_to(at) <= RADIUS * RADIUS)
    };
    let counted: u64 = (0..PLACES).map(place).filter(|one| near(one.0)).map(|one| one.1).sum();
    assert_eq!(counted, answer.objective, "counted again");
    row(table, "generated", &rows, &answer, (merged, solved));
}

/// The rows and the answer, and the seconds each took.
fn measured(merge: impl Fn() -> Rows, ask: &Ask) -> (Rows, f64, Answer, f64) {
    let mut times = [Vec::new(), Vec::new()];
    let mut kept: Option<(Rows, Answer)> = None;
    for _ in 0..ROUNDS {
        let (merging, rows) = microseconds(&merge);
        let candidates = vec![Candidate::default(); rows.candidates()];
        let (solving, answer) = microseconds(|| {
            solve_rows(&rows, &candidates, ask, &Effort::default(), &mut Unwatched)
        });
        let answer = answer.expect("there is a plan");
        assert!(answer.proven && answer.gap() == 0, "proven");
        times[0].push(merging / 1e6);
        times[1].push(solving / 1e6);
        assert!(kept.as_ref().is_none_or(|kept| kept.1 == answer), "the same each time");
        kept = Some((rows, answer));
    }
    let [merging, solving] = times.map(median);
    let (rows, answer) = kept.expect("there was a round");
    (rows, merging, answer, solving)
}

fn row(
    table: &mut Markdown,
    name: &str,
    rows: &Rows,
    answer: &Answer,
    (merged, solved): (f64, f64),
) {
    let share = answer.objective as f64 / rows.total() as f64 * 100.0;
    table.row(&[
        name.to_owned(),
        grouped(rows.places()),
        grouped(rows.len() as u64),
        format!("{share:.2} %"),
        format!("{} s", figure(merged)),
        format!("{} s", figure(solved)),
        grouped(answer.work.nodes),
    ]);
}

/// A place of demand by its number: in one of sixty clusters, denser towards its middle.
fn place(number: usize) -> (Point, u64) {
    let mut next = drawn(number as u64);
    let mut middle = drawn(next() % 60 + 1_000_000_007);
    let spread = 2_000 + middle() % 14_000;
    let (x, y) = (middle() % SIDE, middle() % SIDE);
    let mut off = || {
        let four = (0..4).map(|_| next() % (2 * spread)).sum::<u64>();
        four as i64 / 2 - 2 * spread as i64
    };
    let at = Point { x: x as i64 + off(), y: y as i64 + off() };
    (at, 1 + next() % 5)
}

/// Numbers from a seed: Steele, Lea & Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014.
fn drawn(mut state: u64) -> impl FnMut() -> u64 {
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = state;
        word = (word ^ word >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ word >> 31
    }
}
