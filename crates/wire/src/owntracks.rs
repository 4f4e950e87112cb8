//! Positions as `OwnTracks` sends them over HTTP: JSON with a `_type`. Every type but `location` is taken and left alone, and so is an empty body.

use precinct_base::{LonLat, Timestamp};
use serde::Deserialize;

use crate::osmand::{ReportFix, accuracy, heading, speed};

/// Why a body is no report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OwnTracksError {
    /// It is not the JSON it should be.
    #[error("the body cannot be read: {0}")]
    Json(String),
    /// The place is not on the earth.
    #[error("latitude {lat} and longitude {lon} are no place on the earth")]
    Place {
        /// The latitude as given.
        lat: String,
        /// The longitude as given.
        lon: String,
    },
}

#[derive(Deserialize)]
struct Typed {
    #[serde(rename = "_type")]
    kind: String,
}

#[derive(Deserialize)]
struct Location {
    lat: f64,
    lon: f64,
    tst: i64,
    acc: Option<f64>,
    /// Kilometres an hour.
    vel: Option<f64>,
    cog: Option<f64>,
}

/// Centimetres a second in a kilometre an hour.
const KMH: f64 = 100_000.0 / 3_600.0;

/// The fix in a body; none where it is of another type or empty.
pub fn read_owntracks(body: &[u8]) -> Result<Option<ReportFix>, OwnTracksError> {
    if body.trim_ascii().is_empty() {
        return Ok(None);
    }
    let json = |error: serde_json::Error| OwnTracksError::Json(error.to_string());
    let typed: Typed = serde_json::from_slice(body).map_err(json)?;
    if typed.kind != "location" {
        return Ok(None);
    }
    let found: Location = serde_json::from_slice(body).map_err(json)?;
    let at = LonLat::from_degrees(found.lon, found.lat).ok_or_else(|| OwnTracksError::Place {
        lat: found.lat.to_string(),
        lon: found.lon.to_string(),
    })?;
    Ok(Some(ReportFix {
        at,
        time: Some(Timestamp(found.tst.saturating_mul(1_000))),
        accuracy_m: found.acc.and_then(accuracy),
        speed_cm_s: found.vel.and_then(|kmh| speed(kmh * KMH)),
        heading_cdeg: found.cog.and_then(heading),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_read_and_all_else_is_left_alone() {
        let body = br#"{"_type":"location","tid":"u1","lat":22.19,"lon":113.54,"tst":1704700800,"acc":15,"vel":36,"cog":270,"batt":91}"#;
        let fix = read_owntracks(body).unwrap().unwrap();
        assert_eq!(fix.at, "113.54,22.19".parse().unwrap());
        assert_eq!(fix.time, Some(Timestamp(1_704_700_800_000)));
        assert_eq!(
            (fix.accuracy_m, fix.speed_cm_s, fix.heading_cdeg),
            (Some(15), Some(1_000), Some(27_000))
        );
        for other in [&b""[..], b" \n", br#"{"_type":"lwt","tst":1}"#, br#"{"_type":"waypoint"}"#] {
            assert_eq!(read_owntracks(other), Ok(None));
        }
        assert!(matches!(read_owntracks(b"[]"), Err(OwnTracksError::Json(_))));
        assert!(matches!(read_owntracks(br#"{"_type":"location"}"#), Err(OwnTracksError::Json(_))));
        let off = br#"{"_type":"location","lat":122.19,"lon":113.54,"tst":1}"#;
        assert!(matches!(read_owntracks(off), Err(OwnTracksError::Place { .. })));
    }
}
