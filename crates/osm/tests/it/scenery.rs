//! The scenery of tiny maps.

use precinct_base::{Bounds, LonLat};
use precinct_osm::write::Packing;
use precinct_osm::{
    Clip, Format, Scenery, SceneryFeature, SceneryLayer, SceneryShape, read_scenery_bytes,
};

use crate::common::{Map, at};

fn read_in(map: &Map<'_>, clip: &Clip) -> Scenery {
    read_scenery_bytes("test.osm.pbf", Format::Pbf, &map.pbf(Packing::Zlib), clip).unwrap()
}

fn read(map: &Map<'_>) -> Scenery {
    read_in(map, &Clip::Everything)
}

fn clip(low: LonLat, high: LonLat) -> Clip {
    Clip::Bounds(Bounds::new(low, high).unwrap())
}

/// A square of nodes `first` to `first + 3` with its corner at (`lon`, `lat`), anticlockwise.
fn square(map: Map<'_>, first: i64, lon: i32, lat: i32, side: i32) -> Map<'_> {
    map.node(first, at(lon, lat), &[])
        .node(first + 1, at(lon + side, lat), &[])
        .node(first + 2, at(lon + side, lat + side), &[])
        .node(first + 3, at(lon, lat + side), &[])
}

const fn ring(first: i64) -> [i64; 5] {
    [first, first + 1, first + 2, first + 3, first]
}

fn told(feature: &SceneryFeature) -> (SceneryLayer, &'static str, u8) {
    (feature.layer, feature.class, feature.rank)
}

fn classes(scenery: &Scenery) -> Vec<&'static str> {
    scenery.features.iter().map(|feature| feature.class).collect()
}

#[test]
fn a_closed_way_is_an_area_and_an_open_one_is_not() {
    let map = square(Map::new(), 1, 0, 0, 10);
    let park = map.clone().way(1, &ring(1), &[("leisure", "park")]);
    let scenery = read(&park);
    assert_eq!(told(&scenery.features[0]), (SceneryLayer::Green, "park", 8));
    let SceneryShape::Area(area) = &scenery.features[0].shape else { panic!("an area") };
    assert!(area.contains(at(5, 5)) && area.0[0].outer.len() == 4);
    assert!(read(&map.way(1, &[1, 2, 3], &[("leisure", "park")])).features.is_empty());
}

#[test]
fn a_river_is_a_line_with_its_names() {
    let names =
        &[("waterway", "river"), ("name", "濠江"), ("name:zh", "濠江"), ("name:en", "Hao River")];
    let scenery = read(&Map::new().nodes(1..=3).way(1, &[1, 2, 3], names));
    let river = &scenery.features[0];
    assert_eq!(told(river), (SceneryLayer::Water, "river", 3));
    let name = &river.name;
    assert_eq!([&name.local, &name.zh, &name.en], ["濠江", "濠江", "Hao River"]);
    assert_eq!(river.shape, SceneryShape::Line(vec![at(1, 0), at(2, 0), at(3, 0)]));
}

#[test]
fn a_line_with_a_missing_place_is_two_pieces() {
    let map = Map::new().nodes(1..=2).nodes(4..=5);
    let scenery = read(&map.way(1, &[1, 2, 3, 4, 5], &[("railway", "rail")]));
    assert_eq!(classes(&scenery), ["rail", "rail"]);
}

#[test]
fn a_lake_keeps_its_islands() {
    let tags = &[("type", "multipolygon"), ("natural", "water"), ("water", "lake")];
    let map = square(square(Map::new(), 1, 0, 0, 10), 5, 3, 3, 2)
        .way(1, &[1, 2, 3], &[])
        .way(2, &[1, 4, 3], &[])
        .way(3, &ring(5), &[])
        .relation(9, &[(1, "outer"), (2, "outer"), (3, "inner")], tags);
    let scenery = read(&map);
    assert_eq!(told(&scenery.features[0]), (SceneryLayer::Water, "lake", 5));
    let SceneryShape::Area(area) = &scenery.features[0].shape else { panic!("an area") };
    assert!(area.contains(at(1, 1)) && !area.contains(at(4, 4)));
    assert_eq!(scenery.report.broken_areas, 0);
}

