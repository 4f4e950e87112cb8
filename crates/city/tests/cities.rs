//! The cities of the project on the data they name, where it is there; else each test says that it skips.

use std::path::{Path, PathBuf};

use precinct_base::Bounds;
use precinct_city::{City, ClipWish, OpenOptions, Report};
use precinct_osm::Silent;

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a test finds its data by itself and says if it skips"
)]
/// The data folder, if `file` is in it.
fn data(file: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PRECINCT_DATA")
        .map_or_else(|| checkout().join("../shared/data"), PathBuf::from);
    if root.join(file).is_file() {
        return Some(root);
    }
    println!("skipped: {} is not there", root.join(file).display());
    None
}

fn options(root: PathBuf) -> OpenOptions {
    OpenOptions { data_root: Some(root), ..OpenOptions::default() }
}

fn open(city: &str, root: PathBuf) -> City {
    precinct_city::open(&checkout().join("cities").join(city), &options(root)).unwrap()
}

fn check(city: &str, root: PathBuf) -> Report {
    precinct_city::check(&checkout().join("cities").join(city), &options(root), &Silent).unwrap()
}

#[test]
fn every_city_file_is_sound() {
    for city in ["san-francisco", "macau", "wuhan", "new-york-dimacs"] {
        let path = checkout().join("cities").join(city).join("city.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(precinct_city::parse_city(&text, city).is_ok(), "{city}");
    }
}

#[test]
fn san_francisco_has_ten_stations_and_all_its_people() {
    let Some(root) = data("sf/sf_facilities.csv") else { return };
    let city = open("san-francisco", root.clone());
    assert_eq!((city.posts.len(), city.areas.len()), (10, 10));
    assert!(city.posts.iter().all(|post| city.areas_at(post.at).len() == 1));
    assert_eq!(city.demand_measure(), Some("people"));
    assert_eq!(city.demand_total() / 1_000, 780_233);
    let calls = OpenOptions { demand: Some("calls".into()), ..options(root) };
    let city = precinct_city::open(&checkout().join("cities/san-francisco"), &calls).unwrap();
    assert_eq!((city.demand.len(), city.demand_measure()), (533, Some("calls")));
    assert!(city.faults.is_sound(), "{:?}", city.faults);
}

#[test]
fn san_francisco_is_all_there() {
    let Some(root) = data("sf/san-francisco.osm.pbf") else { return };
    let report = check("san-francisco", root);
    assert!(report.sound, "{:?}", report.faults);
    let summary = report.summary.unwrap();
    let count = |map: &std::collections::BTreeMap<String, u64>, name: &str| {
        map.get(name).copied().unwrap_or_default()
    };
    assert_eq!((count(&summary.sites, "hospital"), count(&summary.sites, "clinic")), (13, 65));
    assert_eq!((count(&summary.sites, "school"), count(&summary.areas, "station_area")), (127, 10));
    assert_eq!(summary.addresses, 219_301);
    let roads = summary.roads.unwrap();
    assert!(roads.car_nodes_in_main_part * 1_000 > roads.car_nodes * 990);
}

#[test]
fn macao_has_its_posts_and_its_people_in_their_homes() {
    let Some(root) = data("macau/macau-260220.osm.pbf") else { return };
    let report = check("macau", root.clone());
    assert!(
        report.sound,
        "{:?}",
        report.faults.listed.iter().find(|fault| fault.severity > precinct_city::Severity::Note)
    );
    let summary = report.summary.unwrap();
    assert_eq!((summary.posts["police_station"], summary.posts["fire_station"]), (30, 12));
    assert_eq!((summary.sites["hospital"], summary.areas["district"]), (9, 23));
    // The census counted 682,070; density is rounded and the area of a zone given to a tenth of a square kilometre.
    assert_eq!(summary.demand_total, 671_960);
    let city = open("macau", root);
    let in_a_zone = city.demand.iter().filter(|one| one.area.is_some()).count();
    assert!(
        city.demand.len() > 9_000 && in_a_zone == city.demand.len(),
        "{} {in_a_zone}",
        city.demand.len()
    );
}

#[test]
fn a_city_without_posts_says_what_to_add() {
    let Some(root) = data("wuhan/wuhan.osm.pbf") else { return };
    let report = check("wuhan", root);
    assert!(report.sound, "{:?}", report.faults);
    let summary = report.summary.unwrap();
    assert!(summary.posts.is_empty() && summary.to_add[0].en().starts_with("Posts:"));
}

#[test]
fn new_york_has_the_nodes_of_the_challenge() {
    let Some(root) = data("ny/USA-road-t.NY.gr.gz") else { return };
    let report = check("new-york-dimacs", root);
    assert!(report.sound, "{:?}", report.faults);
    assert_eq!(report.summary.unwrap().roads.unwrap().nodes, 264_346);
}

#[test]
fn an_extract_alone_is_a_city() {
    let Some(root) = data("macau/macau-260220.osm.pbf") else { return };
    let extract = root.join("macau/macau-260220.osm.pbf");
    let bare = precinct_city::open(&extract, &OpenOptions::default()).unwrap();
    assert_eq!((bare.name.zh.as_str(), bare.time_zone.as_str()), ("澳門", "Asia/Macau"));
    assert_eq!(bare.attribution, ["© OpenStreetMap contributors (ODbL)"]);

    let out = tempfile::tempdir().unwrap();
    let options = OpenOptions { cache: Some(out.path().join("cache")), ..OpenOptions::default() };
    let report =
        precinct_city::init(&extract, &out.path().join("macau"), &options, &Silent).unwrap();
    assert!(report.faults.is_sound(), "{:?}", report.faults);
    assert_eq!(
        (report.summary.posts["police_station"], report.summary.posts["fire_station"]),
        (30, 12)
    );
    let city = precinct_city::open(&out.path().join("macau"), &options).unwrap();
    assert!(
        city.demand.len() > 9_000 && city.areas.len() == 8,
        "{} {}",
        city.demand.len(),
        city.areas.len()
    );
    let again = precinct_city::init(&extract, &out.path().join("macau"), &options, &Silent);
    assert!(matches!(again, Err(precinct_city::CityError::Exists { .. })), "{again:?}");
}

#[test]
fn a_clip_that_is_asked_for_goes_before_the_citys_own() {
    let Some(root) = data("macau/macau-260220.osm.pbf") else { return };
    let extract = root.join("macau/macau-260220.osm.pbf");
    let out = tempfile::tempdir().unwrap();
    let outline = out.path().join("outline.geojson");
    let ring = "[[113.53,22.18],[113.56,22.18],[113.56,22.22],[113.53,22.22],[113.53,22.18]]";
    let shape = format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#);
    let feature = format!(r#"{{"type":"Feature","properties":{{}},"geometry":{shape}}}"#);
    std::fs::write(&outline, format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#))
        .unwrap();
    let bounds = Bounds::new("113.53,22.18".parse().unwrap(), "113.56,22.22".parse().unwrap());
    let posts = |clip| {
        let options = OpenOptions { clip, ..OpenOptions::default() };
        precinct_city::open(&extract, &options).unwrap().posts.len()
    };
    assert_eq!(posts(None), 42);
    assert_eq!(posts(bounds.map(ClipWish::Bounds)), 18);
    assert_eq!(posts(Some(ClipWish::File(outline.clone()))), 18);

    // What is asked of `init` is kept in the file it writes.
    let options = OpenOptions { clip: Some(ClipWish::File(outline)), ..OpenOptions::default() };
    let folder = out.path().join("north");
    precinct_city::init(&extract, &folder, &options, &Silent).unwrap();
    let kept = precinct_city::open(&folder, &OpenOptions::default()).unwrap();
    assert_eq!(kept.posts.len(), 18);

    let missing = OpenOptions {
        clip: Some(ClipWish::File(out.path().join("none.geojson"))),
        ..OpenOptions::default()
    };
    assert!(precinct_city::open(&extract, &missing).is_err());
}
