//! Where units are: fixes heard, views made, the nearest found, at the scale of a nation.

mod alone;
mod day;
mod system;

use precinct_base::{LonLat, Metres, Timestamp, UnitId};
use precinct_bench::crowd::{self, Dice, UNITS};
use precinct_bench::results::{Markdown, cores, grouped};
use precinct_positions::{Fix, Heard, Positions, Reader, Rules, Tally};

/// How many are asked for, within how far.
const NEAREST: usize = 10;
const LIMIT: Metres = Metres(5_000);
/// Fixes in one batch, as a gateway sends them.
const BATCH: usize = 4_096;
/// Answers held against a look at every unit.
const CHECKED: usize = 200;

/// A crowd on duty, and what is told of it.
struct Bench {
    positions: Positions,
    units: Vec<LonLat>,
    order: Vec<u32>,
    dice: Dice,
    now: Timestamp,
}

impl Bench {
    fn new(units: Vec<LonLat>) -> Self {
        let mut positions = Positions::new(Rules::default());
        let now = Timestamp(1_790_000_000_000);
        for unit in 0..units.len() as u32 {
            positions.begin_tour(UnitId(unit), now).expect("units within the limit");
        }
        let mut dice = Dice(3);
        let mut order: Vec<u32> = (0..units.len() as u32).collect();
        dice.shuffle(&mut order);
        Self { positions, units, order, dice, now }
    }

    /// A second goes by: the fixes of it, one a unit.
    fn second(&mut self) -> Vec<Fix> {
        self.now = Timestamp(self.now.0 + 1_000);
        crowd::fixes(&mut self.units, &self.order, self.now, &mut self.dice)
    }

    fn hear(&mut self, fixes: &[Fix]) {
        let taken = hear(&mut self.positions, self.now, fixes);
        assert_eq!(taken, Tally { taken: fixes.len() as u64, ..Tally::default() });
    }

    /// Holds some answers against a look at every unit.
    fn check(&self) {
        check(&self.positions.reader(), &self.units);
    }
}

/// Hears fixes in batches.
fn hear(positions: &mut Positions, now: Timestamp, fixes: &[Fix]) -> Tally {
    let before = *positions.tally();
    for batch in fixes.chunks(BATCH) {
        match positions.accept_batch(now, batch.iter().copied(), |_, _| {}) {
            Heard::Calm(_) => {}
            Heard::Sos { calls, .. } => panic!("nobody calls for help here: {calls:?}"),
        }
    }
    let after = positions.tally();
    Tally {
        taken: after.taken - before.taken,
        jump: after.left_out() - before.left_out(),
        ..Tally::default()
    }
}

fn check(reader: &Reader, units: &[LonLat]) {
    let view = reader.view();
    assert_eq!(view.len(), units.len());
    for at in crowd::incidents(units, CHECKED, 5) {
        let truth = crowd::naive_nearest(units, at, NEAREST, LIMIT.millimetres().0);
        let found: Vec<(u64, u32)> = view
            .nearest(at, NEAREST, LIMIT)
            .iter()
            .map(|near| (near.distance.0, near.position.unit.0))
            .collect();
        assert_eq!(found, truth, "the units nearest to {at}");
    }
}

/// The section of the results.
pub(crate) fn report(seconds: u64) -> String {
    let bytes = memory(crowd::nation(UNITS));
    let mut table = Markdown::new(&["job", "nation", "one city", "checked"]);
    let crowds = [crowd::nation(UNITS), crowd::city(UNITS)];
    let columns = crowds.map(|crowd| alone::measure(Bench::new(crowd)));
    let [nation, city] = &columns;
    for ((job, nation, checked), (_, city, _)) in nation.iter().zip(city) {
        table.row(&[job.as_str(), nation, city, checked]);
    }
    let day = day::measure(Bench::new(crowd::nation(UNITS)), seconds);
    format!(
        "## Positions\n\nMade by `cargo run --profile bench -p precinct-bench -- positions --seconds {seconds} --write` on {} cores: {} units, each with a fix a \
         second in an order drawn at random, in batches of {}; the nearest {NEAREST} within {LIMIT} of places near units. The nation is 5,000 towns \
         over 60° by 35°, the city some hundred kilometres wide. A unit takes {bytes} bytes, with three views of it.\n\nOne thread, one thing at a time, in \
         processor time as the system counts it for the thread:\n\n{}\n{day}",
        cores(),
        grouped(UNITS as u64),
        grouped(BATCH as u64),
        table.text(),
    )
}

/// Bytes of memory for each unit, while readers hold two views and a third is published.
fn memory(units: Vec<LonLat>) -> u64 {
    let before = system::resident();
    let count = units.len() as u64;
    let mut bench = Bench { order: Vec::new(), ..Bench::new(units) };
    let mut held = Vec::new();
    for _ in 0..3 {
        bench.now = Timestamp(bench.now.0 + 1_000);
        for (unit, at) in bench.units.iter().enumerate() {
            let fix = Fix::new(UnitId(unit as u32), *at, bench.now);
            let taken = hear(&mut bench.positions, bench.now, &[fix]);
            assert_eq!(taken.taken, 1);
        }
        bench.positions.tick(bench.now);
        held.push(bench.positions.reader().view());
    }
    system::resident().saturating_sub(before) / count
}
