//! New York, the routing field's common yardstick.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use precinct_base::{HourOfWeek, Millis};
use precinct_osm::{Silent, TimeUnit, read_dimacs};
use precinct_roads::{Fingerprint, Network, Profile, RoadMap, SpeedTable};

/// The limit every search here has.
pub const LIMIT: Millis = Millis(300_000);

/// The folder with the New York files: under `PRECINCT_DATA`, else under `../shared/data` beside the checkout.
pub fn folder() -> Option<PathBuf> {
    let root = std::env::var_os("PRECINCT_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"),
        PathBuf::from,
    );
    Some(root.join("ny")).filter(|folder| folder.join("USA-road-t.NY.gr.gz").is_file())
}

/// Reads and builds the network.
///
/// # Panics
/// If the files are damaged: there is nothing to measure then.
pub fn load(folder: &Path) -> Network {
    let graph = folder.join("USA-road-t.NY.gr.gz");
    let coordinates = folder.join("USA-road-d.NY.co.gz");
    let unit = TimeUnit { numerator: 36, denominator: 10 };
    let roads = read_dimacs(&graph, &coordinates, unit, &Silent).expect("the New York files can be read");
    let map = RoadMap::build(&roads.draft, Fingerprint::default()).expect("New York is a road map");
    Network::new(Arc::new(map), Profile::PoliceCar, &SpeedTable::as_imported(), HourOfWeek::default())
}

/// `count` node indices, the same every time: xorshift64 (G. Marsaglia, *Xorshift RNGs*, J. Stat. Softw. 8 (2003)).
pub fn sources(nodes: usize, count: usize) -> Vec<u32> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % nodes as u64) as u32
    };
    (0..count).map(|_| next()).collect()
}
