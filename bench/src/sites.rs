//! New York as a siting problem: junctions drawn as candidates, every junction demand, who reaches whom in three minutes.

use precinct_base::{Millis, NodeId};
use precinct_planner::{Aim, Ask, Demand, Rows, Table};
use precinct_roads::{Network, Scratch, Way};

use crate::ny;

/// Candidates drawn.
pub const CANDIDATES: usize = 2_000;
/// Posts to choose.
pub const POSTS: usize = 100;
/// The time within which demand is to be reached.
pub const WITHIN: Millis = Millis(180_000);

/// The reach table: one search from each candidate, each junction one of demand.
///
/// # Panics
/// If the table does not hold it; New York's does.
pub fn table(network: &Network) -> Table {
    let nodes = network.map().node_count();
    let mut reached: Vec<Vec<(u32, Millis)>> = vec![Vec::new(); nodes];
    let mut scratch = Scratch::default();
    for (candidate, node) in (0..).zip(ny::sources(nodes, CANDIDATES)) {
        let source = [(NodeId(node), Millis::ZERO)];
        let reach = network.reach_from_nodes(&mut scratch, &source, WITHIN, Way::Out);
        for (node, time) in reach.nodes().filter(|one| one.1 <= WITHIN) {
            reached[node.index()].push((candidate, time));
        }
    }
    let mut table = Table::new(CANDIDATES, 1).expect("few candidates");
    for row in &reached {
        let one = Demand { weights: &[1], grade: 0, area: None };
        table.push(&one, row).expect("candidates in order");
    }
    table
}

/// The question: as much demand as can be, by so many posts.
pub fn ask() -> Ask {
    Ask::new(Aim::Cover, Some(POSTS), vec![WITHIN])
}

/// Demand that a choice covers, counted row by row of the table.
pub fn covered(table: &Table, chosen: &[u32]) -> u64 {
    let near = |&row: &usize| {
        table.row(row).any(|(one, time)| time <= WITHIN && chosen.binary_search(&one).is_ok())
    };
    (0..table.len()).filter(near).map(|row| table.weight(row, &[])).sum()
}

/// Rows as text for other programs: posts, candidates and rows, then a row a line as its weight and who covers it.
pub fn written(rows: &Rows) -> String {
    use std::fmt::Write as _;
    let mut text = format!("{POSTS} {} {}\n", rows.candidates(), rows.len());
    for row in 0..rows.len() {
        // Writing into a string cannot fail.
        let _ = write!(text, "{}", rows.weight(row));
        for one in rows.coverers(row) {
            let _ = write!(text, " {one}");
        }
        text.push('\n');
    }
    text
}

/// Rows as text before any merging: one for each place of demand.
pub fn written_plain(table: &Table) -> String {
    use std::fmt::Write as _;
    let mut text = format!("{POSTS} {} {}\n", table.candidates(), table.len());
    for row in 0..table.len() {
        let _ = write!(text, "{}", table.weight(row, &[]));
        for (one, _) in table.row(row) {
            let _ = write!(text, " {one}");
        }
        text.push('\n');
    }
    text
}
