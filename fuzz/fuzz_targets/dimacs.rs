//! DIMACS: a graph and its coordinates, parted at the first zero byte.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precinct_osm::{TimeUnit, read_dimacs_bytes};

fuzz_target!(|data: &[u8]| {
    let at = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let (graph, coordinates) = data.split_at(at);
    let coordinates = coordinates.get(1..).unwrap_or_default();
    let unit = TimeUnit { numerator: 36, denominator: 10 };
    let _ = read_dimacs_bytes(graph, coordinates, unit);
    // Coordinates that are right, so that damage to the graph alone is looked at too.
    let right =
        b"p aux sp co 3\nv 1 -73530767 41085396\nv 2 -73530538 41086098\nv 3 -73519366 41048796\n";
    let _ = read_dimacs_bytes(graph, right, unit);
});
