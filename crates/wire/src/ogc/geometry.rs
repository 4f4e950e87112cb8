//! Shapes as `GeoJSON` (RFC 7946, section 3.1).

use precinct_base::{LonLat, MultiPolygon};
use serde::{Deserialize, Serialize};

use crate::At;

/// A shape. Rings are closed; outer ones go round counter-clockwise, holes clockwise (section 3.1.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", content = "coordinates")]
pub enum GeometryDoc {
    /// A place.
    Point(At),
    /// Polygons, each an outer ring and its holes.
    MultiPolygon(Vec<Vec<Vec<At>>>),
}

impl From<LonLat> for GeometryDoc {
    fn from(at: LonLat) -> Self {
        Self::Point(at.into())
    }
}

impl From<&MultiPolygon> for GeometryDoc {
    fn from(shape: &MultiPolygon) -> Self {
        let polygons = shape.0.iter().map(|polygon| {
            let outer = std::iter::once(closed(&polygon.outer, true));
            outer.chain(polygon.holes.iter().map(|hole| closed(hole, false))).collect()
        });
        Self::MultiPolygon(polygons.collect())
    }
}

/// Twice the area of a ring in squares of 1e-7 degree; positive if it goes round counter-clockwise.
fn turn(ring: &[LonLat]) -> i128 {
    let next = ring.iter().cycle().skip(1);
    let cross = |(a, b): (&LonLat, &LonLat)| {
        i128::from(a.lon()) * i128::from(b.lat()) - i128::from(b.lon()) * i128::from(a.lat())
    };
    ring.iter().zip(next).map(cross).sum()
}

/// A ring with its first place at its end again, going round as asked.
fn closed(ring: &[LonLat], counter_clockwise: bool) -> Vec<At> {
    let mut places: Vec<At> = ring.iter().copied().map(At).collect();
    if (turn(ring) > 0) != counter_clockwise {
        places.reverse();
    }
    places.extend(places.first().copied());
    places
}

#[cfg(test)]
mod tests {
    use precinct_base::Polygon;
    use serde_json::json;

    use super::*;

    fn square(low: i32, high: i32) -> Vec<LonLat> {
        [(low, low), (high, low), (high, high), (low, high)]
            .map(|(lon, lat)| LonLat::new(lon * 10_000_000, lat * 10_000_000).unwrap())
            .to_vec()
    }

    #[test]
    fn rings_are_closed_and_go_round_as_they_should_however_they_were_given() {
        let mut backwards = square(0, 3);
        backwards.reverse();
        for outer in [square(0, 3), backwards] {
            let shape = MultiPolygon(vec![Polygon { outer, holes: vec![square(1, 2)] }]);
            let json = serde_json::to_value(GeometryDoc::from(&shape)).unwrap();
            let ring = |at: usize| -> Vec<[f64; 2]> {
                serde_json::from_value(json["coordinates"][0][at].clone()).unwrap()
            };
            for (at, counter_clockwise) in [(0, true), (1, false)] {
                let ring = ring(at);
                assert_eq!((ring.len(), ring.first()), (5, ring.last()));
                let places: Vec<LonLat> = ring[..4]
                    .iter()
                    .map(|&[lon, lat]| LonLat::from_degrees(lon, lat).unwrap())
                    .collect();
                assert_eq!(turn(&places) > 0, counter_clockwise);
            }
        }
    }

    #[test]
    fn a_place_is_a_point() {
        let at: LonLat = "113.5439,22.1987".parse().unwrap();
        let json = serde_json::to_value(GeometryDoc::from(at)).unwrap();
        assert_eq!(json, json!({"type": "Point", "coordinates": [113.5439, 22.1987]}));
    }
}
