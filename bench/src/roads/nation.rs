//! The nearest units at the scale of a nation: New York laid out ninety times.

use std::path::Path;
use std::process::Command;

use precinct_base::LonLat;
use precinct_bench::ny;
use precinct_bench::results::{figure, grouped};
use precinct_bench::timing::median;
use precinct_roads::{Draft, DraftNode, Fleet, Scratch};

use super::units::{DENSITY, NEAREST, check, rate};
use super::{ROUNDS, import};

const COLUMNS: i32 = 10;
const ROWS: i32 = 9;
/// Between one New York and the next, in 1e-7 degrees: more than its width and its height.
const APART: (i32, i32) = (11_000_000, 13_000_000);
const QUERIES: usize = 20_000;

/// The row of the table, measured in a process of its own so that its memory is given back.
pub(super) fn row() -> [String; 4] {
    let program = std::env::current_exe().expect("this program has a file");
    let output = Command::new(program).arg("nation").output();
    let output = output.expect("this program can be started again");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let mut cells = text.trim().split('\t').map(str::to_owned);
    std::array::from_fn(|_| cells.next().unwrap_or_default())
}

/// Measures and tells the cells of the row.
pub(crate) fn measure(folder: &Path) -> String {
    let network = {
        let map = ny::map(&tiled(ny::draft(folder)));
        ny::network(map)
    };
    let nodes = network.map().node_count();
    let count = nodes / DENSITY;
    let mut places = ny::places(&network, count + QUERIES);
    let incidents = places.split_off(count);
    let fleet = Fleet::new(&network, places.clone());
    check(&network, &fleet, &places, &incidents);
    let mut scratch = Scratch::default();
    let rates = (0..ROUNDS).map(|_| rate(&network, &fleet, &mut scratch, &incidents));
    let answered = format!("{} a second", figure(median(rates)));
    let memory =
        import::peak_kb().map_or_else(String::new, |kb| format!(", {:.1} GB", kb as f64 / 1e6));
    let job = format!(
        "nearest {NEAREST} of {} units on {} nodes (New York {} times{memory})",
        grouped(count as u64),
        grouped(nodes as u64),
        COLUMNS * ROWS
    );
    [&job, &answered, "30,000 a second", "100 against a search of everything"].join("\t")
}

/// The same roads again and again, side by side.
fn tiled(city: Draft) -> Draft {
    let tiles = (COLUMNS * ROWS) as usize;
    let nodes = city.nodes.len() as u32;
    let mut nation = Draft { names: city.names, ..Draft::default() };
    nation.nodes.reserve_exact(city.nodes.len() * tiles);
    nation.segments.reserve_exact(city.segments.len() * tiles);
    for tile in 0..COLUMNS * ROWS {
        let (east, north) = (tile % COLUMNS * APART.0, tile / COLUMNS * APART.1);
        let moved = |node: &DraftNode| {
            let at = LonLat::new(node.at.lon() + east, node.at.lat() + north);
            DraftNode {
                osm_id: node.osm_id + i64::from(tile) * i64::from(nodes),
                at: at.unwrap_or(node.at),
            }
        };
        nation.nodes.extend(city.nodes.iter().map(moved));
        nation.segments.extend(city.segments.iter().cloned().map(|mut segment| {
            segment.from += tile as u32 * nodes;
            segment.to += tile as u32 * nodes;
            segment
        }));
    }
    nation
}
