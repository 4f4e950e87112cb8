//! Positions as `OsmAnd` and Traccar Client send them: a query or form, or a JSON document.
//!
//! Field names and units are those of the Traccar documentation of the `OsmAnd` protocol: seconds, milliseconds or RFC 3339; knots in a query and
//! metres a second in JSON; negative speed and heading are unknown.

use precinct_base::{LonLat, Timestamp};
use serde::Deserialize;

use crate::Time;

/// What a device reports of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The device's id.
    pub device: String,
    /// Where and when; none is a report without a place, such as of a battery.
    pub fix: Option<ReportFix>,
    /// Whether the officer calls for help.
    pub sos: bool,
}

/// Where a device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportFix {
    /// Where.
    pub at: LonLat,
    /// When the device took it; none is now.
    pub time: Option<Timestamp>,
    /// How exact, metres.
    pub accuracy_m: Option<u32>,
    /// How fast, centimetres a second.
    pub speed_cm_s: Option<u16>,
    /// Where to, hundredths of a degree clockwise from north.
    pub heading_cdeg: Option<u16>,
}

/// Why a report is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OsmAndError {
    /// It names no device.
    #[error("no device is named: send its identifier as `id`")]
    NoDevice,
    /// A field cannot be read.
    #[error("`{field}` is {value:?}, which cannot be read: send {wanted}")]
    Field {
        /// Which.
        field: &'static str,
        /// What stands there, cut to 64 characters.
        value: String,
        /// What is wanted.
        wanted: &'static str,
    },
    /// The document cannot be read.
    #[error("the document cannot be read: {0}")]
    Json(String),
}

fn bad(field: &'static str, value: &str, wanted: &'static str) -> OsmAndError {
    OsmAndError::Field { field, value: value.chars().take(64).collect(), wanted }
}

/// Centimetres a second in a knot, times 10,000 (1,852 m an hour).
const KNOT: f64 = 51.444_444;

/// A number that is not negative, rounded; none outside what fits.
fn rounded(value: f64, most: f64) -> Option<f64> {
    (value.is_finite() && (0.0..=most).contains(&value)).then(|| value.round())
}

fn number(field: &'static str, value: &str) -> Result<f64, OsmAndError> {
    value.trim().parse().map_err(|_| bad(field, value, "a number"))
}

/// Hundredths of a degree within one turn.
pub(crate) fn heading(degrees: f64) -> Option<u16> {
    rounded(degrees * 100.0, 36_000.0).map(|cdeg| cdeg as u16 % 36_000)
}

/// Centimetres a second.
pub(crate) fn speed(cm_s: f64) -> Option<u16> {
    rounded(cm_s, f64::from(u16::MAX - 1)).map(|cm_s| cm_s as u16)
}

/// Metres.
pub(crate) fn accuracy(metres: f64) -> Option<u32> {
    rounded(metres, 1e6).map(|metres| metres as u32)
}

/// Whole numbers below this are seconds, from it on milliseconds: it is the year 5138 in seconds and 1973 in milliseconds.
const MILLISECONDS_FROM: i64 = 100_000_000_000;

fn instant(value: &str) -> Result<Timestamp, OsmAndError> {
    let wanted = "seconds or milliseconds since 1970, or RFC 3339";
    if let Ok(count) = value.parse::<i64>() {
        let ms = if count.abs() < MILLISECONDS_FROM { count.saturating_mul(1_000) } else { count };
        return Ok(Timestamp(ms));
    }
    value.parse().map(|Time(at)| at).map_err(|_| bad("timestamp", value, wanted))
}

fn is_sos(alarm: &str) -> bool {
    alarm.split(',').any(|one| one.trim().eq_ignore_ascii_case("sos"))
}

/// A report from the fields of a query or form. Fields that are not known are left alone.
///
/// ```
/// let query = [("id", "7"), ("lat", "22.19"), ("lon", "113.54"), ("speed", "10"), ("timestamp", "1704700800")];
/// let report = precinct_wire::read_osmand_query(query).unwrap();
/// assert_eq!(report.device, "7");
/// assert_eq!(report.fix.unwrap().speed_cm_s, Some(514));
/// ```
pub fn read_osmand_query<'a>(
    fields: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Report, OsmAndError> {
    let mut device = None;
    let (mut lat, mut lon) = (None, None);
    let mut fix = Fields::default();
    let mut sos = false;
    for (key, value) in fields {
        match key {
            "id" | "deviceid" => device = Some(value.to_owned()),
            "lat" => lat = Some(number("lat", value)?),
            "lon" => lon = Some(number("lon", value)?),
            "location" => {
                let (a, b) = value.split_once(',').ok_or_else(|| {
                    bad("location", value, "latitude, a comma and longitude in degrees")
                })?;
                (lat, lon) = (Some(number("location", a)?), Some(number("location", b)?));
            }
            "timestamp" => fix.time = Some(instant(value)?),
            "speed" => fix.speed = speed(number("speed", value)? * KNOT),
            "bearing" | "heading" => fix.heading = heading(number("bearing", value)?),
            "accuracy" => fix.accuracy = accuracy(number("accuracy", value)?),
            "alarm" => sos |= is_sos(value),
            _ => {}
        }
    }
    let device = device.filter(|device| !device.is_empty()).ok_or(OsmAndError::NoDevice)?;
    Ok(Report { device, fix: fix.at(lon, lat)?, sos })
}

