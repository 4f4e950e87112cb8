//! Coordinate systems: WGS 84, and the two shifted systems that Chinese map services use, both ways.
//!
//! GCJ-02 shifts a place of WGS 84 by sums of sines of its position; BD-09 turns and stretches GCJ-02 about a fixed point by
//! some metres more. The formulas and constants are those that have been public since 2013 (the "eviltransform" family of
//! converters; Krasovsky 1940 ellipsoid). The way back has no closed form: it is found by iteration until it stands still, so
//! that a place sent there and back is the same place to the last 1e-7 degree. All functions are those of the `libm` crate,
//! so every machine gives the same bits.
#![expect(
    clippy::float_arithmetic,
    reason = "the published formulas are in floating point; libm makes them repeatable"
)]

use precinct_base::LonLat;
use serde::Deserialize;

/// A coordinate system in degrees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Datum {
    /// WGS 84. CGCS2000 is the same to a few centimetres.
    #[default]
    #[serde(alias = "cgcs2000")]
    Wgs84,
    /// GCJ-02: `AutoNavi`, Tencent and most maps published in China.
    Gcj02,
    /// BD-09: Baidu.
    Bd09,
}

/// Semi-major axis of Krasovsky 1940, metres.
const AXIS: f64 = 6_378_245.0;
/// Square of the eccentricity, as published with the formulas.
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;
/// The box outside which GCJ-02 shifts nothing: west, east, south, north.
const CHINA: [f64; 4] = [72.004, 137.8347, 0.8293, 55.8271];
/// Iteration ends when a step is smaller than this, degrees: a ten-thousandth of what is kept.
const STILL: f64 = 1e-11;
/// The shift changes by less than a hundredth of a step, so a dozen steps always reach [`STILL`].
const STEPS: usize = 32;

type Degrees = (f64, f64);

impl Datum {
    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }

    /// The place at these degrees of longitude and latitude in this system; `None` outside the earth or not a number.
    pub fn to_wgs84(self, lon: f64, lat: f64) -> Option<LonLat> {
        LonLat::from_degrees(lon, lat)?;
        let (lon, lat) = match self {
            Self::Wgs84 => (lon, lat),
            Self::Gcj02 => wgs_of_gcj((lon, lat)),
            Self::Bd09 => wgs_of_gcj(gcj_of_bd((lon, lat))),
        };
        LonLat::from_degrees(lon, lat)
    }

    /// The degrees of longitude and latitude of `place` in this system.
    pub fn from_wgs84(self, place: LonLat) -> (f64, f64) {
        match self {
            Self::Wgs84 => place.degrees(),
            Self::Gcj02 => gcj_of_wgs(place.degrees()),
            Self::Bd09 => bd_of_gcj(gcj_of_wgs(place.degrees())),
        }
    }
}

fn in_china((lon, lat): Degrees) -> bool {
    let [west, east, south, north] = CHINA;
    (west..=east).contains(&lon) && (south..=north).contains(&lat)
}

fn gcj_of_wgs(wgs: Degrees) -> Degrees {
    if in_china(wgs) { shifted(wgs) } else { wgs }
}

/// The published shift, wherever the place is.
fn shifted((lon, lat): Degrees) -> Degrees {
    let (x, y) = (lon - 105.0, lat - 35.0);
    let root = libm::sqrt(libm::fabs(x));
    let wave = |scale: f64, by: f64| scale * libm::sin(by * std::f64::consts::PI);
    let common = (wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x)) * 2.0 / 3.0;
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + common
        + (wave(20.0, y) + wave(40.0, y / 3.0)) * 2.0 / 3.0
        + (wave(160.0, y / 12.0) + wave(320.0, y / 30.0)) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + common
        + (wave(20.0, x) + wave(40.0, x / 3.0)) * 2.0 / 3.0
        + (wave(150.0, x / 12.0) + wave(300.0, x / 30.0)) * 2.0 / 3.0;
    let radians = lat / 180.0 * std::f64::consts::PI;
    let sine = libm::sin(radians);
    let magic = 1.0 - ECCENTRICITY * sine * sine;
    let root = libm::sqrt(magic);
    let metres_north = AXIS * (1.0 - ECCENTRICITY) / (magic * root) * std::f64::consts::PI / 180.0;
    let metres_east = AXIS / root * libm::cos(radians) * std::f64::consts::PI / 180.0;
    (lon + east / metres_east, lat + north / metres_north)
}

