//! Areas: buildings, water, green, and what ground is used for. Higher ranks lie under lower ones.

use super::{Look, Rule, look};
use crate::element::Tags;
use crate::scenery::SceneryLayer;

/// What an area with these tags is drawn as.
pub(super) fn area(tags: Tags<'_>) -> Option<Look> {
    building(tags)
        .or_else(|| look(SceneryLayer::Water, WATER, tags))
        .or_else(|| look(SceneryLayer::Green, GREEN, tags))
        .or_else(|| look(SceneryLayer::Landuse, LAND, tags))
}

fn building(tags: Tags<'_>) -> Option<Look> {
    let stands = tags.get("building").is_some_and(|value| value != "no");
    let above = tags.get("location") != Some("underground");
    (stands && above).then_some(Look { layer: SceneryLayer::Building, class: "building", rank: 5 })
}

const WATER: &[Rule] = &[
    ("water", &["river", "oxbow"], "river", 5),
    ("water", &["canal", "ditch", "lock"], "canal", 5),
    ("water", &["lake", "lagoon"], "lake", 5),
    ("water", &["reservoir", "basin"], "reservoir", 5),
    ("water", &["pond", "fountain", "reflecting_pool"], "pond", 5),
    ("natural", &["water"], "water", 5),
    ("waterway", &["riverbank"], "river", 5),
    ("waterway", &["dock", "boatyard"], "dock", 5),
    ("landuse", &["reservoir", "basin"], "reservoir", 5),
    ("leisure", &["swimming_pool"], "pool", 3),
];

const GREEN: &[Rule] = &[
    ("leisure", &["park"], "park", 8),
    ("leisure", &["golf_course"], "golf_course", 8),
    ("leisure", &["garden"], "garden", 4),
    ("leisure", &["pitch", "track"], "pitch", 3),
    ("leisure", &["playground"], "playground", 3),
    ("leisure", &["common", "dog_park"], "grass", 5),
    ("natural", &["beach"], "beach", 5),
    ("natural", &["sand", "shoal"], "sand", 6),
    ("natural", &["wood"], "wood", 6),
    ("natural", &["scrub", "heath"], "scrub", 6),
    ("natural", &["grassland"], "grass", 5),
    ("natural", &["wetland"], "wetland", 6),
    ("landuse", &["forest"], "wood", 6),
    ("landuse", &["grass", "village_green", "meadow"], "grass", 5),
    ("landuse", &["flowerbed"], "garden", 4),
    ("landuse", &["recreation_ground"], "park", 8),
    ("landuse", &["cemetery"], "cemetery", 5),
    ("amenity", &["grave_yard"], "cemetery", 5),
    ("landuse", &["farmland", "orchard", "vineyard", "allotments", "plant_nursery"], "farmland", 9),
];

const LAND: &[Rule] = &[
    ("amenity", &["school", "kindergarten", "university", "college"], "school", 5),
    ("amenity", &["hospital", "clinic"], "hospital", 5),
    ("aeroway", &["aerodrome", "heliport"], "airport", 8),
    ("aeroway", &["apron", "runway", "taxiway", "helipad"], "apron", 4),
    ("man_made", &["pier", "breakwater", "groyne"], "pier", 3),
    ("landuse", &["residential"], "residential", 9),
    ("landuse", &["commercial"], "commercial", 8),
    ("landuse", &["retail"], "retail", 7),
    ("landuse", &["industrial", "port"], "industrial", 8),
    ("landuse", &["railway"], "railway", 7),
    ("landuse", &["construction", "brownfield"], "construction", 7),
    ("landuse", &["military"], "military", 8),
    ("place", &["square"], "square", 5),
];

#[cfg(test)]
mod tests {
    use super::super::tests::{sight, told};
    use crate::outlines::Form;

    fn drawn(tags: &[(&str, &str)]) -> Option<(&'static str, &'static str, u8)> {
        told(sight(Form::Area, tags).area)
    }

    #[test]
    fn water_is_told_apart() {
        assert_eq!(drawn(&[("natural", "water")]), Some(("water", "water", 5)));
        assert_eq!(drawn(&[("natural", "water"), ("water", "lake")]), Some(("water", "lake", 5)));
        assert_eq!(drawn(&[("waterway", "riverbank")]), Some(("water", "river", 5)));
        assert_eq!(drawn(&[("landuse", "basin")]), Some(("water", "reservoir", 5)));
    }

    #[test]
    fn green_is_told_apart() {
        assert_eq!(drawn(&[("leisure", "park")]), Some(("green", "park", 8)));
        assert_eq!(drawn(&[("landuse", "forest")]), Some(("green", "wood", 6)));
        assert_eq!(drawn(&[("natural", "beach")]), Some(("green", "beach", 5)));
        assert_eq!(drawn(&[("landuse", "cemetery")]), Some(("green", "cemetery", 5)));
    }

    #[test]
    fn land_and_buildings_are_told_apart() {
        assert_eq!(drawn(&[("landuse", "industrial")]), Some(("landuse", "industrial", 8)));
        assert_eq!(drawn(&[("aeroway", "aerodrome")]), Some(("landuse", "airport", 8)));
        assert_eq!(drawn(&[("building", "yes")]), Some(("building", "building", 5)));
        assert_eq!(drawn(&[("building", "no")]), None);
        assert_eq!(drawn(&[("building", "yes"), ("location", "underground")]), None);
    }
}
