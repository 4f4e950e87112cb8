//! Places on the earth, as fixed-point degrees of WGS 84.

use std::fmt;
use std::str::FromStr;

use crate::{Millimetres, Plane};

/// A place: longitude and latitude in units of 1e-7 degree (about 11 mm), WGS 84.
///
/// ```
/// use precinct_base::LonLat;
/// let hall: LonLat = "-122.4193,37.7793".parse().unwrap();
/// assert_eq!((hall.lon(), hall.lat()), (-1_224_193_000, 377_793_000));
/// assert_eq!(hall.to_string(), "-122.4193000,37.7793000");
/// ```
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(try_from = "(i32, i32)", into = "(i32, i32)")]
pub struct LonLat {
    lon: i32,
    lat: i32,
}

/// One degree in the units of [`LonLat`].
const DEGREE: i32 = 10_000_000;

impl LonLat {
    /// From units of 1e-7 degree; `None` outside ±180° and ±90°.
    pub const fn new(lon: i32, lat: i32) -> Option<Self> {
        if lon.unsigned_abs() <= 180 * DEGREE as u32 && lat.unsigned_abs() <= 90 * DEGREE as u32 {
            Some(Self { lon, lat })
        } else {
            None
        }
    }

    /// From degrees as floating point, to the nearest 1e-7; `None` outside the earth or not a number.
    #[expect(
        clippy::float_arithmetic,
        reason = "the one door for coordinates that arrive as floats; rounding is exact IEEE 754"
    )]
    pub fn from_degrees(lon: f64, lat: f64) -> Option<Self> {
        if !(lon.abs() <= 180.0 && lat.abs() <= 90.0) {
            return None;
        }
        Self::new(
            (lon * f64::from(DEGREE)).round() as i32,
            (lat * f64::from(DEGREE)).round() as i32,
        )
    }

    /// Longitude and latitude as floating point degrees, for drawing and for JSON.
    #[expect(
        clippy::float_arithmetic,
        reason = "the one door for coordinates that leave as floats"
    )]
    pub fn degrees(self) -> (f64, f64) {
        (f64::from(self.lon) / f64::from(DEGREE), f64::from(self.lat) / f64::from(DEGREE))
    }

    /// Longitude, 1e-7 degree.
    pub const fn lon(self) -> i32 {
        self.lon
    }

    /// Latitude, 1e-7 degree.
    pub const fn lat(self) -> i32 {
        self.lat
    }

    /// The distance over the ground; see [`Plane`] for its error.
    pub fn distance(self, other: Self) -> Millimetres {
        let (x, y) = Plane::between(self, other).vector(self, other);
        Millimetres(
            (x.unsigned_abs() as u128 * x.unsigned_abs() as u128
                + y.unsigned_abs() as u128 * y.unsigned_abs() as u128)
                .isqrt() as u64,
        )
    }
}

/// In files, the pair of longitude and latitude in units of 1e-7 degree.
impl From<LonLat> for (i32, i32) {
    fn from(place: LonLat) -> Self {
        (place.lon, place.lat)
    }
}

/// What [`LonLat::new`] refuses.
impl TryFrom<(i32, i32)> for LonLat {
    type Error = &'static str;

    fn try_from((lon, lat): (i32, i32)) -> Result<Self, Self::Error> {
        Self::new(lon, lat).ok_or("a place outside ±180° and ±90°")
    }
}

/// `LON,LAT` in degrees with seven decimals, the form [`LonLat::from_str`] reads.
impl fmt::Display for LonLat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |v: i32| {
            let sign = if v < 0 { "-" } else { "" };
            format!(
                "{sign}{}.{:07}",
                v.unsigned_abs() / DEGREE as u32,
                v.unsigned_abs() % DEGREE as u32
            )
        };
        write!(f, "{},{}", part(self.lon), part(self.lat))
    }
}

/// Why a text is not a place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseLonLatError {
    /// There is no comma, or more than one.
    #[error(
        "{text:?} is not a place: write longitude, a comma and latitude in degrees, such as 113.5439,22.1987"
    )]
    Form {
        /// What was given.
        text: String,
    },
    /// One half is not a decimal number.
    #[error("{text:?} is not a number of degrees: write digits with a point, such as 113.5439")]
    Number {
        /// What was given.
        text: String,
    },
    /// The place is not on the earth.
    #[error(
        "{text:?} is outside the earth: longitude comes first (−180 to 180), then latitude (−90 to 90)"
    )]
    Range {
        /// What was given.
        text: String,
    },
}

impl FromStr for LonLat {
    type Err = ParseLonLatError;

    fn from_str(text: &str) -> Result<Self, ParseLonLatError> {
        let form = || ParseLonLatError::Form { text: text.to_owned() };
        let (lon, lat) = text.split_once(',').ok_or_else(form)?;
        if lat.contains(',') {
            return Err(form());
        }
        let range = || ParseLonLatError::Range { text: text.to_owned() };
        let units = |half: &str| match parse_degrees(half.trim()) {
            Ok(units) => i32::try_from(units).map_err(|_| range()),
            Err(()) => Err(ParseLonLatError::Number { text: half.trim().to_owned() }),
        };
        Self::new(units(lon)?, units(lat)?).ok_or_else(range)
    }
}