#[test]
fn a_broken_outline_is_left_out_and_counted() {
    let tags = &[("type", "multipolygon"), ("landuse", "forest")];
    let gap =
        square(Map::new(), 1, 0, 0, 10).way(1, &[1, 2, 3], &[]).relation(9, &[(1, "outer")], tags);
    let scenery = read(&gap);
    assert_eq!((scenery.features.len(), scenery.report.broken_areas), (0, 1));
    let missing = Map::new().nodes(1..=3).way(1, &[1, 2, 3, 4, 1], &[("landuse", "grass")]);
    let scenery = read(&missing);
    assert_eq!((scenery.features.len(), scenery.report.broken_areas), (0, 1));
}

#[test]
fn a_way_bounds_once_at_its_highest_level() {
    let tags =
        |level| [("type", "boundary"), ("boundary", "administrative"), ("admin_level", level)];
    let (city, parish) = (tags("6"), tags("8"));
    let map = square(Map::new(), 1, 0, 0, 10)
        .way(1, &[1, 2, 3], &[])
        .way(2, &[1, 4, 3], &[("boundary", "administrative"), ("admin_level", "9")])
        .relation(8, &[(1, "outer"), (2, "outer")], &parish)
        .relation(9, &[(1, "outer")], &city);
    let scenery = read(&map);
    let all: Vec<_> = scenery.features.iter().map(told).collect();
    assert_eq!(
        all,
        [
            (SceneryLayer::Boundary, "administrative", 6),
            (SceneryLayer::Boundary, "administrative", 8)
        ]
    );
}

#[test]
fn labels_stand_at_points_and_in_the_middle_of_areas_once() {
    let school = &[("amenity", "school"), ("name", "培正中學")];
    let map = square(Map::new(), 1, 0, 0, 2)
        .node(9, at(1, 0), school)
        .node(10, at(50, 50), &[("place", "suburb"), ("name", "氹仔")])
        .way(1, &ring(1), school);
    let scenery = read(&map);
    assert_eq!(classes(&scenery), ["school", "suburb", "school"]);
    assert_eq!(scenery.features[0].shape, SceneryShape::Point(at(1, 0)));
    // The third is the ground of the school; its label is there already.
    assert_eq!(scenery.features[2].layer, SceneryLayer::Landuse);
    let alone = read(&square(Map::new(), 1, 0, 0, 2).way(1, &ring(1), school));
    assert_eq!(alone.features[0].shape, SceneryShape::Point(at(1, 1)));
}

#[test]
fn what_lies_outside_the_clip_is_left_out() {
    let map = square(square(Map::new(), 1, 0, 0, 10), 5, 50, 50, 10)
        .node(9, at(55, 55), &[("place", "town"), ("name", "Far")])
        .way(1, &ring(1), &[("building", "yes")])
        .way(2, &ring(5), &[("building", "yes")])
        .way(3, &[5, 6], &[("railway", "rail")]);
    let scenery = read_in(&map, &clip(at(-5, -5), at(5, 5)));
    assert_eq!(classes(&scenery), ["building"]);
    assert_eq!(scenery.bounds, Bounds::new(at(-5, -5), at(5, 5)));
}

#[test]
fn the_sea_is_right_of_the_coast_and_islands_are_land() {
    let coast = &[("natural", "coastline")];
    let map = square(Map::new(), 1, 60, 40, 10)
        .node(10, at(30, -50), &[])
        .node(11, at(30, 50), &[])
        .node(12, at(30, 150), &[])
        .way(2, &[11, 12], coast)
        .way(1, &[10, 11], coast)
        .way(3, &ring(1), coast);
    let scenery = read_in(&map, &clip(at(0, 0), at(100, 100)));
    assert_eq!(scenery.features.iter().map(told).next(), Some((SceneryLayer::Water, "sea", 9)));
    let SceneryShape::Area(sea) = &scenery.features[0].shape else { panic!("an area") };
    let wet = [at(20, 50), at(40, 50), at(65, 45), at(99, 99)].map(|place| sea.contains(place));
    assert_eq!(wet, [false, true, false, true]);
    assert_eq!(scenery.report.loose_coast_ends, 0);
}

#[test]
fn every_format_says_the_same() {
    let map = square(Map::new(), 1, 0, 0, 10)
        .node(9, at(1, 1), &[("railway", "station"), ("name", "媽閣")])
        .way(1, &ring(1), &[("natural", "beach")]);
    let xml = read_scenery_bytes("test.osm", Format::Xml, &map.xml(), &Clip::Everything).unwrap();
    assert_eq!(xml, read(&map));
}
