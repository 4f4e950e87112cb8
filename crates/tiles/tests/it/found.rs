//! Which features are in a tile, held against looking at all of them.

use precinct_base::LonLat;
use precinct_tiles::{About, BaseMap, Layer, Shape, TileId};
use proptest::prelude::*;

use crate::decode;
use crate::whole::{at, feature};

/// Where a place is at zoom 16, in tile units: the textbook formula, in floating point.
fn spot(place: LonLat) -> (f64, f64) {
    let (lon, lat) = place.degrees();
    let side = f64::from(1 << 28);
    let y = libm::asinh(libm::tan(lat.to_radians())) / std::f64::consts::PI;
    ((lon + 180.0) / 360.0 * side, (1.0 - y) / 2.0 * side)
}

/// Whether a segment passes the box of that half width round a middle, by separating axes.
fn passes(a: (f64, f64), b: (f64, f64), middle: (f64, f64), half: f64) -> bool {
    let (ax, ay, bx, by) = (a.0 - middle.0, a.1 - middle.1, b.0 - middle.0, b.1 - middle.1);
    let apart = |p: f64, q: f64| p.min(q) > half || p.max(q) < -half;
    let (nx, ny) = (ay - by, bx - ax);
    !apart(ax, bx) && !apart(ay, by) && (nx * ax + ny * ay).abs() <= half * (nx.abs() + ny.abs())
}

type Line = Vec<(i32, i32)>;

proptest! {
    #[test]
    fn a_tile_has_the_lines_that_pass_it(
        lines in prop::collection::vec(prop::collection::vec((-300..1_300, -300..1_300), 2..80), 1..60),
        tile in (0..4u32, 0..4u32),
    ) {
        let shape = |line: &Line| Shape::Line(line.iter().map(|&(x, y)| at(x, y)).collect());
        let features = lines.iter().enumerate().map(|(i, line)| feature(Layer::Road, &format!("{i:03}"), shape(line)));
        let map = BaseMap::build(features, About::default()).unwrap();
        let (x, y) = (13_359 * 4 + tile.0, 7_155 * 4 + tile.1);
        let tile = decode::tile(&map.tile(TileId::new(16, x, y).unwrap()));
        let found: Vec<usize> = tile.iter().map(|one| one.class().parse().unwrap()).collect();
        let middle = (f64::from(x) * 4096.0 + 2048.0, f64::from(y) * 4096.0 + 2048.0);
        for (i, line) in lines.iter().enumerate() {
            let spots: Vec<_> = line.iter().map(|&(x, y)| spot(at(x, y))).collect();
            let within = |half: f64| spots.windows(2).any(|ends| passes(ends[0], ends[1], middle, half));
            // Half a tile and the buffer are 2,112; rounding blurs the edge by a unit or two.
            prop_assert!(!within(2_109.0) || spots.iter().all(|one| *one == spots[0]) || found.contains(&i), "{} is missing", i);
            prop_assert!(within(2_115.0) || !found.contains(&i), "{} is too much", i);
        }
    }

    #[test]
    fn a_point_is_in_one_tile(x in -300..1_300, y in -300..1_300) {
        let map = BaseMap::build([feature(Layer::Place, "city", Shape::Point(at(x, y)))], About::default()).unwrap();
        let (column, row) = (spot(at(x, y)).0 as u32 / 4096, spot(at(x, y)).1 as u32 / 4096);
        let mut found = 0;
        for tile_x in column - 1..=column + 1 {
            for tile_y in row - 1..=row + 1 {
                found += decode::tile(&map.tile(TileId::new(16, tile_x, tile_y).unwrap())).len();
            }
        }
        prop_assert_eq!(found, 1);
    }
}
