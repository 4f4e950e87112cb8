//! Cutting lines and rings to a box, in whole tile units.

pub(crate) mod line;
pub(crate) mod ring;

use crate::world::Spot;

/// A box to cut to, edges included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) min: Spot,
    pub(crate) max: Spot,
}

/// A side of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    West,
    East,
    North,
    South,
}

impl Side {
    const ALL: [Self; 4] = [Self::West, Self::East, Self::North, Self::South];
}

impl Window {
    /// Whether `at` is on the inner side of `side`, or on it.
    const fn holds(self, side: Side, at: Spot) -> bool {
        match side {
            Side::West => at.x >= self.min.x,
            Side::East => at.x <= self.max.x,
            Side::North => at.y >= self.min.y,
            Side::South => at.y <= self.max.y,
        }
    }

    /// Whether all of `other` is beyond one side, so that nothing in it is seen, nor anything straight between places of it.
    pub(crate) const fn is_clear_of(self, other: Self) -> bool {
        other.max.x < self.min.x
            || other.min.x > self.max.x
            || other.max.y < self.min.y
            || other.min.y > self.max.y
    }

    /// Where the line from `a` to `b`, which are on different sides of `side`, crosses it; the same in both directions.
    const fn crossing(self, side: Side, a: Spot, b: Spot) -> Spot {
        match side {
            Side::West => Spot { x: self.min.x, y: across(self.min.x, (a.x, a.y), (b.x, b.y)) },
            Side::East => Spot { x: self.max.x, y: across(self.max.x, (a.x, a.y), (b.x, b.y)) },
            Side::North => Spot { x: across(self.min.y, (a.y, a.x), (b.y, b.x)), y: self.min.y },
            Side::South => Spot { x: across(self.max.y, (a.y, a.x), (b.y, b.x)), y: self.max.y },
        }
    }
}

/// The second coordinate where the line between `a` and `b` has the first one `at`, rounded to the nearest.
const fn across(at: i32, a: (i32, i32), b: (i32, i32)) -> i32 {
    let (a, b) = if a.0 < b.0 { (a, b) } else { (b, a) };
    let run = b.0 as i64 - a.0 as i64;
    let rise = (b.1 as i64 - a.1 as i64) * (at as i64 - a.0 as i64);
    (a.1 as i64 + (2 * rise + run).div_euclid(2 * run)) as i32
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn window(min: i32, max: i32) -> Window {
        Window { min: Spot { x: min, y: min }, max: Spot { x: max, y: max } }
    }

    pub(crate) fn contains(window: Window, at: Spot) -> bool {
        Side::ALL.into_iter().all(|side| window.holds(side, at))
    }

    pub(crate) fn spots(places: &[(i32, i32)]) -> Vec<Spot> {
        places.iter().map(|&(x, y)| Spot { x, y }).collect()
    }

    #[test]
    fn a_crossing_is_the_same_both_ways() {
        let (a, b) = (Spot { x: -3, y: 0 }, Spot { x: 4, y: 10 });
        let box_ = window(0, 100);
        assert_eq!(box_.crossing(Side::West, a, b), Spot { x: 0, y: 4 });
        assert_eq!(box_.crossing(Side::West, b, a), Spot { x: 0, y: 4 });
        assert!(contains(box_, Spot { x: 0, y: 100 }) && !contains(box_, Spot { x: 0, y: 101 }));
        assert!(box_.is_clear_of(window(-9, -1)) && !box_.is_clear_of(window(-9, 0)));
    }
}
