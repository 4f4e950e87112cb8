//! Blind areas: fields where most street is out of reach, and the ground round their streets.

use precinct_base::{Metres, MultiPolygon};
use precinct_roads::{OutlineStyle, outline};

use super::frame::{Frame, Point};
use super::grid::Grid;
use super::streets::Street;
use super::svg::Tenths;

/// Side of a grid cell, in tenths of a pixel.
const CELL: Tenths = 70;
/// A field of fewer cells than this is too small to be seen as an area.
const FEWEST: usize = 8;
/// A cell is blind where at least this share of the street round it is out of reach, in percent.
const SHARE: u64 = 55;
/// How far round a street out of reach a blind area runs, in pixels.
const AROUND: i64 = 9;
/// Holes less than this many pixels across are filled.
const HOLE: i64 = 40;

/// The blind areas; `beyond` is the band out of reach.
pub(crate) fn areas(frame: &Frame, streets: &[Street], beyond: usize) -> MultiPolygon {
    let mut grid = Grid::over(frame.at, frame.size, CELL);
    let points = |street: &Street| -> Vec<Point> {
        street.shape.iter().map(|&place| frame.point(place)).collect()
    };
    let mut lengths = vec![[0u64; 2]; grid.len()];
    for street in streets {
        let blind = usize::from(street.band >= beyond);
        for pair in points(street).windows(2) {
            sample(&grid, &mut lengths, blind, pair[0], pair[1]);
        }
    }
    mark(&mut grid, &lengths);
    let in_field = |&point: &Point| grid.cell_of(point).is_some_and(|cell| grid.is_marked(cell));
    let blind = streets
        .iter()
        .filter(|street| street.band >= beyond && points(street).iter().any(in_field));
    let metres = |px: i64| frame.mm_per_px() * px / 1_000;
    let style = OutlineStyle {
        radius: Metres(metres(AROUND).clamp(1, 1_000_000) as u32),
        smallest_hole_m2: metres(HOLE).pow(2) as u64,
        smallest_hole_one_in: 0,
    };
    outline(blind.map(|street| &street.shape), &style)
}

/// Marks the cells that are blind, but for fields too small to be seen.
fn mark(grid: &mut Grid, lengths: &[[u64; 2]]) {
    for cell in 0..grid.len() {
        let (mut within, mut out) = (0, 0);
        for near in grid.around(cell) {
            within += lengths[near][0];
            out += lengths[near][1];
        }
        if out > 0 && out * 100 >= (within + out) * SHARE {
            grid.mark(cell);
        }
    }
    grid.keep_fields(|field| {
        let has_street = |&&cell: &&usize| lengths[cell][1] > 0;
        field.iter().filter(has_street).count() >= FEWEST
    });
}

/// Adds the length of a line to the cells it crosses, in steps of about a quarter of a cell.
fn sample(grid: &Grid, lengths: &mut [[u64; 2]], blind: usize, a: Point, b: Point) {
    let (x, y) = (i64::from(b.0 - a.0), i64::from(b.1 - a.1));
    let length = (x * x + y * y).isqrt();
    let steps = length / i64::from(CELL / 4) + 1;
    for step in 0..steps {
        let along = |from: i32, by: i64| from + (by * (2 * step + 1) / (2 * steps)) as i32;
        if let Some(cell) = grid.cell_of((along(a.0, x), along(a.1, y))) {
            lengths[cell][blind] += (length / steps).max(1) as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use precinct_base::{Bounds, LonLat};
    use precinct_roads::RoadClass;

    use super::*;

    fn at(lon: i32, lat: i32) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    /// Streets each 20 px of a square of 400 px, out of reach east of `limit`.
    fn streets(limit: i32) -> Vec<Street> {
        let mut all = Vec::new();
        for x in 0..20 {
            for y in 0..20 {
                let (from, to) = (at(x * 5_000, y * 5_000), at(x * 5_000, y * 5_000 + 5_000));
                let band = usize::from(x >= limit) * 3;
                all.push(Street { shape: vec![from, to], class: RoadClass::Residential, band });
            }
        }
        all
    }

    #[test]
    fn the_blind_half_is_outlined_and_nothing_else() {
        let frame =
            Frame::over(Bounds::new(at(0, 0), at(100_000, 100_000)).unwrap(), (0, 0), 4_000, 9_000);
        let half = areas(&frame, &streets(10), 3);
        let west = half.bounds().unwrap().min().lon();
        assert!((45_000..50_000).contains(&west), "{west}");
        assert!(areas(&frame, &streets(20), 3).0.is_empty());
    }

    #[test]
    fn a_single_dead_end_is_no_area() {
        let frame =
            Frame::over(Bounds::new(at(0, 0), at(100_000, 100_000)).unwrap(), (0, 0), 4_000, 9_000);
        let mut all = streets(20);
        all.push(Street {
            shape: vec![at(50_000, 50_000), at(51_000, 50_000)],
            class: RoadClass::Service,
            band: 3,
        });
        assert!(areas(&frame, &all, 3).0.is_empty());
    }
}
