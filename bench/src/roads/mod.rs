//! The figures of the road engine.

mod batch;
mod file;
pub(crate) mod import;
pub(crate) mod nation;
mod reach;
mod units;

use std::path::Path;
use std::sync::Arc;

use precinct_bench::ny;
use precinct_bench::results::{Markdown, cores, grouped};

/// Rounds of which the medians are told.
const ROUNDS: usize = 7;

/// The whole section of the results.
pub(crate) fn report(folder: &Path, nation: bool) -> String {
    let draft = ny::draft(folder);
    let map = ny::map(&draft);
    let network = ny::network(Arc::clone(&map));
    let mut jobs = Markdown::new(&["job", "figure", "at least", "checked"]);
    let reach = reach::measure(&network, &mut jobs);
    units::measure(&network, &mut jobs);
    if nation {
        jobs.row(&nation::row());
    }
    batch::measure(&network, &mut jobs);
    file::measure(&draft, &network, &mut jobs);
    let command = if nation { "roads --nation" } else { "roads" };
    let (nodes, segments) = (map.node_count() as u64, map.segment_count() as u64);
    [
        "## Roads".to_owned(),
        format!(
            "Made by `cargo run --profile bench -p precinct-bench -- {command}` on {} cores. New York of the 9th DIMACS challenge, \
             travel times, one unit 3.6 ms: {} nodes, {} segments. Medians of {ROUNDS} rounds in which the searches take turns; the \
             clock of a search from one source runs until every node of its answer has been read. A wrong answer ends the run.",
            cores(),
            grouped(nodes),
            grouped(segments),
        ),
        reach,
        jobs.text().trim_end().to_owned(),
        "Imports, each in a process of its own, with default speeds and no clip:".to_owned(),
        import::table().text().to_owned(),
    ]
    .join("\n\n")
}
