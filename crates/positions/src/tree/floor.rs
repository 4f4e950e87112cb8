//! Distances that are never more than the true ones, in a few multiplications: what a search may leave out.

use precinct_base::{LonLat, Plane};

use super::{Extent, Spot};

/// Fixed point with 20 fractional bits, of millimetres for each unit of 1e-7 degree.
const Q: u32 = 20;
/// Longer lengths are cut to this many millimetres, so that the sum of two squares has room in 64 bits.
const LONGEST: u64 = 3_000_000_000;
/// What roundings of [`Plane`] may add or take, and a nanometre of its cosine.
const ROUNDING: u64 = 6;
/// How much shorter a unit of longitude may be for each unit of latitude farther away, in Q with 14 more bits. [`Plane`] measures
/// half-way between two places, and the length of a degree of longitude (see there) changes by less than 111,700 m for a radian of
/// latitude: `11.17 mm × 2^20 × 1.7453e-9 / 2 × 2^14 < 168`.
const EAST_FALL: u64 = 168;
/// The same for a unit of latitude, which changes by less than 1,130 m: `0.113 × 2^20 × 1.7453e-9 / 2 × 2^14 < 2`.
const NORTH_FALL: u64 = 2;

/// The earth seen from a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Floor {
    lon: i32,
    lat: i32,
    east: u64,
    north: u64,
}

impl Floor {
    pub(super) fn from(at: LonLat) -> Self {
        // A millionth of a million units is one unit, in nanometres.
        let plane = Plane::at(at.lat());
        let (west, far) =
            (LonLat::default(), LonLat::new(1_000_000, 1_000_000).unwrap_or_default());
        let (east, north) = plane.vector(west, far);
        let fixed = |nm: i64| ((nm.max(0) as u64) << Q) / 1_000_000;
        Self { lon: at.lon(), lat: at.lat(), east: fixed(east), north: fixed(north) }
    }

    /// The square of a distance in millimetres: that of [`LonLat::distance`], squared, is not less.
    pub(super) fn to_spot(self, spot: &Spot) -> u64 {
        let dx = self.lon.abs_diff(spot.at.lon());
        let dy = self.lat.abs_diff(spot.at.lat());
        self.square(dx, dy, dy)
    }

    /// The same for the nearest place there can be in a box.
    pub(super) fn to_extent(self, extent: &Extent) -> u64 {
        let dx = gap(self.lon, extent.west, extent.east);
        let dy = gap(self.lat, extent.south, extent.north);
        let farthest = self.lat.abs_diff(extent.south).max(self.lat.abs_diff(extent.north));
        self.square(dx, dy, farthest)
    }

    fn square(self, dx: u32, dy: u32, farthest: u32) -> u64 {
        let length = |units: u32, mm: u64, fall: u64| {
            let least = mm.saturating_sub(ROUNDING + 1 + ((u64::from(farthest) * fall) >> 14));
            ((u64::from(units) * least) >> Q).min(LONGEST)
        };
        let (x, y) = (length(dx, self.east, EAST_FALL), length(dy, self.north, NORTH_FALL));
        x * x + y * y
    }
}

/// [`LonLat::distance`] in millimetres, to the last of them; quicker below 2,000 km, where the sum of squares has room in 64 bits.
pub(super) fn distance(from: LonLat, to: LonLat) -> u64 {
    let (x, y) = Plane::between(from, to).vector(from, to);
    let (x, y) = (x.unsigned_abs(), y.unsigned_abs());
    if (x | y) >> 31 == 0 { (x * x + y * y).isqrt() } else { from.distance(to).0 }
}

fn gap(at: i32, low: i32, high: i32) -> u32 {
    if at < low {
        at.abs_diff(low)
    } else if at > high {
        at.abs_diff(high)
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spot(lon: i32, lat: i32) -> Spot {
        Spot { at: LonLat::new(lon, lat).unwrap(), id: 0 }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn never_more_than_the_distance(lon in -1_800_000_000..=1_800_000_000, lat in -900_000_000..=900_000_000,
                                        scale in 0..31, dx in any::<i32>(), dy in any::<i32>()) {
            let near = |c: i32, d: i32, most: i32| (i64::from(c) + i64::from(d >> scale)).clamp(i64::from(-most), i64::from(most)) as i32;
            let (from, to) = (spot(lon, lat), spot(near(lon, dx, 1_800_000_000), near(lat, dy, 900_000_000)));
            let true_one = from.at.distance(to.at).0;
            prop_assert_eq!(distance(from.at, to.at), true_one);
            let least = Floor::from(from.at).to_spot(&to).isqrt();
            prop_assert!(least <= true_one);
            // Nor uselessly less, within a city.
            if scale >= 10 && lat.abs() < 700_000_000 {
                prop_assert!(least + 10 >= true_one - true_one / 100);
            }
        }

        #[test]
        fn a_box_is_not_farther_than_what_is_in_it(lon in -1_800_000_000..=1_800_000_000, lat in -900_000_000..=900_000_000,
                                                   a in (-1_800_000_000..=1_800_000_000, -900_000_000..=900_000_000),
                                                   b in (-1_800_000_000..=1_800_000_000, -900_000_000..=900_000_000)) {
            let (a, b) = (spot(a.0, a.1), spot(b.0, b.1));
            let floor = Floor::from(spot(lon, lat).at);
            let all = floor.to_extent(&Extent::around(&[a, b]));
            prop_assert!(all <= floor.to_spot(&a) && all <= floor.to_spot(&b));
        }
    }
}
