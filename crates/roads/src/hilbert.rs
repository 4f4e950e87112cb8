//! The Hilbert curve: an order of places in which neighbours in the order are neighbours on the ground, so that a search that
//! grows round a place reads memory that lies together.
//!
//! D. Hilbert, *Über die stetige Abbildung einer Linie auf ein Flächenstück*, Math. Annalen 38 (1891); the bitwise walk is the one
//! given by H. S. Warren, *Hacker's Delight*, 2nd ed., chapter 16.

use precinct_base::{Bounds, LonLat, Plane};

/// Bits per coordinate: cells of about a metre in a box of 60 km.
const BITS: u32 = 16;

/// The distance along a Hilbert curve of 2^32 cells over a square, of the cell in column `x` and row `y`.
pub(crate) const fn distance(x: u16, y: u16) -> u32 {
    let (mut x, mut y) = (x as u32, y as u32);
    let mut along = 0;
    let mut side = 1 << (BITS - 1);
    while side > 0 {
        let right = (x & side > 0) as u32;
        let upper = (y & side > 0) as u32;
        along += side * side * ((3 * right) ^ upper);
        if upper == 0 {
            if right == 1 {
                x = ((1 << BITS) - 1) - x;
                y = ((1 << BITS) - 1) - y;
            }
            (x, y) = (y, x);
        }
        side /= 2;
    }
    along
}

/// Orders places of one box along the curve.
pub(crate) struct Curve {
    bounds: Bounds,
    plane: Plane,
    side_mm: u64,
}

impl Curve {
    /// The curve over the square that holds `bounds`, measured on the ground so that cells are square.
    pub(crate) fn over(bounds: Bounds) -> Self {
        let plane = Plane::at(bounds.centre().lat());
        let (east, north) = plane.vector(bounds.min(), bounds.max());
        Self { bounds, plane, side_mm: east.max(north).unsigned_abs().max(1) }
    }

    /// How far along the curve `place` is.
    pub(crate) fn key(&self, place: LonLat) -> u32 {
        let (east, north) = self.plane.vector(self.bounds.min(), place);
        let cell = |mm: i64| {
            let scaled =
                u128::from(mm.max(0).unsigned_abs()) * ((1 << BITS) - 1) / u128::from(self.side_mm);
            scaled.min((1 << BITS) - 1) as u16
        };
        distance(cell(east), cell(north))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_visits_neighbours_in_turn() {
        // Every cell of the first 64 × 64 corner is visited once, each next to the one before.
        let mut cells: Vec<(u32, i32, i32)> = Vec::new();
        for x in 0..64u16 {
            for y in 0..64u16 {
                cells.push((distance(x, y), i32::from(x), i32::from(y)));
            }
        }
        cells.sort_unstable();
        for (i, pair) in cells.windows(2).enumerate() {
            assert_eq!(pair[0].0 as usize, i);
            assert_eq!(
                (pair[0].1 - pair[1].1).abs() + (pair[0].2 - pair[1].2).abs(),
                1,
                "{pair:?}"
            );
        }
    }

    #[test]
    fn places_outside_the_box_are_kept_at_its_edge() {
        let at = |lon, lat| LonLat::new(lon, lat).unwrap();
        let curve = Curve::over(Bounds::new(at(0, 0), at(1_000, 1_000)).unwrap());
        assert_eq!(curve.key(at(-5, -5)), curve.key(at(0, 0)));
        assert_eq!(Curve::over(Bounds::around([at(7, 7)]).unwrap()).key(at(7, 7)), 0);
    }
}
