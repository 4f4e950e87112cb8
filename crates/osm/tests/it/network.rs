//! How ways become a graph: where they are split, cut, closed and severed.

use crate::common::{Map, at, flow};
use precinct_base::{Bounds, Millimetres, Millis, MultiPolygon};
use precinct_osm::{Clip, Roads};
use precinct_roads::{Along, Profile};

const STREET: &[(&str, &str)] = &[("highway", "residential")];

/// The segments as the numbers of their ends in the source, with the bends between, in order.
fn segments(roads: &Roads) -> Vec<(i64, i64, usize)> {
    let id = |node: u32| roads.draft.nodes[node as usize].osm_id;
    roads.draft.segments.iter().map(|it| (id(it.from), id(it.to), it.shape.len())).collect()
}

#[test]
fn ways_are_split_where_they_meet_and_nowhere_else() {
    let map = Map::new().nodes(1..=7).way(1, &[1, 2, 3, 4, 5], STREET).way(2, &[6, 3, 7], STREET);
    let roads = map.roads();
    assert_eq!(segments(&roads), [(1, 3, 1), (3, 5, 1), (6, 3, 0), (3, 7, 0)]);
    assert_eq!((roads.report.graph_nodes, roads.report.segments, roads.report.car_arcs), (5, 4, 8));
    assert_eq!(roads.draft.segments[0].shape, [at(2, 0)]);
    assert_eq!(roads.draft.segments[0].way, 1);
}

#[test]
fn ways_that_are_no_roads_split_nothing() {
    let map =
        Map::new().nodes(1..=4).way(1, &[1, 2, 3], STREET).way(2, &[2, 4], &[("building", "yes")]);
    assert_eq!(segments(&map.roads()), [(1, 3, 1)]);
}

#[test]
fn closed_ways_are_loops_and_crossed_ways_split() {
    let ring = Map::new().nodes(1..=4).way(1, &[1, 2, 3, 1], STREET);
    assert_eq!(segments(&ring.roads()), [(1, 1, 2)]);
    let lasso = Map::new().nodes(1..=4).way(1, &[1, 2, 3, 4, 2], STREET);
    assert_eq!(segments(&lasso.roads()), [(1, 2, 0), (2, 2, 2)]);
    let eight = Map::new().nodes(1..=5).way(1, &[1, 2, 3, 4, 2, 5], STREET);
    assert_eq!(segments(&eight.roads()), [(1, 2, 0), (2, 2, 2), (2, 5, 0)]);
}

#[test]
fn parallel_ways_and_zero_length_are_kept_and_stutter_is_not() {
    let map = Map::new().nodes(1..=2).node(3, at(2, 0), &[]).way(1, &[1, 2], STREET).way(
        2,
        &[1, 1, 2, 2],
        STREET,
    );
    let map = map.way(3, &[2, 3], STREET).way(4, &[3, 3], STREET).way(5, &[1], STREET).way(
        6,
        &[],
        STREET,
    );
    let roads = map.roads();
    assert_eq!(segments(&roads), [(1, 2, 0), (1, 2, 0), (2, 3, 0)]);
    let zero = &roads.draft.segments[2];
    assert_eq!(
        (zero.length, zero.times.get(Profile::PoliceCar, Along::Forward)),
        (Millimetres(0), Some(Millis(0)))
    );
    assert_eq!(roads.report.lost_ways, 3);
}

#[test]
fn a_way_is_cut_at_nodes_that_are_not_in_the_file() {
    let map =
        Map::new().nodes(1..=2).nodes(4..=5).nodes(7..=7).way(1, &[1, 2, 3, 4, 5, 6, 7, 8], STREET);
    let roads = map.roads();
    assert_eq!(segments(&roads), [(1, 2, 0), (4, 5, 0)]);
    assert_eq!(
        (roads.report.missing_nodes, roads.report.cut_ways, roads.report.lost_ways),
        (3, 1, 0)
    );
    let none = Map::new().nodes(1..=1).way(1, &[5, 6], STREET).roads();
    assert_eq!((none.report.missing_nodes, none.report.cut_ways, none.report.lost_ways), (2, 0, 1));
}

