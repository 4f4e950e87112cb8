//! Labels: towns and their parts, and the few points that people find their way by.

use super::{Look, Rule, look};
use crate::element::Tags;
use crate::scenery::SceneryLayer;

/// What is written at a place with these tags.
pub(super) fn label(tags: Tags<'_>) -> Option<Look> {
    look(SceneryLayer::Place, PLACES, tags).or_else(|| look(SceneryLayer::Poi, POINTS, tags))
}

const PLACES: &[Rule] = &[
    ("place", &["city"], "city", 0),
    ("place", &["town"], "town", 1),
    ("place", &["borough", "suburb"], "suburb", 2),
    ("place", &["village"], "village", 3),
    ("place", &["quarter"], "quarter", 4),
    ("place", &["island"], "island", 4),
    ("place", &["neighbourhood"], "neighbourhood", 5),
    ("place", &["hamlet"], "hamlet", 6),
];

const POINTS: &[Rule] = &[
    ("aeroway", &["aerodrome"], "airport", 0),
    ("amenity", &["hospital"], "hospital", 0),
    ("railway", &["station", "halt"], "station", 0),
    ("amenity", &["police"], "police", 1),
    ("amenity", &["fire_station"], "fire_station", 1),
    ("amenity", &["ferry_terminal"], "ferry_terminal", 1),
    ("amenity", &["bus_station"], "bus_station", 2),
    ("amenity", &["university", "college"], "university", 1),
    ("amenity", &["school"], "school", 2),
    ("amenity", &["townhall", "courthouse"], "government", 2),
    ("amenity", &["marketplace"], "market", 2),
    ("leisure", &["stadium"], "stadium", 1),
    ("leisure", &["park"], "park", 2),
    ("tourism", &["museum"], "museum", 3),
    ("amenity", &["library"], "library", 3),
    ("amenity", &["place_of_worship"], "worship", 3),
    ("natural", &["peak"], "peak", 3),
];

#[cfg(test)]
mod tests {
    use super::super::tests::{sight, told};
    use crate::outlines::Form;

    fn drawn(key: &str, value: &str) -> Option<(&'static str, &'static str, u8)> {
        told(sight(Form::Point, &[(key, value), ("name:zh", "名")]).label)
    }

    #[test]
    fn towns_come_before_their_parts() {
        assert_eq!(drawn("place", "city"), Some(("place", "city", 0)));
        assert_eq!(drawn("place", "borough"), Some(("place", "suburb", 2)));
        assert_eq!(drawn("place", "locality"), None);
    }

    #[test]
    fn points_people_find_their_way_by() {
        assert_eq!(drawn("railway", "station"), Some(("poi", "station", 0)));
        assert_eq!(drawn("amenity", "hospital"), Some(("poi", "hospital", 0)));
        assert_eq!(drawn("amenity", "school"), Some(("poi", "school", 2)));
        assert_eq!(drawn("amenity", "bench"), None);
    }
}
