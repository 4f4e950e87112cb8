//! New York, the routing field's common yardstick.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use precinct_base::{HourOfWeek, Millimetres, Millis, NodeId, SegmentId};
use precinct_osm::{Silent, TimeUnit, read_dimacs};
use precinct_roads::{
    Along, Draft, Fingerprint, Network, Profile, RoadMap, Side, Snap, SpeedTable,
};

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

/// Reads the roads.
///
/// # Panics
/// If the files are damaged: there is nothing to measure then.
pub fn draft(folder: &Path) -> Draft {
    let graph = folder.join("USA-road-t.NY.gr.gz");
    let coordinates = folder.join("USA-road-d.NY.co.gz");
    let unit = TimeUnit { numerator: 36, denominator: 10 };
    read_dimacs(&graph, &coordinates, unit, &Silent).expect("the New York files can be read").draft
}

/// Builds the road map.
///
/// # Panics
/// If the draft is no road map.
pub fn map(draft: &Draft) -> Arc<RoadMap> {
    Arc::new(RoadMap::build(draft, Fingerprint::default()).expect("the draft is a road map"))
}

/// The network of a map as imported.
pub fn network(map: Arc<RoadMap>) -> Network {
    Network::new(map, Profile::PoliceCar, &SpeedTable::as_imported(), HourOfWeek::default())
}

/// Reads and builds the network.
///
/// # Panics
/// If the files are damaged: there is nothing to measure then.
pub fn load(folder: &Path) -> Network {
    network(map(&draft(folder)))
}

/// A place exactly at a node.
///
/// # Panics
/// If no road comes to the node; in New York one comes to each.
pub fn at_node(network: &Network, node: NodeId) -> Snap {
    let (segment, along) = network.segments_at(node).next().expect("a road comes to every node");
    let length = network.map().segment(segment).length;
    let offset = if along == Along::Forward { Millimetres(0) } else { length };
    let at = network.map().node_at(node);
    Snap { segment, offset, side: Side::On, at, distance: Millimetres(0) }
}

/// `count` places inside segments, the same every time. Where they lie on the ground is left out: no search asks.
pub fn places(network: &Network, count: usize) -> Vec<Snap> {
    let mut next = xorshift(88_172_645_463_325_252 + 1);
    let segments = network.map().segment_count() as u64;
    let mut place = || {
        let segment = SegmentId((next() % segments) as u32);
        let length = network.map().segment(segment).length.0;
        let offset = Millimetres(next() % (length + 1));
        let at = network.map().node_at(network.map().segment(segment).from);
        Snap { segment, offset, side: Side::On, at, distance: Millimetres(0) }
    };
    (0..count).map(|_| place()).collect()
}

/// `count` node indices, the same every time.
pub fn sources(nodes: usize, count: usize) -> Vec<u32> {
    let mut next = xorshift(88_172_645_463_325_252);
    (0..count).map(|_| (next() % nodes as u64) as u32).collect()
}

/// G. Marsaglia, *Xorshift RNGs*, J. Stat. Softw. 8 (2003).
fn xorshift(mut state: u64) -> impl FnMut() -> u64 {
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    }
}
