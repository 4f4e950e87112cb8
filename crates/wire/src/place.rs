//! Places as `[longitude, latitude]` in degrees, as in `GeoJSON` (RFC 7946, section 3.1.1).

use precinct_base::LonLat;
use serde::{Deserialize, Serialize};

/// A place.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(try_from = "[f64; 2]", into = "[f64; 2]")]
#[schema(value_type = [f64; 2], example = json!([113.5439, 22.1987]))]
pub struct At(pub LonLat);

impl TryFrom<[f64; 2]> for At {
    type Error = &'static str;

    fn try_from([lon, lat]: [f64; 2]) -> Result<Self, Self::Error> {
        LonLat::from_degrees(lon, lat)
            .map(Self)
            .ok_or("a place is [longitude −180 to 180, latitude −90 to 90] in degrees")
    }
}

impl From<At> for [f64; 2] {
    fn from(at: At) -> Self {
        let (lon, lat) = at.0.degrees();
        [lon, lat]
    }
}

impl From<LonLat> for At {
    fn from(at: LonLat) -> Self {
        Self(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longitude_comes_first_and_what_is_off_the_earth_is_refused() {
        let at: At = serde_json::from_str("[113.5439, 22.1987]").unwrap();
        assert_eq!(at.0, "113.5439,22.1987".parse().unwrap());
        assert_eq!(serde_json::to_string(&at).unwrap(), "[113.5439,22.1987]");
        let refused = serde_json::from_str::<At>("[22.1987, 113.5439]").unwrap_err();
        assert!(refused.to_string().contains("longitude"), "{refused}");
    }
}
