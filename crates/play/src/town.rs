//! For tests: a town of streets a hundred metres apart, every way at 10 m/s.

use std::sync::Arc;

use precinct_base::{HourOfWeek, LonLat, Millis, NameId, Plane};
use precinct_roads::{
    Along, Draft, DraftNode, DraftSegment, Fingerprint, Names, Network, Profile, RoadClass,
    RoadMap, SpeedTable, Times,
};

/// Streets each way.
const STREETS: i64 = 10;

/// So many metres east and north of its corner.
pub(crate) fn at(east: i64, north: i64) -> LonLat {
    let corner = LonLat::new(1_135_000_000, 222_000_000).unwrap();
    Plane::at(corner.lat()).offset(corner, east * 1_000, north * 1_000)
}

/// Its roads.
pub(crate) fn network() -> Network {
    let node = |x, y| (y * STREETS + x) as u32;
    let all = (0..STREETS).flat_map(|y| (0..STREETS).map(move |x| (x, y)));
    let nodes = all
        .clone()
        .map(|(x, y)| DraftNode { osm_id: i64::from(node(x, y)), at: at(x * 100, y * 100) });
    let mut draft = Draft { nodes: nodes.collect(), segments: Vec::new(), names: Names::default() };
    for (x, y) in all {
        for (x2, y2) in [(x + 1, y), (x, y + 1)] {
            if x2 < STREETS && y2 < STREETS {
                draft.segments.push(street(
                    (node(x, y), at(x * 100, y * 100)),
                    (node(x2, y2), at(x2 * 100, y2 * 100)),
                ));
            }
        }
    }
    let map = RoadMap::build(&draft, Fingerprint([0; 32])).unwrap();
    Network::new(
        Arc::new(map),
        Profile::PoliceCar,
        &SpeedTable::as_imported(),
        HourOfWeek::default(),
    )
}

fn street((from, a): (u32, LonLat), (to, b): (u32, LonLat)) -> DraftSegment {
    let mut times = Times::default();
    times.set(Profile::PoliceCar, Along::Forward, Some(Millis(10_000)));
    times.set(Profile::PoliceCar, Along::Backward, Some(Millis(10_000)));
    let length = Draft::length(&[a, b]);
    let (class, name) = (RoadClass::Residential, NameId(0));
    DraftSegment { from, to, shape: Vec::new(), length, class, name, way: i64::from(from), times }
}