/// A decimal number of degrees in units of 1e-7, rounded half away from zero; exact, without floating point.
fn parse_degrees(text: &str) -> Result<i64, ()> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.len() + fraction.len() == 0
        || whole.len() > 9
        || !is_digits(whole)
        || !is_digits(fraction)
    {
        return Err(());
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| ())? };
    let mut units = whole * i64::from(DEGREE);
    let mut place = i64::from(DEGREE);
    for digit in fraction.bytes().take(7) {
        place /= 10;
        units += i64::from(digit - b'0') * place;
    }
    units += i64::from(fraction.as_bytes().get(7).is_some_and(|&d| d >= b'5'));
    Ok(if negative { -units } else { units })
}

/// A box of longitudes and latitudes, edges included. It does not cross the 180th meridian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    min: LonLat,
    max: LonLat,
}

impl Bounds {
    /// The box with these corners, south-west and north-east; `None` if they are the wrong way round.
    pub fn new(min: LonLat, max: LonLat) -> Option<Self> {
        (min.lon <= max.lon && min.lat <= max.lat).then_some(Self { min, max })
    }

    /// The smallest box round `places`; `None` if there are none.
    pub fn around(places: impl IntoIterator<Item = LonLat>) -> Option<Self> {
        let mut places = places.into_iter();
        let first = places.next()?;
        let start = Self { min: first, max: first };
        Some(places.fold(start, |mut all, place| {
            all.min = LonLat { lon: all.min.lon.min(place.lon), lat: all.min.lat.min(place.lat) };
            all.max = LonLat { lon: all.max.lon.max(place.lon), lat: all.max.lat.max(place.lat) };
            all
        }))
    }

    /// South-west corner.
    pub const fn min(self) -> LonLat {
        self.min
    }

    /// North-east corner.
    pub const fn max(self) -> LonLat {
        self.max
    }

    /// Whether `place` is inside or on the edge.
    pub const fn contains(self, place: LonLat) -> bool {
        self.min.lon <= place.lon
            && place.lon <= self.max.lon
            && self.min.lat <= place.lat
            && place.lat <= self.max.lat
    }

    /// Its middle.
    pub const fn centre(self) -> LonLat {
        LonLat {
            lon: i32::midpoint(self.min.lon, self.max.lon),
            lat: i32::midpoint(self.min.lat, self.max.lat),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> LonLat {
        text.parse().unwrap()
    }

    #[test]
    fn degrees_are_read_exactly() {
        assert_eq!(at("0.00000005,-0.00000005"), LonLat::new(1, -1).unwrap());
        assert_eq!(at(" +180 , -90."), LonLat::new(1_800_000_000, -900_000_000).unwrap());
        assert_eq!(at(".5,-.5"), LonLat::new(5_000_000, -5_000_000).unwrap());
        assert_eq!(at("113.123456789,22"), LonLat::new(1_131_234_568, 220_000_000).unwrap());
    }

    #[test]
    fn faults_say_what_to_write() {
        let fault = |text: &str| text.parse::<LonLat>().unwrap_err();
        assert!(matches!(fault("113.5"), ParseLonLatError::Form { .. }));
        assert!(matches!(fault("1,2,3"), ParseLonLatError::Form { .. }));
        for text in ["x,2", "1,", "--1,2", "1e3,2", "1.2.3,4", "1,é"] {
            assert!(matches!(fault(text), ParseLonLatError::Number { .. }), "{text}");
        }
        for text in ["22.2,113.5", "181,0", "999999999,0"] {
            assert!(matches!(fault(text), ParseLonLatError::Range { .. }), "{text}");
        }
    }

    #[test]
    fn floats_outside_the_earth_are_refused() {
        assert_eq!(LonLat::from_degrees(f64::NAN, 0.0), None);
        assert_eq!(LonLat::from_degrees(0.0, 90.1), None);
        assert_eq!(LonLat::from_degrees(-0.5, 1.5), LonLat::new(-5_000_000, 15_000_000));
    }

    #[test]
    fn bounds_hold_their_edges() {
        let bounds = Bounds::around([at("1,2"), at("3,0"), at("2,1")]).unwrap();
        assert_eq!(
            (bounds.min(), bounds.max(), bounds.centre()),
            (at("1,0"), at("3,2"), at("2,1"))
        );
        assert!(bounds.contains(at("1,0")) && !bounds.contains(at("0.9999999,1")));
        assert_eq!(Bounds::around([]), None);
        assert_eq!(Bounds::new(at("2,0"), at("1,1")), None);
    }

    proptest! {
        #[test]
        fn text_and_floats_come_back_as_they_went(lon in -1_800_000_000..=1_800_000_000, lat in -900_000_000..=900_000_000) {
            let place = LonLat::new(lon, lat).unwrap();
            prop_assert_eq!(place.to_string().parse::<LonLat>().unwrap(), place);
            let (x, y) = place.degrees();
            prop_assert_eq!(LonLat::from_degrees(x, y), Some(place));
        }
    }
}