#[test]
fn a_way_is_cut_where_it_leaves_the_area() {
    let map =
        Map::new().nodes(1..=9).way(1, &[1, 2, 3, 4, 5, 6, 7], STREET).way(2, &[8, 9], STREET);
    let bounds = Bounds::new(at(2, -1), at(5, 1)).unwrap();
    for clip in [
        Clip::Bounds(bounds),
        Clip::Area(MultiPolygon::from_bounds(Bounds::new(at(1, -1), at(6, 1)).unwrap())),
    ] {
        let roads = map.roads_in(&clip);
        let kept = segments(&roads)[0];
        assert!(kept == (2, 5, 2) || kept == (1, 5, 3), "{kept:?}");
        assert_eq!(
            (roads.report.cut_ways, roads.report.lost_ways, roads.report.segments),
            (1, 1, 1)
        );
        assert_eq!(roads.report.nodes, 9);
        assert_eq!(roads.report.nodes_inside + roads.report.outside_nodes, 9);
    }
}

#[test]
fn a_barrier_severs_for_those_it_stops() {
    let map = Map::new().nodes(1..=3).tag(2, &[("barrier", "bollard")]).way(1, &[1, 2, 3], STREET);
    let roads = map.roads();
    // Two halves, and between the doubles of node 2 a link without length for those who get through.
    assert_eq!(segments(&roads), [(1, 2, 0), (2, 3, 0), (2, 2, 0)]);
    let [first, last, link] = roads.draft.segments.as_slice() else { panic!("three segments") };
    assert_ne!(first.to, last.from);
    assert_eq!((link.from, link.to), (first.to, last.from));
    assert_eq!(
        (flow(first), flow(last), flow(link)),
        ("====".into(), "====".into(), ".===".into())
    );
    assert_eq!(link.times.get(Profile::Foot, Along::Forward), Some(Millis(0)));
    assert_eq!(roads.report.barriers, 1);
}

#[test]
fn a_wall_leaves_no_link() {
    let roads =
        Map::new().nodes(1..=3).tag(2, &[("barrier", "wall")]).way(1, &[1, 2, 3], STREET).roads();
    assert_eq!(segments(&roads), [(1, 2, 0), (2, 3, 0)]);
    assert_ne!(roads.draft.segments[0].to, roads.draft.segments[1].from);
}

#[test]
fn a_barrier_at_a_crossing_severs_every_arm() {
    let map = Map::new()
        .nodes(1..=5)
        .tag(3, &[("barrier", "block")])
        .way(1, &[1, 3, 5], STREET)
        .way(2, &[2, 3], STREET);
    let roads = map.roads();
    assert_eq!(segments(&roads), [(1, 3, 0), (3, 5, 0), (2, 3, 0), (3, 3, 0), (3, 3, 0)]);
    assert!(roads.draft.segments[3..].iter().all(|link| flow(link) == "..=="));
}

#[test]
fn a_barrier_that_takes_nobodys_way_changes_nothing() {
    // At the end of a road; between a street and a footway, which no car could go on anyway; open to police.
    let end = Map::new().nodes(1..=2).tag(2, &[("barrier", "block")]).way(1, &[1, 2], STREET);
    let path = Map::new().nodes(1..=3).tag(2, &[("barrier", "bollard")]).way(1, &[1, 2], STREET);
    let path = path.way(2, &[2, 3], &[("highway", "footway")]);
    let gate = Map::new().nodes(1..=3).tag(2, &[("barrier", "gate"), ("access", "private")]).way(
        1,
        &[1, 2, 3],
        STREET,
    );
    for (map, nodes) in [(end, 2), (path, 3), (gate, 2)] {
        let roads = map.roads();
        assert_eq!((roads.report.barriers, roads.report.graph_nodes), (0, nodes));
    }
}

#[test]
fn emergency_opens_a_barrier() {
    let tags = &[("barrier", "bollard"), ("emergency", "yes")];
    let roads = Map::new().nodes(1..=3).tag(2, tags).way(1, &[1, 2, 3], STREET).roads();
    assert_eq!(segments(&roads), [(1, 3, 1)]);
}
