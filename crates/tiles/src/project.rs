//! From degrees to the world: Web Mercator (EPSG:3857), the one place with floating point.

use precinct_base::LonLat;

use crate::world::Point;

/// The side of the world, in its units.
const SIDE: f64 = 4_294_967_296.0;
/// A full turn, in units of [`LonLat`].
const TURN: u64 = 3_600_000_000;

/// Where a place is in the world. Beyond 85.05° north or south it is put at the edge.
///
/// y = ½ − artanh(sin φ) / 2π: J. P. Snyder, *Map Projections – A Working Manual*, USGS 1395 (1987), eq. 7-2.
#[expect(
    clippy::float_arithmetic,
    reason = "a sine and a logarithm, from libm, the same on every machine"
)]
pub(crate) fn project(place: LonLat) -> Point {
    let east = (TURN / 2).wrapping_add_signed(i64::from(place.lon()));
    let x = (((east << 32) + TURN / 2) / TURN).min(u64::from(u32::MAX)) as u32;
    let sine = libm::sin(place.degrees().1.to_radians());
    let turns = libm::atanh(sine) / (2.0 * core::f64::consts::PI);
    let y = libm::rint((0.5 - turns) * SIDE).clamp(0.0, SIDE - 1.0) as u32;
    Point { x, y }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lon: i32, lat: i32) -> Point {
        project(LonLat::new(lon, lat).unwrap())
    }

    #[test]
    fn known_places_are_where_they_should_be() {
        assert_eq!(at(0, 0), Point { x: 1 << 31, y: 1 << 31 });
        assert_eq!(at(-1_800_000_000, 900_000_000), Point { x: 0, y: 0 });
        assert_eq!(at(1_800_000_000, -900_000_000), Point { x: u32::MAX, y: u32::MAX });
        // The edge of the square world.
        assert!(at(0, 850_511_287).y < 64 && at(0, 850_000_000).y > 64);
        // Macau lies in tile 14/13359/7155 or next to it, as every map of the web numbers them.
        let macau = at(1_135_430_000, 221_930_000);
        assert_eq!((macau.x >> 18, macau.y >> 18), (13_359, 7_155));
    }

    proptest! {
        #[test]
        fn east_is_right_and_south_is_down(lon in -1_799_999_000..1_799_999_000, lat in -850_000_000..850_000_000, by in 1..1_000) {
            prop_assert!(at(lon + by, lat).x >= at(lon, lat).x);
            prop_assert!(at(lon, lat + by).y <= at(lon, lat).y);
        }
    }
}
