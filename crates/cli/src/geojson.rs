//! `GeoJSON` (RFC 7946): features with their geometry, outer rings anticlockwise.

use precinct_base::{LonLat, MultiPolygon};
use serde_json::{Value, json};

/// A place as `[longitude, latitude]` in degrees.
pub(crate) fn position(at: LonLat) -> Value {
    let (lon, lat) = at.degrees();
    json!([lon, lat])
}

/// A point.
pub(crate) fn point(at: LonLat) -> Value {
    json!({ "type": "Point", "coordinates": position(at) })
}

/// A line.
pub(crate) fn line(places: &[LonLat]) -> Value {
    json!({ "type": "LineString", "coordinates": positions(places) })
}

/// Several lines.
pub(crate) fn lines(lines: &[Vec<LonLat>]) -> Value {
    let lines: Vec<Value> = lines.iter().map(|line| positions(line)).collect();
    json!({ "type": "MultiLineString", "coordinates": lines })
}

/// An area.
pub(crate) fn area(shape: &MultiPolygon) -> Value {
    let polygon = |polygon: &precinct_base::Polygon| {
        let outer = ring(&polygon.outer, true);
        let holes = polygon.holes.iter().map(|hole| ring(hole, false));
        Value::Array(std::iter::once(outer).chain(holes).collect())
    };
    let polygons: Vec<Value> = shape.0.iter().map(polygon).collect();
    json!({ "type": "MultiPolygon", "coordinates": polygons })
}

/// A feature.
pub(crate) fn feature(geometry: Value, properties: Value) -> Value {
    let parts = [("type", "Feature".into()), ("geometry", geometry), ("properties", properties)];
    Value::Object(parts.map(|(key, value)| (key.to_owned(), value)).into_iter().collect())
}

/// A collection of features.
pub(crate) fn collection(features: Vec<Value>) -> Value {
    let parts = [("type", "FeatureCollection".into()), ("features", Value::Array(features))];
    Value::Object(parts.map(|(key, value)| (key.to_owned(), value)).into_iter().collect())
}

fn positions(places: &[LonLat]) -> Value {
    Value::Array(places.iter().map(|&at| position(at)).collect())
}

/// A ring, closed, in the direction asked for.
fn ring(places: &[LonLat], anticlockwise: bool) -> Value {
    let next = |i: usize| places[(i + 1) % places.len()];
    let wide = |a: i32, b: i32| i128::from(a) * i128::from(b);
    let doubled: i128 = places
        .iter()
        .enumerate()
        .map(|(i, a)| wide(a.lon(), next(i).lat()) - wide(next(i).lon(), a.lat()))
        .sum();
    let mut closed = places.to_vec();
    if (doubled > 0) != anticlockwise {
        closed.reverse();
    }
    closed.extend(closed.first().copied());
    positions(&closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_are_closed_and_turn_the_right_way() {
        let at = |lon, lat| LonLat::new(lon, lat).unwrap();
        let clockwise = vec![at(0, 0), at(0, 10_000_000), at(10_000_000, 0)];
        let shape = MultiPolygon(vec![precinct_base::Polygon {
            outer: clockwise.clone(),
            holes: vec![clockwise],
        }]);
        assert_eq!(
            area(&shape)["coordinates"],
            json!([[
                [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [1.0, 0.0]],
                [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, 0.0]]
            ]])
        );
    }

    #[test]
    fn positions_have_longitude_first_and_no_noise() {
        let at: LonLat = "-122.4193,37.7793".parse().unwrap();
        assert_eq!(point(at).to_string(), r#"{"type":"Point","coordinates":[-122.4193,37.7793]}"#);
    }
}
