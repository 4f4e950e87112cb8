//! DIMACS graphs: arcs paired into segments, times exact, faults by row.

use precinct_base::Millis;
use precinct_osm::{OsmError, Roads, TimeUnit, read_dimacs_bytes};
use precinct_roads::{Along, Profile, RoadClass};
use proptest::prelude::*;

use crate::common::gzip;

const UNIT: TimeUnit = TimeUnit { numerator: 36, denominator: 10 };
const PLACES: &str = "c places\np aux sp co 3\nv 1 -73530767 41085396\nv 2 -73530538 41086098\nv 3 -73519366 41048796\n";

fn read(graph: &str, coordinates: &str) -> Result<Roads, OsmError> {
    read_dimacs_bytes(graph.as_bytes(), coordinates.as_bytes(), UNIT)
}

/// From, to, and the times there and back.
fn arcs(roads: &Roads) -> Vec<(i64, i64, Option<u32>, Option<u32>)> {
    let id = |node: u32| roads.draft.nodes[node as usize].osm_id;
    let time = |times: &precinct_roads::Times, along| {
        times.get(Profile::PoliceCar, along).map(|time| time.0)
    };
    let segments = roads.draft.segments.iter();
    segments
        .map(|it| {
            (
                id(it.from),
                id(it.to),
                time(&it.times, Along::Forward),
                time(&it.times, Along::Backward),
            )
        })
        .collect()
}

#[test]
fn arcs_there_and_back_are_one_segment() {
    let graph =
        "p sp 3 8\na 1 2 100\na 2 1 100\na 3 2 7\na 2 3 9\na 1 3 5\na 1 3 4\na 3 1 6\na 2 2 1\n";
    let roads = read(graph, PLACES).unwrap();
    assert_eq!(
        arcs(&roads),
        [
            (1, 2, Some(360), Some(360)),
            (1, 3, Some(14), Some(22)),
            (1, 3, Some(18), None),
            (2, 2, Some(4), None),
            (2, 3, Some(32), Some(25)),
        ]
    );
    assert_eq!((roads.report.car_arcs, roads.report.segments, roads.report.graph_nodes), (8, 5, 3));
    let segment = &roads.draft.segments[0];
    assert_eq!(segment.class, RoadClass::Timed);
    assert!(segment.times.get(Profile::Foot, Along::Forward).is_none());
    assert!((80_000..81_000).contains(&segment.length.0), "{:?}", segment.length);
    assert_eq!(roads.draft.nodes[0].at.to_string(), "-73.5307670,41.0853960");
}

#[test]
fn gzip_is_told_by_its_first_bytes() {
    let graph = "p sp 3 1\na 1 2 100\n";
    let plain = read(graph, PLACES).unwrap();
    let packed =
        read_dimacs_bytes(&gzip(graph.as_bytes()), &gzip(PLACES.as_bytes()), UNIT).unwrap();
    assert_eq!(arcs(&plain), arcs(&packed));
    let cut = gzip(graph.as_bytes());
    assert!(read_dimacs_bytes(&cut[..cut.len() - 4], PLACES.as_bytes(), UNIT).is_err());
}

#[test]
fn faults_name_the_row() {
    let graphs = [
        ("p sp 3 1\na 1 4 5\n", 2, "there is no node 4"),
        ("p sp 3 1\nc\na 0 1 5\n", 3, "there is no node 0"),
        ("p sp 3 1\na 1 2 -5\n", 2, "not a whole number"),
        ("p sp 3 1\na 1 2 4294967295\n", 2, "longer than 49 days"),
        ("p sp 3 1\na 1 2\n", 2, "write \"p sp NODES ARCS\""),
        ("p sp 3 1\na 1 2 3 4 5 6 7\n", 2, "write \"p sp NODES ARCS\""),
        ("p sp 3 2\na 1 2 3\n", 2, "the file has 1 arcs, and its \"p\" row says 2 arcs"),
        ("a 1 2 3\n", 1, "its \"p\" row says nothing"),
        ("p sp 4000000000 1\na 1 2 3\n", 1, "the coordinates file has 3 nodes"),
        ("", 0, "its \"p\" row says nothing"),
    ];
    for (graph, row, expected) in graphs {
        let error = read(graph, PLACES).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("graph.gr, row {row}: ")) && error.contains(expected),
            "{graph}: {error}"
        );
    }
    let places = [
        ("p aux sp co 1\nv 1 180000001 0\n", 2, "off the earth"),
        ("p aux sp co 1\nv 1 x 0\n", 2, "not a whole number"),
        ("p aux sp co 2\nv 1 0 0\nv 1 0 0\n", 3, "node 1 is given twice"),
        ("p aux sp co 2\nv 1 0 0\nv 3 0 0\n", 3, "node 2 is missing"),
        ("p aux sp co 9\nv 1 0 0\n", 2, "the file has 1 nodes"),
        ("v\n", 1, "write \"p aux sp co NODES\""),
    ];
    for (coordinates, row, expected) in places {
        let error = read("p sp 1 0\n", coordinates).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("coordinates.co, row {row}: ")),
            "{coordinates}: {error}"
        );
        assert!(error.contains(expected), "{coordinates}: {error}");
    }
    let long = format!("c {}\n", "x".repeat(5_000));
    assert!(read(&long, PLACES).unwrap_err().to_string().contains("row 1: the row is longer"));
}

#[test]
fn a_unit_has_to_be_a_time() {
    for (numerator, denominator) in [(0, 1), (1, 0), (1_000_001, 1)] {
        let unit = TimeUnit { numerator, denominator };
        assert!(matches!(read_dimacs_bytes(b"", b"", unit), Err(OsmError::Unit { .. })));
    }
    assert_eq!(UNIT.time(u32::MAX), None);
    assert_eq!(UNIT.time(3), Some(Millis(11)));
}

proptest! {
    #[test]
    fn every_arc_is_kept_once(given in prop::collection::vec((1_i64..=3, 1_i64..=3, 0_u32..50), 0..40)) {
        let rows: Vec<_> = given.iter().map(|(from, to, units)| format!("a {from} {to} {units}")).collect();
        let roads = read(&format!("p sp 3 {}\n{}", given.len(), rows.join("\n")), PLACES).unwrap();
        let mut found: Vec<_> = arcs(&roads)
            .into_iter()
            .flat_map(|(from, to, there, back)| [there.map(|ms| (from, to, ms)), back.map(|ms| (to, from, ms))])
            .flatten()
            .collect();
        let mut given: Vec<_> = given.iter().map(|&(from, to, units)| (from, to, UNIT.time(units).unwrap().0)).collect();
        found.sort_unstable();
        given.sort_unstable();
        prop_assert_eq!(found, given);
    }
}
