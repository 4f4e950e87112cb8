//! Counts of the real extracts, where they are: `PRECINCT_DATA`, or `../shared/data` beside the checkout.
//! `docs/import-counts.md` says how they compare with the counts published with the data.
#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "a test that is skipped says so, and where the data lies comes from outside"
)]

use std::path::PathBuf;

use precinct_base::Bounds;
use precinct_osm::{
    ClassSpeeds, Clip, PostKind, RoadOptions, RoadReport, Roads, Silent, SiteKind, TimeUnit,
};

fn data(file: &str) -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = std::env::var_os("PRECINCT_DATA").map_or(beside, PathBuf::from).join(file);
    if !path.exists() {
        println!("skipped: {file} is not there (set PRECINCT_DATA)");
        return None;
    }
    Some(path)
}

fn roads(file: &str, clip: &Clip) -> Option<Roads> {
    let speeds = ClassSpeeds::default();
    let options = RoadOptions { clip, speeds: &speeds, progress: &Silent };
    data(file).map(|path| precinct_osm::read_roads(&path, &options).unwrap())
}

fn macau() -> Clip {
    Clip::Bounds(
        Bounds::new("113.52,22.10".parse().unwrap(), "113.61,22.22".parse().unwrap()).unwrap(),
    )
}

#[test]
fn san_francisco() {
    let Some(roads) = roads("sf/san-francisco.osm.pbf", &Clip::Everything) else { return };
    let report = roads.report;
    assert_eq!(
        (report.ways, report.car_ways, report.one_way, report.named),
        (15_495, 15_495, 3_940, 15_495)
    );
    assert_eq!((report.graph_nodes, report.segments, report.car_arcs), (9_390, 15_495, 27_050));
    assert_eq!(
        (report.car_length.0 / 1_000_000, report.with_limit, report.missing_nodes),
        (1_950, 0, 0)
    );
}

#[test]
fn macau_roads() {
    let Some(roads) = roads("macau/macau-260220.osm.pbf", &macau()) else { return };
    let expected = RoadReport {
        nodes: 219_374,
        nodes_inside: 217_942,
        ways: 30_749,
        roads: 13_242,
        car_ways: 7_458,
        one_way: 5_502,
        named: 4_041,
        with_limit: 322,
        outside_nodes: 752,
        cut_ways: 13,
        ..roads.report
    };
    assert_eq!(roads.report, expected);
    assert_eq!(
        (expected.missing_nodes, expected.odd_limits, expected.lost_ways, expected.too_long),
        (0, 0, 0, 0)
    );
}

#[test]
fn macau_places() {
    let Some(path) = data("macau/macau-260220.osm.pbf") else { return };
    let places = precinct_osm::read_places(&path, &Clip::Everything, &Silent).unwrap();
    let posts = |kind| places.posts.iter().filter(|post| post.kind == kind).count();
    let sites = |kind| places.sites.iter().filter(|site| site.kind == kind).count();
    assert_eq!((posts(PostKind::PoliceStation), posts(PostKind::FireStation)), (30, 12));
    assert_eq!((sites(SiteKind::Hospital), sites(SiteKind::School)), (9, 73));
    assert_eq!(places.report.buildings, 11_965);
    assert_eq!((places.areas.len(), places.report.broken_area_count), (8, 14));
    // The suggested box leaves the stray nodes out and the town in.
    let suggested = places.dense_bounds.unwrap();
    let Clip::Bounds(town) = macau() else { return };
    assert!(suggested.contains(town.centre()));
    assert!(places.posts.iter().all(|post| suggested.contains(post.at)));
    let width = |bounds: Bounds| bounds.max().lon() - bounds.min().lon();
    assert!(width(suggested) < 2 * width(town), "{suggested:?}");
}

#[test]
fn wuhan() {
    let Some(roads) = roads("wuhan/wuhan.osm.pbf", &Clip::Everything) else { return };
    let report = roads.report;
    assert_eq!((report.car_ways, report.one_way, report.named), (92_028, 2_080, 0));
    assert_eq!((report.car_nodes, report.car_arcs), (82_365, 184_056 - 2_080));
    assert_eq!(report.car_length.0 / 1_000_000, 7_163);
}

#[test]
fn new_york() {
    let Some(graph) = data("ny/USA-road-t.NY.gr.gz") else { return };
    let Some(coordinates) = data("ny/USA-road-d.NY.co.gz") else { return };
    let unit = TimeUnit { numerator: 36, denominator: 10 };
    let roads = precinct_osm::read_dimacs(&graph, &coordinates, unit, &Silent).unwrap();
    assert_eq!(
        (roads.report.graph_nodes, roads.report.car_arcs, roads.report.segments),
        (264_346, 733_846, 366_923)
    );
    assert_eq!((roads.draft.nodes[0].osm_id, roads.draft.nodes[264_345].osm_id), (1, 264_346));
}
