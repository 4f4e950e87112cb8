//! The ground near a place as a flat sheet, in integers.
//!
//! Lengths of a degree on the WGS 84 ellipsoid by the usual series in the latitude φ (National Imagery and Mapping Agency,
//! *American Practical Navigator*, 2002, table "Length of a degree of latitude and longitude"):
//! latitude `111132.92 − 559.82 cos 2φ + 1.175 cos 4φ` m, longitude `111412.84 cos φ − 93.5 cos 3φ + 0.118 cos 5φ` m.
//! Within a city of 100 km the sheet is true to about one part in a thousand; across a street, exactly.

use crate::LonLat;

/// Fixed point with 30 fractional bits.
const ONE: i64 = 1 << 30;
/// π/180 × 1e-7 (one unit of latitude in radians) × 2^60.
const RADIANS_PER_UNIT_Q60: i64 = 2_012_227_627;

/// A flat sheet touching the earth at one latitude: distances east and north in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plane {
    east_nm: i64,
    north_nm: i64,
}

impl Plane {
    /// The sheet at `lat` (1e-7 degree).
    pub fn at(lat: i32) -> Self {
        let c = cos_q30(lat);
        let c2 = 2 * ((c * c) >> 30) - ONE;
        let c4 = 2 * ((c2 * c2) >> 30) - ONE;
        let c3 = (c * (2 * c2 - ONE)) >> 30;
        let c5 = ((2 * c * c4) >> 30) - c3;
        Self {
            east_nm: (11_141_284 * c - 9_350 * c3 + 12 * c5) >> 30,
            north_nm: (11_113_292 * ONE - 55_982 * c2 + 118 * c4) >> 30,
        }
    }

    /// The sheet half-way between two places.
    pub fn between(a: LonLat, b: LonLat) -> Self {
        Self::at(i32::midpoint(a.lat(), b.lat()))
    }

    /// From `from` to `to`: millimetres east and north.
    pub const fn vector(self, from: LonLat, to: LonLat) -> (i64, i64) {
        let east = (to.lon() as i64 - from.lon() as i64) * self.east_nm / 1_000_000;
        let north = (to.lat() as i64 - from.lat() as i64) * self.north_nm / 1_000_000;
        (east, north)
    }

    /// The place `east` and `north` millimetres from `from`, kept within the earth.
    pub fn offset(self, from: LonLat, east: i64, north: i64) -> LonLat {
        let units = |mm: i64, nm: i64| mm.saturating_mul(1_000_000) / nm.max(1);
        let lon = (from.lon() as i64)
            .saturating_add(units(east, self.east_nm))
            .clamp(-1_800_000_000, 1_800_000_000);
        let lat = (from.lat() as i64)
            .saturating_add(units(north, self.north_nm))
            .clamp(-900_000_000, 900_000_000);
        LonLat::new(lon as i32, lat as i32).unwrap_or(from)
    }
}

/// Cosine of a latitude as fixed point, by its Taylor series to the 14th power; error below 1e-8.
fn cos_q30(lat: i32) -> i64 {
    let x = (lat.unsigned_abs() as i64 * RADIANS_PER_UNIT_Q60) >> 30;
    let square = (x * x) >> 30;
    [182, 132, 90, 56, 30, 12, 2].iter().fold(ONE, |term, k| ONE - ((square * term) >> 30) / k)
}

#[cfg(test)]
#[expect(
    clippy::float_arithmetic,
    clippy::disallowed_methods,
    reason = "the oracle is floating point"
)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lon: i32, lat: i32) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    #[test]
    fn a_degree_has_its_published_length() {
        let degree = |a: LonLat, b: LonLat| a.distance(b).metres().0;
        // Lengths on WGS 84 from the tables: at the equator 111,320 m of longitude; 110,574 m of latitude.
        assert_eq!(degree(at(0, 0), at(10_000_000, 0)), 111_319);
        assert!(degree(at(0, -5_000_000), at(0, 5_000_000)).abs_diff(110_574) <= 1);
        // At 45°: 78,847 m and 111,132 m; at 60° 55,800 m of longitude.
        assert!(degree(at(0, 450_000_000), at(10_000_000, 450_000_000)).abs_diff(78_847) <= 2);
        assert!(degree(at(0, 445_000_000), at(0, 455_000_000)).abs_diff(111_132) <= 1);
        assert!(degree(at(0, 600_000_000), at(10_000_000, 600_000_000)).abs_diff(55_800) <= 2);
    }

    #[test]
    fn the_far_ends_of_the_earth_do_not_overflow() {
        assert!(at(-1_800_000_000, 0).distance(at(1_800_000_000, 0)).metres().0 > 40_000_000);
        let pole = at(0, 900_000_000);
        assert_eq!(Plane::at(pole.lat()).offset(pole, i64::MAX, i64::MAX).lat(), 900_000_000);
    }

    proptest! {
        #[test]
        fn the_cosine_is_right(lat in -900_000_000..=900_000_000) {
            let exact = (f64::from(lat) * 1e-7).to_radians().cos();
            prop_assert!((cos_q30(lat) as f64 / ONE as f64 - exact).abs() < 1e-8);
        }

        #[test]
        fn an_offset_leads_where_its_vector_points(lon in -1_790_000_000..1_790_000_000, lat in -600_000_000..600_000_000,
                                                   dx in -1_000_000..1_000_000, dy in -1_000_000..1_000_000) {
            let (a, b) = (at(lon, lat), at(lon + dx, lat + dy));
            let plane = Plane::between(a, b);
            let (east, north) = plane.vector(a, b);
            let back = plane.offset(a, east, north);
            prop_assert!((back.lon() - b.lon()).abs() <= 1 && (back.lat() - b.lat()).abs() <= 1);
        }
    }
}
