//! Places found by name: real cities, real queries with the answers they must have, and thousands of made ones.

mod cities;
mod made;
mod tables;

use std::fmt::Write as _;

use precinct_bench::results::{Markdown, cores, figure, grouped};
use precinct_bench::timing::{Times, microseconds};
use precinct_gazetteer::{Gazetteer, Query};

use cities::Town;
use made::{Made, Way};

/// Queries made of each city in each way.
const EACH: usize = 1_000;
/// Rounds in which every query is asked.
const ROUNDS: usize = 3;

/// The report; nothing without the cities' data.
pub(crate) fn report() -> Option<String> {
    let towns = [cities::san_francisco()?, cities::macau()?];
    let mut sizes = Markdown::new(&[
        "city",
        "addresses",
        "streets",
        "crossings",
        "posts, sites, areas",
        "keys",
        "built in",
        "memory",
    ]);
    let mut times = Markdown::new(&[
        "city",
        "query",
        "p50 µs",
        "p99 µs",
        "longest µs",
        "found first",
        "in the first ten",
    ]);
    for (town, table) in towns.into_iter().zip([tables::SAN_FRANCISCO, tables::MACAU]) {
        let Town { name, roads, places, addresses } = town;
        let made = made::queries(&roads, &addresses, EACH);
        let (built_us, gazetteer) = microseconds(|| Gazetteer::build(&roads, places, addresses));
        sizes.row(&size(name, &gazetteer, built_us));
        tables::hold(name, &gazetteer, table);
        measure(name, &gazetteer, &made, &mut times);
    }
    let mut text = format!(
        "## Places by name\n\nMade by `cargo run --profile bench -p precinct-bench -- gazetteer` on {} cores, one thread.\n\n",
        cores()
    );
    let rows = tables::SAN_FRANCISCO.len() + tables::MACAU.len();
    let _ = write!(
        text,
        "{}\nThe first answers to {rows} written queries are those they must be, or there would be no table. Below, {} queries made of each \
         city in each way, each asked {ROUNDS} times for ten answers; the quickest of these counts:\n\n{}",
        sizes.text(),
        grouped(EACH as u64),
        times.text()
    );
    Some(text)
}

fn size(name: &str, gazetteer: &Gazetteer, built_us: f64) -> [String; 8] {
    let size = gazetteer.size();
    let count = |n: usize| grouped(n as u64);
    [
        name.to_owned(),
        count(size.addresses),
        count(size.streets),
        count(size.crossings),
        count(size.places),
        count(size.keys),
        format!("{} ms", figure(built_us / 1e3)),
        format!("{} MB", figure(size.bytes as f64 / 1e6)),
    ]
}

fn measure(name: &str, gazetteer: &Gazetteer, made: &[Made], table: &mut Markdown) {
    let mut all = Vec::new();
    for way in Way::ALL {
        let queries: Vec<&Made> = made.iter().filter(|one| one.way == way).collect();
        if queries.is_empty() {
            continue;
        }
        let times: Times = queries.iter().map(|one| quickest(gazetteer, &one.text)).collect();
        let share = |within: usize| {
            let found = queries.iter().filter(|one| found(gazetteer, one, within)).count();
            format!("{} %", figure(found as f64 * 100.0 / queries.len() as f64))
        };
        if way.is_whole() {
            let lost: Vec<String> = queries
                .iter()
                .filter(|one| !found(gazetteer, one, 10))
                .map(|one| format!("{} {} by {}", one.label, one.other, one.text))
                .collect();
            assert!(lost.is_empty(), "not found in {name}: {lost:#?}");
        }
        row(table, name, way.name(), &times, share(1), share(10));
        all.push(times);
    }
    row(table, name, "**all**", &Times::merged(all), String::new(), String::new());
}

/// Microseconds of the quickest of all rounds: what else the machine does is no part of an answer's time.
fn quickest(gazetteer: &Gazetteer, text: &str) -> f64 {
    let rounds = (0..ROUNDS).map(|_| microseconds(|| ask(gazetteer, text)).0);
    rounds.fold(f64::INFINITY, f64::min)
}

fn row(table: &mut Markdown, city: &str, way: &str, times: &Times, first: String, ten: String) {
    let figures = [0.5, 0.99, 1.0].map(|share| figure(times.quantile(share)));
    let [p50, p99, longest] = figures;
    table.row(&[city.to_owned(), way.to_owned(), p50, p99, longest, first, ten]);
}

fn ask(gazetteer: &Gazetteer, text: &str) -> Vec<precinct_gazetteer::Hit> {
    gazetteer.search(&Query { text, ..Query::default() })
}

/// Whether what the query was made of is among the first answers.
fn found(gazetteer: &Gazetteer, one: &Made, within: usize) -> bool {
    ask(gazetteer, &one.text).iter().take(within).any(|hit| one.is(hit))
}
