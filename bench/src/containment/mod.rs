//! Keeping somebody in: a thousand who left, on New York and San Francisco, each plan walked through by a search of its own.

mod check;
mod peers;

use std::path::Path;

use precinct_base::{Millis, NodeId, UnitId};
use precinct_bench::ny;
use precinct_bench::results::{Markdown, cores, figure, grouped};
use precinct_bench::timing::{Times, microseconds};
use precinct_containment::{Order, Pace, Plan, ProofKind, Quarry, Question, Solver, UnitAt};
use precinct_osm::{ClassSpeeds, Clip, RoadOptions, Silent, read_roads};
use precinct_roads::{Network, Profile};

pub(crate) use self::peers::dump;

const INCIDENTS: usize = 1_000;
/// They left so long ago, and are to be kept in what they can reach in so long.
const AGO: Millis = Millis(120_000);
const BALL: Millis = Millis(600_000);
const SETUP: Millis = Millis(30_000);

/// A city, and how many junctions there are for each unit.
struct Town {
    name: &'static str,
    network: Network,
    units: Vec<UnitAt>,
}

impl Town {
    fn new(name: &'static str, network: Network, junctions_a_unit: usize) -> Self {
        let count = network.map().node_count() / junctions_a_unit;
        let unit = |(number, at)| UnitAt {
            unit: UnitId(number),
            profile: Profile::PoliceCar,
            at,
            delay: Millis::ZERO,
            holds: None,
        };
        let units = (0..).zip(ny::places(&network, count)).map(unit).collect();
        Self { name, network, units }
    }

    fn ask(&self, node: u32) -> Question<'_> {
        let left = ny::at_node(&self.network, NodeId(node));
        let quarry = Quarry { roads: &self.network, pace: Pace::ONE, left, seen: &[] };
        let question = Question::new(quarry, AGO, &self.units).with_network(&self.network);
        Question { horizon: BALL, setup: SETUP, ..question }
    }
}

/// The whole section of the results.
pub(crate) fn report(folder: &Path) -> String {
    let mut table = Markdown::new(&[
        "city",
        "job",
        "p50",
        "p99",
        "junctions",
        "units",
        "points",
        "sealed",
        "fewest",
        "assignment",
        "impossible",
        "bound",
        "unknown",
    ]);
    for town in towns(folder) {
        measure(&town, &mut table);
    }
    format!(
        "## Containment\n\nMade by `cargo run --profile bench -p precinct-bench -- containment` on {} cores, one thread: {} who left two \
         minutes ago by car, to be kept within what they can reach in ten, a point set up in 30 seconds; from the places to the plan \
         with its proof, memory warm. Junctions, units that could be of use and points are the middle ones; the last five columns are what \
         was proven, see [containment.md](../docs/containment.md). Each plan that seals is walked through by a plain search that knows \
         when each point closes, and each unit's time is computed anew; had one been wrong, there would be no table.\n\n{}",
        cores(),
        grouped(INCIDENTS as u64),
        table.text()
    )
}

fn towns(folder: &Path) -> Vec<Town> {
    let mut towns = vec![Town::new("New York", ny::load(folder), 250)];
    let extract = folder.with_file_name("sf").join("san-francisco.osm.pbf");
    if extract.is_file() {
        let (clip, speeds) = (Clip::default(), ClassSpeeds::default());
        let options = RoadOptions { clip: &clip, speeds: &speeds, progress: &Silent };
        let roads = read_roads(&extract, &options).expect("the extract can be read");
        towns.push(Town::new("San Francisco", ny::network(ny::map(&roads.draft)), 100));
    }
    towns
}

fn measure(town: &Town, table: &mut Markdown) {
    let mut solver = Solver::default();
    let nodes = ny::sources(town.network.map().node_count(), INCIDENTS);
    let asked: Vec<Question<'_>> = nodes.iter().map(|&node| town.ask(node)).collect();
    let mut solve = |question: &Question<'_>| {
        microseconds(|| solver.solve(question).expect("it is a fair question"))
    };
    // Once unmeasured, so that memory is there.
    solve(&asked[0]);
    for (job, effort) in [("a plan", None), ("a plan, no cut after the first (effort 0)", Some(0))]
    {
        let told = asked.iter().map(|question| {
            let question = Question { effort: effort.unwrap_or(question.effort), ..*question };
            let (time, plan) = solve(&question);
            check::holds(&question, &plan);
            (time, plan)
        });
        let (times, plans): (Vec<f64>, Vec<Plan>) = told.unzip();
        row(table, town.name, job, (&times, &plans));
        if effort.is_none() {
            later(town, table, &mut solve, (&asked, &plans));
        }
    }
}

/// One second later everybody is where they were, and the orders were given.
fn later(
    town: &Town,
    table: &mut Markdown,
    solve: &mut impl FnMut(&Question<'_>) -> (f64, Plan),
    (asked, plans): (&[Question<'_>], &[Plan]),
) {
    let (times, later): (Vec<f64>, Vec<Plan>) = asked
        .iter()
        .zip(plans)
        .filter(|(_, plan)| plan.sealed)
        .map(|(question, plan)| {
            let previous: Vec<Order> = plan.orders().collect();
            let now = Millis(question.now.0 + 1_000);
            let question = Question { now, previous: &previous, ..*question };
            let (time, plan) = solve(&question);
            check::holds(&question, &plan);
            (time, plan)
        })
        .unzip();
    row(table, town.name, "a second later, orders given", (&times, &later));
}

fn row(table: &mut Markdown, town: &str, job: &str, (times, plans): (&[f64], &[Plan])) {
    let times: Times = times.iter().copied().collect();
    let ms = |share| format!("{} ms", figure(times.quantile(share) / 1e3));
    let middle = |size: fn(&Plan) -> usize| {
        let mut all: Vec<usize> = plans.iter().map(size).collect();
        all.sort_unstable();
        grouped(all.get(all.len() / 2).copied().unwrap_or(0) as u64)
    };
    let of = |count: usize| format!("{} of {}", grouped(count as u64), grouped(plans.len() as u64));
    let proven = |kind| {
        let count = plans.iter().filter(|plan| plan.proof.kind == kind).count();
        grouped(count as u64)
    };
    table.row(&[
        town,
        job,
        &ms(0.5),
        &ms(0.99),
        &middle(|plan| plan.size.nodes as usize),
        &middle(|plan| plan.size.units as usize),
        &middle(Plan::cut_size),
        &of(plans.iter().filter(|plan| plan.sealed).count()),
        &proven(ProofKind::Fewest),
        &proven(ProofKind::Assignment),
        &proven(ProofKind::Impossible),
        &proven(ProofKind::Bound),
        &proven(ProofKind::Unknown),
    ]);
}
