//! Posts, sites, areas, homes and settlements of tiny maps.

use precinct_base::{Bounds, MultiPolygon};
use precinct_osm::{Clip, OsmRef, PostKind, SettlementKind, SiteKind};

use crate::common::{Map, Pairs, at};

/// A square of nodes `first` to `first + 3` with its corner at (`lon`, `lat`), `side` thousandths of a degree wide.
fn square(map: Map<'_>, first: i64, lon: i32, lat: i32, side: i32) -> Map<'_> {
    map.node(first, at(lon, lat), &[])
        .node(first + 1, at(lon + side, lat), &[])
        .node(first + 2, at(lon + side, lat + side), &[])
        .node(first + 3, at(lon, lat + side), &[])
}

const fn ring(first: i64) -> [i64; 5] {
    [first, first + 1, first + 2, first + 3, first]
}

const PARISH: Pairs<'_> =
    &[("type", "boundary"), ("boundary", "administrative"), ("admin_level", "6"), ("name", "Sé")];

#[test]
fn points_and_buildings_are_places() {
    let map = square(Map::new(), 1, 0, 0, 2)
        .node(9, at(5, 5), &[("amenity", "police"), ("name", "治安警察局"), ("name:en", "Police")])
        .node(10, at(6, 6), &[("place", "suburb"), ("name", "新口岸")])
        .way(7, &ring(1), &[("amenity", "school"), ("building", "school"), ("name", "培正中學")]);
    let places = map.places();
    assert_eq!(places.posts.len(), 1);
    let post = &places.posts[0];
    assert_eq!(
        (post.kind, post.at, post.source),
        (PostKind::PoliceStation, at(5, 5), OsmRef::Node(9))
    );
    assert_eq!((post.name.local.as_str(), post.name.en.as_str()), ("治安警察局", "Police"));
    let site = &places.sites[0];
    assert_eq!((site.kind, site.at, site.source), (SiteKind::School, at(1, 1), OsmRef::Way(7)));
    assert_eq!(places.settlements[0].kind, SettlementKind::Suburb);
    assert_eq!((places.report.buildings, places.homes.len()), (1, 0));
    assert_eq!(OsmRef::Way(7).to_string(), "way/7");
}

#[test]
fn what_lies_outside_the_clip_is_left_out() {
    let bank = &[("amenity", "bank")];
    let map = square(Map::new().node(20, at(1, 1), bank).node(21, at(9, 9), bank), 1, 8, 8, 2).way(
        7,
        &ring(1),
        &[("building", "apartments"), ("amenity", "fire_station")],
    );
    let places = map.places_in(&Clip::Bounds(Bounds::new(at(0, 0), at(5, 5)).unwrap()));
    assert_eq!(
        (places.sites.len(), places.posts.len(), places.homes.len(), places.report.buildings),
        (1, 0, 0, 0)
    );
    assert_eq!(places.report.nodes, 6);
}

#[test]
fn an_area_is_joined_from_its_ways() {
    let map = square(square(Map::new(), 1, 0, 0, 10), 5, 3, 3, 2)
        .way(1, &[1, 2, 3], &[])
        .way(2, &[1, 4, 3], &[])
        .way(3, &ring(5), &[])
        .relation(5, &[(1, "outer"), (2, "outer"), (3, "inner"), (99, "label")], PARISH);
    let places = map.places();
    let area = &places.areas[0];
    assert_eq!((area.level, area.name.local.as_str(), area.source), (6, "Sé", OsmRef::Relation(5)));
    assert_eq!(
        (area.shape.0.len(), area.shape.0[0].outer.len(), area.shape.0[0].holes.len()),
        (1, 4, 1)
    );
    assert!(
        area.shape.contains(at(1, 1))
            && !area.shape.contains(at(4, 4))
            && !area.shape.contains(at(11, 1))
    );
    assert_eq!(places.report.broken_area_count, 0);
}

#[test]
fn an_area_of_several_islands_keeps_its_holes_apart() {
    let map = square(square(square(Map::new(), 1, 0, 0, 4), 5, 10, 0, 4), 9, 11, 1, 1)
        .way(1, &ring(1), &[])
        .way(2, &ring(5), &[])
        .way(3, &ring(9), &[])
        .relation(5, &[(1, "outer"), (2, ""), (3, "inner")], PARISH);
    let shape = map.places().areas[0].shape.clone();
    assert_eq!(shape.0.iter().map(|polygon| polygon.holes.len()).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn an_area_with_a_gap_is_left_out_and_told() {
    let gap = square(Map::new(), 1, 0, 0, 10).way(1, &[1, 2, 3], &[]).relation(
        5,
        &[(1, "outer")],
        PARISH,
    );
    let missing_way = gap.clone().relation(6, &[(1, "outer"), (77, "outer")], PARISH);
    let missing_node =
        Map::new().nodes(1..=3).way(1, &[1, 2, 3, 4, 1], &[]).relation(5, &[(1, "outer")], PARISH);
    for (map, broken) in [(gap, 1), (missing_way, 2), (missing_node, 1)] {
        let report = map.places().report;
        assert_eq!(
            (report.broken_area_count, report.broken_areas.len()),
            (broken, broken as usize)
        );
        assert_eq!(report.broken_areas[0].name.local, "Sé");
    }
}

#[test]
fn an_area_is_kept_when_it_meets_the_clip() {
    let map =
        square(Map::new(), 1, 0, 0, 10).way(1, &ring(1), &[]).relation(5, &[(1, "outer")], PARISH);
    let inside = Bounds::new(at(8, 8), at(20, 20)).unwrap();
    let beside = Bounds::new(at(11, 8), at(20, 20)).unwrap();
    assert_eq!(map.places_in(&Clip::Bounds(inside)).areas.len(), 1);
    assert_eq!(map.places_in(&Clip::Area(MultiPolygon::from_bounds(inside))).areas.len(), 1);
    assert_eq!(map.places_in(&Clip::Bounds(beside)).areas.len(), 0);
    assert_eq!(map.places_in(&Clip::Area(MultiPolygon::default())).areas.len(), 0);
}

#[test]
fn people_are_guessed_from_buildings_and_else_from_land() {
    // A thousandth of a degree is about 103 m by 111 m here: 11,415 m².
    let land = &[("landuse", "residential"), ("name", "幸福小区")];
    let map = square(square(square(Map::new(), 1, 0, 0, 1), 5, 10, 0, 5), 9, 11, 1, 1)
        .way(1, &ring(1), land)
        .way(2, &ring(5), land)
        .way(3, &ring(9), &[("building", "apartments"), ("building:levels", "1")]);
    let places = map.places();
    assert_eq!(places.sites.iter().filter(|site| site.kind == SiteKind::Community).count(), 2);
    // The land with a building on it has the building's people alone.
    let [building, land] = places.homes.as_slice() else { panic!("two homes") };
    assert!(building.weight.abs_diff(11_415 / 35) <= 1, "{building:?}");
    assert!(land.weight.abs_diff(114) <= 1, "{land:?}");
}

#[test]
fn an_open_way_is_a_place_and_no_ground() {
    let map = Map::new().nodes(1..=3).way(
        1,
        &[1, 2, 3],
        &[("building", "apartments"), ("amenity", "bank")],
    );
    let places = map.places();
    assert_eq!((places.sites[0].at, places.homes.len()), (at(2, 0), 0));
}

#[test]
fn bounds_are_declared_or_found() {
    let map = Map::new().nodes(1..=4);
    let places = map.places();
    assert_eq!(places.bounds, Bounds::new(at(1, 0), at(4, 0)));
    assert!(places.dense_bounds.unwrap().contains(at(2, 0)));
    let text = "<osm><bounds minlat='22.1' minlon='113.5' maxlat='22.2' maxlon='113.6'/></osm>";
    let read = precinct_osm::read_places_bytes(
        "x",
        precinct_osm::Format::Xml,
        text.as_bytes(),
        &Clip::Everything,
    )
    .unwrap();
    assert_eq!(read.bounds, Bounds::new(at(0, 0), at(100, 100)));
    assert_eq!(read.dense_bounds, None);
}
