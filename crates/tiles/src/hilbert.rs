//! An order of the world in which neighbours stay near each other.
//!
//! D. Hilbert, *Über die stetige Abbildung einer Linie auf ein Flächenstück*, Math. Annalen 38 (1891); the bitwise walk is the one
//! given by H. S. Warren, *Hacker's Delight*, 2nd ed., chapter 16.

use crate::world::Point;

/// How far along a Hilbert curve through all the world a place is.
pub(crate) const fn along(at: Point) -> u64 {
    let (mut x, mut y, mut along) = (at.x, at.y, 0u64);
    let mut side = 1u32 << 31;
    while side > 0 {
        let (right, lower) = (x & side != 0, y & side != 0);
        along = along << 2 | ((3 * right as u64) ^ lower as u64);
        if !lower {
            if right {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
        side >>= 1;
    }
    along
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_visits_neighbours_in_turn() {
        let corner = |n: u32| n << 26;
        let mut cells: Vec<(u64, i64, i64)> = (0..64 * 64)
            .map(|i| (i % 64, i / 64))
            .map(|(x, y)| {
                (along(Point { x: corner(x), y: corner(y) }) >> 52, i64::from(x), i64::from(y))
            })
            .collect();
        cells.sort_unstable();
        for (i, pair) in cells.windows(2).enumerate() {
            let step = (pair[0].1 - pair[1].1).abs() + (pair[0].2 - pair[1].2).abs();
            assert_eq!((pair[0].0, step), (i as u64, 1), "{pair:?}");
        }
    }
}
