//! The world as whole numbers: the Web Mercator square, 2³² units a side, x to the east and y to the south.

/// Units along a tile's side.
pub const EXTENT: i32 = 1 << EXTENT_BITS;
/// Units beyond a tile's side that lines and areas are still drawn to, so that no seam shows.
pub const BUFFER: i32 = 64;
/// The deepest zoom that is cut; closer, the client magnifies.
pub const MAX_ZOOM: u8 = 16;

const EXTENT_BITS: u32 = 12;
const WORLD_BITS: u32 = 32;

/// A place of the world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Point {
    pub(crate) x: u32,
    pub(crate) y: u32,
}

/// A place in tile units of some zoom, counted from the world's corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
    pub(crate) x: i32,
    pub(crate) y: i32,
}

/// By how many bits world units are finer than those of a tile.
pub(crate) const fn shift(zoom: u8) -> u32 {
    WORLD_BITS - EXTENT_BITS - zoom as u32
}

impl Point {
    /// The nearest spot. Rounding does not depend on the tile, so what two tiles share is the same in both.
    pub(crate) const fn at(self, zoom: u8) -> Spot {
        let bits = shift(zoom);
        let half = 1 << (bits - 1);
        Spot {
            x: ((self.x as i64 + half) >> bits) as i32,
            y: ((self.y as i64 + half) >> bits) as i32,
        }
    }
}

/// A box of the world, edges included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) min: Point,
    pub(crate) max: Point,
}

impl Extent {
    /// What any box makes larger.
    pub(crate) const NOTHING: Self =
        Self { min: Point { x: u32::MAX, y: u32::MAX }, max: Point { x: 0, y: 0 } };

    /// The box round `points`.
    pub(crate) fn around(points: &[Point]) -> Self {
        points.iter().fold(Self::NOTHING, |all, &at| all.with(Self { min: at, max: at }))
    }

    /// The box round both.
    pub(crate) fn with(self, other: Self) -> Self {
        let (a, b) = (self, other);
        Self {
            min: Point { x: a.min.x.min(b.min.x), y: a.min.y.min(b.min.y) },
            max: Point { x: a.max.x.max(b.max.x), y: a.max.y.max(b.max.y) },
        }
    }

    /// Whether they share a place.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.min.x <= other.max.x
            && other.min.x <= self.max.x
            && self.min.y <= other.max.y
            && other.min.y <= self.max.y
    }
}

/// Twice the area within a ring, positive if it goes clockwise as seen with y to the south: the way MVT wants an outer ring.
pub(crate) fn turned_area(ring: impl ExactSizeIterator<Item = (i64, i64)> + Clone) -> i128 {
    let Some(first) = ring.clone().next() else { return 0 };
    let from_first = |at: (i64, i64)| (i128::from(at.0 - first.0), i128::from(at.1 - first.1));
    let (twice, _) = ring.skip(1).fold((0, (0, 0)), |(twice, before), at| {
        let here = from_first(at);
        (twice + before.0 * here.1 - here.0 * before.1, here)
    });
    twice
}

impl From<Point> for (i64, i64) {
    fn from(at: Point) -> Self {
        (i64::from(at.x), i64::from(at.y))
    }
}

impl From<Spot> for (i64, i64) {
    fn from(at: Spot) -> Self {
        (i64::from(at.x), i64::from(at.y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_rounded_to_the_nearest_unit() {
        let at = Point { x: (1 << 20) - 1, y: u32::MAX };
        assert_eq!(at.at(0), Spot { x: 1, y: 4096 });
        assert_eq!(Point { x: (1 << 19) - 1, y: 1 << 19 }.at(0), Spot { x: 0, y: 1 });
        assert_eq!(Point { x: 24, y: 7 }.at(16), Spot { x: 2, y: 0 });
    }

    #[test]
    fn a_clockwise_square_has_an_area() {
        let square = [(10, 10), (14, 10), (14, 13), (10, 13)];
        assert_eq!(turned_area(square.into_iter()), 24);
        assert_eq!(turned_area(square.into_iter().rev()), -24);
        assert_eq!(turned_area([].into_iter()), 0);
    }

    #[test]
    fn boxes_meet_at_an_edge() {
        let of = |a, b| Extent { min: Point { x: a, y: a }, max: Point { x: b, y: b } };
        assert!(of(0, 5).meets(of(5, 9)) && !of(0, 4).meets(of(5, 9)));
        assert_eq!(Extent::around(&[Point { x: 3, y: 1 }, Point { x: 1, y: 3 }]), of(1, 3));
        assert!(!Extent::NOTHING.meets(of(0, 5)));
    }
}
