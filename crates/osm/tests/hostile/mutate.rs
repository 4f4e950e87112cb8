//! Small files with random damage: thousands of them, the same ones in every run.

use precinct_osm::write::Packing;
use precinct_osm::{
    Clip, Format, OsmError, TimeUnit, read_dimacs_bytes, read_places_bytes, read_scenery_bytes,
};

use crate::common::{Map, at, gzip, read_roads};
use crate::within_memory;

/// Damaged copies of each file.
const COPIES: u64 = 1_500;

/// Numbers by `SplitMix64` (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// Does one to four kinds of damage.
    fn damage(&mut self, file: &[u8]) -> Vec<u8> {
        let mut bytes = file.to_vec();
        for _ in 0..=self.below(4) {
            let (from, length) = (self.below(bytes.len()), self.below(16));
            let to = (from + length).min(bytes.len());
            match self.below(7) {
                0 if from < bytes.len() => bytes[from] ^= 1 << self.below(8),
                1 if from < bytes.len() => {
                    bytes[from] = [0, 1, 0x7f, 0x80, 0xff, b'<', b'"', b'9'][self.below(8)];
                }
                2 => drop(bytes.drain(from..to)),
                3 => drop(bytes.splice(from..from, [0xff; 9].into_iter().chain([1]))),
                4 => {
                    let copy = bytes[from..to].to_vec();
                    let place = self.below(bytes.len());
                    drop(bytes.splice(place..place, copy));
                }
                5 => bytes.truncate(from),
                _ => bytes[from..to].fill(0xff),
            }
        }
        bytes
    }
}

fn map() -> Map<'static> {
    const PARISH: &[(&str, &str)] =
        &[("type", "boundary"), ("boundary", "administrative"), ("admin_level", "6")];
    Map::new()
        .nodes(1..=6)
        .tag(3, &[("barrier", "bollard")])
        .node(7, at(1, 3), &[("amenity", "police"), ("name", "警务站")])
        .way(
            1,
            &[1, 2, 3, 4],
            &[("highway", "primary"), ("maxspeed", "30 mph"), ("name", "大马路")],
        )
        .way(
            2,
            &[4, 5, 6, 4],
            &[("highway", "residential"), ("oneway", "-1"), ("access", "private")],
        )
        .way(3, &[1, 7, 6, 1], &[("building", "apartments"), ("building:levels", "12")])
        .way(4, &[1, 7, 6], &[])
        .way(5, &[6, 1], &[("landuse", "residential")])
        .way(6, &[2, 7, 4], &[("natural", "coastline")])
        .relation(1, &[(4, "outer"), (5, "outer"), (3, "inner")], PARISH)
}

fn named(error: &OsmError) {
    let text = error.to_string();
    assert!(
        text.starts_with("test")
            || text.starts_with("graph.gr")
            || text.starts_with("coordinates.co"),
        "{text}"
    );
}

fn read_all(format: Format, seed: u64, whole: &[u8]) {
    let mut random = Random(seed);
    for copy in 0..COPIES {
        let file = random.damage(whole);
        within_memory(&format!("{format:?} {seed} {copy}"), || {
            let _ = read_roads(format, &file, &Clip::Everything).inspect_err(named);
            let _ = read_places_bytes("test", format, &file, &Clip::Everything).inspect_err(named);
            let _ = read_scenery_bytes("test", format, &file, &Clip::Everything).inspect_err(named);
        });
    }
}

#[test]
fn damaged_pbf() {
    read_all(Format::Pbf, 1, &map().pbf(Packing::Raw));
    read_all(Format::Pbf, 2, &map().pbf(Packing::Zlib));
}

#[test]
fn damaged_xml() {
    read_all(Format::Xml, 3, &map().xml());
    read_all(Format::XmlGzip, 4, &gzip(&map().xml()));
}

#[test]
fn damaged_dimacs() {
    let graph = b"c arcs\np sp 3 5\na 1 2 10\na 2 1 10\na 2 3 7\na 3 3 1\na 1 3 20\n";
    let places =
        b"p aux sp co 3\nv 1 -73530767 41085396\nv 2 -73530538 41086098\nv 3 -73519366 41048796\n";
    let unit = TimeUnit { numerator: 36, denominator: 10 };
    let mut random = Random(5);
    for copy in 0..COPIES {
        let (mut graph, mut places) = (graph.to_vec(), places.to_vec());
        if copy % 4 == 3 {
            (graph, places) = (gzip(&graph), gzip(&places));
        }
        if copy % 2 == 0 {
            graph = random.damage(&graph);
        } else {
            places = random.damage(&places);
        }
        within_memory(&format!("dimacs {copy}"), || {
            let _ = read_dimacs_bytes(&graph, &places, unit).inspect_err(named);
        });
    }
}