/// Baidu's turn and stretch about its own origin.
fn bd_of_gcj((x, y): Degrees) -> Degrees {
    let turn = std::f64::consts::PI * 3000.0 / 180.0;
    let radius = libm::sqrt(x * x + y * y) + 0.000_02 * libm::sin(y * turn);
    let angle = libm::atan2(y, x) + 0.000_003 * libm::cos(x * turn);
    (radius * libm::cos(angle) + 0.006_5, radius * libm::sin(angle) + 0.006)
}

fn gcj_of_bd(bd: Degrees) -> Degrees {
    undo(bd, bd_of_gcj)
}

/// A place outside the box is its own; one whose way back leads into the box came from there.
fn wgs_of_gcj(gcj: Degrees) -> Degrees {
    let wgs = undo(gcj, shifted);
    if in_china(wgs) { wgs } else { gcj }
}

/// What `there` sends to `goal`: each step adds what is still missing.
fn undo(goal: Degrees, there: impl Fn(Degrees) -> Degrees) -> Degrees {
    let mut guess = goal;
    for _ in 0..STEPS {
        let reached = there(guess);
        let missing = (goal.0 - reached.0, goal.1 - reached.1);
        guess = (guess.0 + missing.0, guess.1 + missing.1);
        if libm::fabs(missing.0) < STILL && libm::fabs(missing.1) < STILL {
            break;
        }
    }
    guess
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The vectors the published converters are tested with: Shanghai, Shenzhen, Beijing; then GCJ-02 to BD-09.
    #[test]
    fn the_shift_is_the_published_one() {
        for (lon, lat, x, y) in [
            (121.527_210_6, 31.177_427_6, 121.531_541_859_215, 31.175_303_983_645_97),
            (113.912_316, 22.543_847, 113.917_176_480_836_3, 22.540_796_131_694_766),
            (116.377_817, 39.911_954, 116.384_047_224_556_57, 39.913_345_455_360_69),
        ] {
            let (east, north) = gcj_of_wgs((lon, lat));
            assert!((east - x).abs() < 1e-12 && (north - y).abs() < 1e-12, "{east} {north}");
            assert_eq!(Datum::Gcj02.to_wgs84(x, y), LonLat::from_degrees(lon, lat));
        }
        let (east, north) = bd_of_gcj((116.404, 39.915));
        assert!(
            (east - 116.410_369_493_710_29).abs() < 1e-12
                && (north - 39.921_336_993_510_21).abs() < 1e-12
        );
    }

    #[test]
    fn outside_china_gcj_is_wgs() {
        for place in ["-122.4193,37.7793", "2.35,48.85", "151.2,-33.9", "139.7,35.7"] {
            let place: LonLat = place.parse().unwrap();
            assert_eq!(Datum::Gcj02.from_wgs84(place), place.degrees());
            assert_eq!(Datum::Gcj02.to_wgs84(place.degrees().0, place.degrees().1), Some(place));
        }
    }

    #[test]
    fn what_is_not_on_the_earth_is_refused() {
        for datum in [Datum::Wgs84, Datum::Gcj02, Datum::Bd09] {
            assert_eq!(datum.to_wgs84(f64::NAN, 0.0), None);
            assert_eq!(datum.to_wgs84(22.2, 113.5), None);
        }
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_place(lon in 730_000_000..1_360_000_000, lat in 30_000_000..540_000_000) {
            let place = LonLat::new(lon, lat).unwrap();
            for datum in [Datum::Wgs84, Datum::Gcj02, Datum::Bd09] {
                let (x, y) = datum.from_wgs84(place);
                prop_assert_eq!(datum.to_wgs84(x, y), Some(place), "{:?}", datum);
            }
        }

        #[test]
        fn back_and_there_is_the_same_to_a_millimetre(lon in 73.1f64..136.0, lat in 3.0f64..54.0) {
            for (there, back) in [(gcj_of_wgs as fn(Degrees) -> Degrees, wgs_of_gcj as fn(Degrees) -> Degrees),
                                  (bd_of_gcj, gcj_of_bd)] {
                let (x, y) = there(back((lon, lat)));
                prop_assert!((x - lon).abs() < 1e-9 && (y - lat).abs() < 1e-9);
            }
        }
    }
}
