//! A place inside an area, and how large an area is, in whole numbers.

use precinct_base::{LonLat, MultiPolygon, Plane, Ring};

use crate::decimal::Decimal;

/// A place inside `area`: its centre of gravity if that lies inside, else the middle of the widest stretch of ground on the
/// parallel through it, else of another parallel. `None` if the area covers nothing.
pub(crate) fn place_inside(area: &MultiPolygon) -> Option<LonLat> {
    let bounds = area.bounds()?;
    let middle = centre(area).unwrap_or_else(|| bounds.centre());
    if area.contains(middle) {
        return Some(middle);
    }
    let (low, high) = (i64::from(bounds.min().lat()), i64::from(bounds.max().lat()));
    let parallels = std::iter::once(i64::from(middle.lat()))
        .chain((1..16).map(|n| low + (high - low) * n / 16));
    parallels.filter_map(|lat| widest(area, lat as i32)).find(|&place| area.contains(place))
}

/// The middle of the widest stretch of the parallel at `lat` inside `area`.
fn widest(area: &MultiPolygon, lat: i32) -> Option<LonLat> {
    let mut crossings: Vec<i64> =
        area.rings().flat_map(edges).filter_map(|edge| crossing(edge, lat)).collect();
    crossings.sort_unstable();
    let stretch = crossings.chunks_exact(2).max_by_key(|pair| pair[1] - pair[0])?;
    LonLat::new(i64::midpoint(stretch[0], stretch[1]) as i32, lat)
}

fn edges(ring: &Ring) -> impl Iterator<Item = (LonLat, LonLat)> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1)).take(ring.len())
}

/// Where an edge crosses the parallel at `lat`, as in the even-odd rule.
fn crossing((a, b): (LonLat, LonLat), lat: i32) -> Option<i64> {
    if (a.lat() > lat) == (b.lat() > lat) {
        return None;
    }
    let wide = |v: i32| i128::from(v);
    let (run, rise) = (wide(b.lon()) - wide(a.lon()), wide(b.lat()) - wide(a.lat()));
    i64::try_from(wide(a.lon()) + run * (wide(lat) - wide(a.lat())) / rise).ok()
}

/// The centre of gravity of all rings, holes taken off; `None` if they cover nothing.
fn centre(area: &MultiPolygon) -> Option<LonLat> {
    let origin = area.bounds()?.min();
    let (mut twice, mut east, mut north) = (0_i128, 0_i128, 0_i128);
    for polygon in &area.0 {
        for (index, ring) in std::iter::once(&polygon.outer).chain(&polygon.holes).enumerate() {
            let (ring_twice, ring_east, ring_north) = moments(ring, origin);
            // Rings may run either way round: the outer one counts, the holes count off.
            let sign = if (ring_twice < 0) == (index == 0) { -1 } else { 1 };
            twice += sign * ring_twice;
            east += sign * ring_east;
            north += sign * ring_north;
        }
    }
    if twice <= 0 {
        return None;
    }
    let lon = i128::from(origin.lon()) + east / (3 * twice);
    let lat = i128::from(origin.lat()) + north / (3 * twice);
    LonLat::new(i32::try_from(lon).ok()?, i32::try_from(lat).ok()?)
}

/// Twice the area of a ring and its first moments, in the units of places from `origin`.
fn moments(ring: &Ring, origin: LonLat) -> (i128, i128, i128) {
    let from = |place: LonLat| {
        let part = |v: i32, o: i32| i128::from(v) - i128::from(o);
        (part(place.lon(), origin.lon()), part(place.lat(), origin.lat()))
    };
    edges(ring).fold((0, 0, 0), |(twice, east, north), (a, b)| {
        let ((ax, ay), (bx, by)) = (from(a), from(b));
        let cross = ax * by - bx * ay;
        (twice + cross, east + (ax + bx) * cross, north + (ay + by) * cross)
    })
}

/// The ground `area` covers, in square kilometres.
pub(crate) fn square_kilometres(area: &MultiPolygon) -> Decimal {
    let Some(bounds) = area.bounds() else { return Decimal::from_millionths(0) };
    let (plane, origin) = (Plane::at(bounds.centre().lat()), bounds.min());
    let ring_area = |ring: &Ring| {
        let wide = |place: LonLat| {
            let (east, north) = plane.vector(origin, place);
            (i128::from(east), i128::from(north))
        };
        let twice: i128 =
            edges(ring).map(|(a, b)| wide(a).0 * wide(b).1 - wide(b).0 * wide(a).1).sum();
        twice.unsigned_abs() / 2
    };
    let polygon = |one: &precinct_base::Polygon| {
        ring_area(&one.outer).saturating_sub(one.holes.iter().map(ring_area).sum())
    };
    let square_millimetres: u128 = area.0.iter().map(polygon).sum();
    // A square kilometre is 10^12 square millimetres, a millionth of one a square metre.
    Decimal::from_millionths(u64::try_from(square_millimetres / 1_000_000).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use precinct_base::Polygon;
    use proptest::prelude::*;

    fn ring(places: &[(i32, i32)]) -> Ring {
        places.iter().map(|&(lon, lat)| LonLat::new(lon, lat).unwrap()).collect()
    }

    #[test]
    fn a_square_kilometre_is_one_whichever_way_round() {
        // At 22° N: 0.01° is 1,107.5 m north and 1,032.7 m east by the tables.
        let mut outer = ring(&[
            (0, 220_000_000),
            (100_000, 220_000_000),
            (100_000, 220_100_000),
            (0, 220_100_000),
        ]);
        let area =
            square_kilometres(&MultiPolygon::from_ring(outer.clone())).thousandths().unwrap();
        assert!((1_140..1_147).contains(&area), "{area}");
        outer.reverse();
        assert_eq!(
            square_kilometres(&MultiPolygon::from_ring(outer.clone())).thousandths().unwrap(),
            area
        );
        let holed = MultiPolygon(vec![Polygon { holes: vec![outer.clone()], outer }]);
        assert_eq!(square_kilometres(&holed).thousandths(), Some(0));
    }

    #[test]
    fn a_horseshoe_holds_its_place() {
        let horseshoe = ring(&[
            (0, 0),
            (300, 0),
            (300, 300),
            (200, 300),
            (200, 100),
            (100, 100),
            (100, 300),
            (0, 300),
        ]);
        let area = MultiPolygon::from_ring(horseshoe);
        assert!(area.contains(place_inside(&area).unwrap()));
        assert_eq!(place_inside(&MultiPolygon::default()), None);
        assert_eq!(place_inside(&MultiPolygon::from_ring(ring(&[(5, 5), (5, 5), (5, 5)]))), None);
    }

    proptest! {
        #[test]
        fn the_place_is_inside_or_there_is_none(corners in prop::collection::vec((-1000..1000, -1000..1000), 3..12)) {
            let area = MultiPolygon::from_ring(ring(&corners));
            if let Some(place) = place_inside(&area) {
                prop_assert!(area.contains(place));
            }
        }
    }
}