/// What is known of a fix beside its place.
#[derive(Default)]
struct Fields {
    time: Option<Timestamp>,
    speed: Option<u16>,
    heading: Option<u16>,
    accuracy: Option<u32>,
}

impl Fields {
    fn at(self, lon: Option<f64>, lat: Option<f64>) -> Result<Option<ReportFix>, OsmAndError> {
        let (lon, lat) = match (lon, lat) {
            (None, None) => return Ok(None),
            (Some(lon), Some(lat)) => (lon, lat),
            (Some(_), None) => return Err(bad("lat", "", "latitude beside longitude")),
            (None, Some(_)) => return Err(bad("lon", "", "longitude beside latitude")),
        };
        let at = LonLat::from_degrees(lon, lat)
            .ok_or_else(|| bad("lat", &format!("{lat},{lon}"), "a place on the earth"))?;
        Ok(Some(ReportFix {
            at,
            time: self.time,
            accuracy_m: self.accuracy,
            speed_cm_s: self.speed,
            heading_cdeg: self.heading,
        }))
    }
}

#[derive(Deserialize)]
struct Document {
    device_id: String,
    location: Option<Location>,
}

#[derive(Deserialize)]
struct Location {
    timestamp: Option<String>,
    coords: Option<Coords>,
    alarm: Option<String>,
}

#[derive(Deserialize)]
struct Coords {
    latitude: f64,
    longitude: f64,
    accuracy: Option<f64>,
    speed: Option<f64>,
    heading: Option<f64>,
}

/// A report from the JSON form.
pub fn read_osmand_json(body: &[u8]) -> Result<Report, OsmAndError> {
    let document: Document =
        serde_json::from_slice(body).map_err(|error| OsmAndError::Json(error.to_string()))?;
    if document.device_id.is_empty() {
        return Err(OsmAndError::NoDevice);
    }
    let (mut fix, mut sos) = (None, false);
    if let Some(location) = document.location {
        sos = location.alarm.as_deref().is_some_and(is_sos);
        if let Some(coords) = location.coords {
            let fields = Fields {
                time: location.timestamp.as_deref().map(instant).transpose()?,
                speed: coords.speed.and_then(|metres| speed(metres * 100.0)),
                heading: coords.heading.and_then(heading),
                accuracy: coords.accuracy.and_then(accuracy),
            };
            fix = fields.at(Some(coords.longitude), Some(coords.latitude))?;
        }
    }
    Ok(Report { device: document.device_id, fix, sos })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Result<Report, OsmAndError> {
        let fields = text.split('&').filter_map(|pair| pair.split_once('='));
        read_osmand_query(fields)
    }

    #[test]
    fn a_query_is_read_in_its_own_units() {
        let text = "id=T1&lat=22.19&lon=113.54&timestamp=1704700800&speed=38.88&bearing=359.999&accuracy=4.6&batt=80&alarm=sos";
        let report = query(text).unwrap();
        assert!(report.sos);
        let fix = report.fix.unwrap();
        assert_eq!(fix.at, "113.54,22.19".parse().unwrap());
        assert_eq!(fix.time, Some(Timestamp(1_704_700_800_000)));
        assert_eq!(
            (fix.speed_cm_s, fix.heading_cdeg, fix.accuracy_m),
            (Some(2_000), Some(0), Some(5))
        );
        let other =
            query("deviceid=T1&location=22.19,113.54&timestamp=2024-01-08T08:00:00Z").unwrap();
        assert_eq!(other.fix.unwrap().time, fix.time);
        let ms = query("id=T1&lat=1&lon=2&timestamp=1704700800123&speed=-1&heading=-1").unwrap();
        let fix = ms.fix.unwrap();
        assert_eq!(fix.time, Some(Timestamp(1_704_700_800_123)));
        assert_eq!((fix.speed_cm_s, fix.heading_cdeg), (None, None), "negative is unknown");
    }

    #[test]
    fn a_report_without_a_place_is_one_all_the_same() {
        let report = query("id=T1&notificationToken=abc").unwrap();
        assert_eq!((report.fix, report.sos), (None, false));
    }

    #[test]
    fn faults_name_the_field() {
        assert_eq!(query("lat=1&lon=2"), Err(OsmAndError::NoDevice));
        for (text, field) in [
            ("id=1&lat=x&lon=2", "lat"),
            ("id=1&lat=1", "lon"),
            ("id=1&lon=1", "lat"),
            ("id=1&location=1", "location"),
            ("id=1&lat=91&lon=2", "lat"),
            ("id=1&lat=1&lon=2&timestamp=noon", "timestamp"),
        ] {
            let error = query(text).unwrap_err();
            assert!(
                matches!(error, OsmAndError::Field { field: f, .. } if f == field),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn the_json_form_is_read_in_metres_a_second() {
        let body = br#"{"device_id":"T2","location":{"timestamp":"2024-01-08T08:00:00.000Z","coords":{"latitude":22.19,"longitude":113.54,"accuracy":12.4,"speed":1.5,"heading":-1},"is_moving":true,"battery":{"level":0.5,"is_charging":false},"alarm":"sos"}}"#;
        let report = read_osmand_json(body).unwrap();
        let fix = report.fix.unwrap();
        assert_eq!((fix.speed_cm_s, fix.heading_cdeg, fix.accuracy_m), (Some(150), None, Some(12)));
        assert!(report.sos);
        assert!(matches!(read_osmand_json(b"{}"), Err(OsmAndError::Json(_))));
        assert!(matches!(read_osmand_json(br#"{"device_id":""}"#), Err(OsmAndError::NoDevice)));
    }
}
