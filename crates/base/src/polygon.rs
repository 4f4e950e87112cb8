//! Areas of the earth: polygons with holes, tested in integers.

use crate::{Bounds, LonLat};

/// A closed line: its places in order, the first not repeated at the end.
pub type Ring = Vec<LonLat>;

/// One outer ring and the holes in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polygon {
    /// The outer edge.
    pub outer: Ring,
    /// Edges of what is cut out.
    pub holes: Vec<Ring>,
}

/// Several polygons that together are one area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MultiPolygon(pub Vec<Polygon>);

impl MultiPolygon {
    /// An area of one ring without holes.
    pub fn from_ring(outer: Ring) -> Self {
        Self(vec![Polygon { outer, holes: Vec::new() }])
    }

    /// The area of a box.
    pub fn from_bounds(bounds: Bounds) -> Self {
        let (min, max) = (bounds.min(), bounds.max());
        let corner = |lon, lat| LonLat::new(lon, lat).unwrap_or(min);
        Self::from_ring(vec![min, corner(max.lon(), min.lat()), max, corner(min.lon(), max.lat())])
    }

    /// Every ring, outer ones and holes.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        self.0.iter().flat_map(|polygon| std::iter::once(&polygon.outer).chain(&polygon.holes))
    }

    /// The smallest box round it; `None` if it is empty.
    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::around(self.rings().flatten().copied())
    }

    /// Whether `place` is inside, by the even-odd rule over all rings; a place on an edge is inside on exactly one side of it.
    pub fn contains(&self, place: LonLat) -> bool {
        self.rings().filter(|ring| crosses_oddly(ring, place)).count() % 2 == 1
    }
}

/// Whether a ray going east from `place` crosses `ring` an odd number of times.
fn crosses_oddly(ring: &[LonLat], place: LonLat) -> bool {
    let Some(&last) = ring.last() else { return false };
    let mut odd = false;
    let mut from = last;
    for &to in ring {
        odd ^= ray_crosses(from, to, place);
        from = to;
    }
    odd
}

fn ray_crosses(a: LonLat, b: LonLat, place: LonLat) -> bool {
    if (a.lat() > place.lat()) == (b.lat() > place.lat()) {
        return false;
    }
    let (low, high) = if a.lat() < b.lat() { (a, b) } else { (b, a) };
    let wide = |from: i32, to: i32| i128::from(to) - i128::from(from);
    let turn = wide(low.lon(), high.lon()) * wide(low.lat(), place.lat())
        - wide(low.lat(), high.lat()) * wide(low.lon(), place.lon());
    turn > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lon: i32, lat: i32) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    #[test]
    fn a_hole_is_outside() {
        let square =
            |low: i32, high: i32| vec![at(low, low), at(high, low), at(high, high), at(low, high)];
        let area =
            MultiPolygon(vec![Polygon { outer: square(0, 100), holes: vec![square(40, 60)] }]);
        assert!(area.contains(at(10, 10)));
        assert!(!area.contains(at(50, 50)));
        assert!(!area.contains(at(101, 50)));
        assert_eq!(area.bounds(), Bounds::new(at(0, 0), at(100, 100)));
        assert!(!MultiPolygon::default().contains(at(0, 0)));
    }

    proptest! {
        #[test]
        fn neighbours_share_no_place_and_leave_none_out(x in 0..100, y in 0..100, slope in 1..99) {
            // Two halves of a square, cut from (0, 0) to (slope, 100): each place is in exactly one.
            let west = MultiPolygon::from_ring(vec![at(0, 0), at(slope, 100), at(0, 100)]);
            let east = MultiPolygon::from_ring(vec![at(0, 0), at(100, 0), at(100, 100), at(slope, 100)]);
            prop_assert!(west.contains(at(x, y)) != east.contains(at(x, y)));
        }

        #[test]
        fn a_box_agrees_with_its_polygon_inside(x in -50..150, y in -50..150) {
            let bounds = Bounds::new(at(0, 0), at(100, 100)).unwrap();
            let area = MultiPolygon::from_bounds(bounds);
            prop_assert_eq!(area.contains(at(x, y)), (0..100).contains(&x) && (0..100).contains(&y));
        }
    }
}
