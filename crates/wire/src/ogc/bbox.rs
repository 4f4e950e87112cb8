//! The box of a query: `bbox=west,south,east,north` in degrees (OGC 17-069r4, section 7.15.3).

use std::str::FromStr;

use precinct_base::{Bounds, LonLat, MultiPolygon};

/// A box, edges included. One that goes over the 180th meridian is two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bbox(Vec<Bounds>);

/// A text that is no box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`bbox` is west,south,east,north in degrees, or with heights west,south,low,east,north,high; south is not north of north"
)]
pub struct NotABox;

/// What lies beyond the edge of the map counts as on its edge: clients ask for more than the world when it is small on the screen.
fn place(lon: f64, lat: f64) -> Result<LonLat, NotABox> {
    LonLat::from_degrees(lon.clamp(-180.0, 180.0), lat.clamp(-90.0, 90.0)).ok_or(NotABox)
}

impl FromStr for Bbox {
    type Err = NotABox;

    fn from_str(text: &str) -> Result<Self, NotABox> {
        let numbers: Result<Vec<f64>, _> =
            text.split(',').take(7).map(|number| number.trim().parse()).collect();
        let numbers = numbers.map_err(|_| NotABox)?;
        if !numbers.iter().all(|number| number.is_finite()) {
            return Err(NotABox);
        }
        // Nothing here has a height.
        let ([west, south, east, north] | [west, south, _, east, north, _]) = numbers[..] else {
            return Err(NotABox);
        };
        let (low, high) = (place(west, south)?, place(east, north)?);
        if west <= east {
            return Ok(Self(vec![Bounds::new(low, high).ok_or(NotABox)?]));
        }
        let (right, left) = (place(180.0, north)?, place(-180.0, south)?);
        let halves = [Bounds::new(low, right), Bounds::new(left, high)];
        Ok(Self(halves.into_iter().map(|half| half.ok_or(NotABox)).collect::<Result<_, _>>()?))
    }
}

impl Bbox {
    /// Whether a place is in it.
    pub fn contains(&self, at: LonLat) -> bool {
        self.0.iter().any(|bounds| bounds.contains(at))
    }

    /// Whether it and a shape have a place in common, be it on their edges.
    pub fn meets(&self, shape: &MultiPolygon) -> bool {
        self.0.iter().any(|&bounds| meets(bounds, shape))
    }
}

fn meets(bounds: Bounds, shape: &MultiPolygon) -> bool {
    let crossed = shape.rings().any(|ring| {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).any(|(&a, &b)| crosses(bounds, a, b))
    });
    // If no edge enters the box, all of it is inside the shape or all of it outside.
    crossed || shape.contains(bounds.min())
}

/// Whether a straight line from `a` to `b` has a place in the box: the two are apart only if an axis or the line itself parts them.
fn crosses(bounds: Bounds, a: LonLat, b: LonLat) -> bool {
    let (min, max) = (bounds.min(), bounds.max());
    if a.lon().max(b.lon()) < min.lon()
        || a.lon().min(b.lon()) > max.lon()
        || a.lat().max(b.lat()) < min.lat()
        || a.lat().min(b.lat()) > max.lat()
    {
        return false;
    }
    let wide = |from: i32, to: i32| i128::from(to) - i128::from(from);
    let side = |lon: i32, lat: i32| {
        wide(a.lon(), b.lon()) * wide(a.lat(), lat) - wide(a.lat(), b.lat()) * wide(a.lon(), lon)
    };
    let sides = [
        side(min.lon(), min.lat()),
        side(max.lon(), min.lat()),
        side(max.lon(), max.lat()),
        side(min.lon(), max.lat()),
    ];
    !(sides.iter().all(|&side| side > 0) || sides.iter().all(|&side| side < 0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(lon: i32, lat: i32) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    #[test]
    fn boxes_are_read_with_and_without_heights_and_round_the_back_of_the_earth() {
        let plain: Bbox = "113.5,22.1,113.6,22.2".parse().unwrap();
        assert_eq!(plain, "113.5, 22.1, -5, 113.6, 22.2, 100".parse().unwrap());
        assert!(plain.contains("113.5,22.2".parse().unwrap()));
        assert!(!plain.contains("113.7,22.15".parse().unwrap()));
        let back: Bbox = "170,-10,-170,10".parse().unwrap();
        let inside = ["175,0", "-175,0", "180,10"].map(|at| back.contains(at.parse().unwrap()));
        assert_eq!(inside, [true; 3]);
        assert!(!back.contains("0,0".parse().unwrap()));
        let world: Bbox = "-400,-200,400,200".parse().unwrap();
        assert!(world.contains("-180,90".parse().unwrap()));
    }

    #[test]
    fn what_is_no_box_is_refused() {
        for bad in ["", "1,2,3", "1,2,3,4,5", "1,2,3,4,5,6,7", "a,2,3,4", "1,5,3,4", "NaN,2,3,4"] {
            assert_eq!(bad.parse::<Bbox>(), Err(NotABox), "{bad}");
        }
        assert_eq!("170,5,-170,4".parse::<Bbox>(), Err(NotABox));
    }

    /// Whether a triangle and a box are apart: two convex shapes are, exactly if a side of one parts them.
    fn apart(triangle: &[(i64, i64)], corners: &[(i64, i64)]) -> bool {
        let parts = |sides: &[(i64, i64)]| {
            (0..sides.len()).any(|i| {
                let (a, b) = (sides[i], sides[(i + 1) % sides.len()]);
                let (x, y) = (a.1 - b.1, b.0 - a.0);
                let onto = |of: &[(i64, i64)]| {
                    let along = of.iter().map(|&(px, py)| px * x + py * y);
                    (along.clone().min().unwrap(), along.max().unwrap())
                };
                let (one, other) = (onto(triangle), onto(corners));
                one.1 < other.0 || other.1 < one.0
            })
        };
        parts(triangle) || parts(corners)
    }

    proptest! {
        #[test]
        fn no_text_does_harm(text in "[-0-9.,eENa ]{0,40}") {
            if let Ok(bbox) = text.parse::<Bbox>() {
                prop_assert!((1..=2).contains(&bbox.0.len()));
            }
        }

        #[test]
        fn triangles_meet_a_box_unless_a_side_parts_them(
            points in prop::array::uniform3((-20i32..20, -20i32..20)),
            (west, south) in (-10i32..10, -10i32..10), (wide, high) in (0i32..8, 0i32..8),
        ) {
            let [(ax, ay), (bx, by), (cx, cy)] = points;
            prop_assume!((bx - ax) * (cy - ay) != (cx - ax) * (by - ay));
            let (east, north) = (west + wide, south + high);
            let bounds = Bounds::new(at(west, south), at(east, north)).unwrap();
            let shape = MultiPolygon::from_ring(points.map(|(x, y)| at(x, y)).to_vec());
            let triangle = points.map(|(x, y)| (i64::from(x), i64::from(y)));
            let corners = [(west, south), (east, south), (east, north), (west, north)].map(|(x, y)| (i64::from(x), i64::from(y)));
            prop_assert_eq!(Bbox(vec![bounds]).meets(&shape), !apart(&triangle, &corners));
        }
    }
}
