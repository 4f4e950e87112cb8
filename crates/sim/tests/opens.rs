//! A generated city opens like any other city, from its folder and from its extract alone.

use std::path::Path;

use precinct_city::{OpenOptions, Report, check};
use precinct_osm::Silent;
use precinct_sim::generate::{Made, Order, write_city};

fn made_and_checked(folder: &str, what: &str) -> (Made, Report) {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let made = write_city(&Order { seed: 21, people: 120_000 }, &dir).unwrap();
    let options = OpenOptions { cache: Some(dir.join("cache")), ..OpenOptions::default() };
    let report = check(&dir.join(what), &options, &Silent).unwrap();
    std::fs::remove_dir_all(&dir).unwrap();
    (made, report)
}

#[test]
fn the_folder_has_no_fault_and_all_that_was_made() {
    let (made, report) = made_and_checked("opens-folder", "city.toml");
    assert!(report.sound && report.faults.listed.is_empty(), "{:?}", report.faults.listed);
    let summary = report.summary.unwrap();
    assert_eq!((&summary.name_zh, &summary.name_en), (&made.name.zh, &made.name.en));
    assert_eq!(summary.posts.values().sum::<u64>(), made.posts as u64);
    assert_eq!(summary.sites.values().sum::<u64>(), made.sites as u64);
    assert_eq!(summary.areas.values().sum::<u64>(), made.areas as u64);
    assert_eq!(summary.demand_total, made.people * 120 / 1_000);
    assert_eq!((summary.demand_uses.len(), summary.hot_spots), (6, 12));
    assert!(summary.to_add.is_empty(), "{:?}", summary.to_add);
    let roads = summary.roads.unwrap();
    assert!(roads.car_nodes_in_main_part * 100 >= roads.car_nodes * 99);
    // Paths in parks are roads too, though not for cars.
    assert!(
        roads.segments >= made.segments as u64 && roads.segments < made.segments as u64 * 11 / 10
    );
    assert!(
        roads.named * 10 > roads.segments * 5,
        "{} of {} have a name",
        roads.named,
        roads.segments
    );
}

#[test]
fn the_extract_alone_is_a_city_with_posts_and_sites() {
    let (made, report) = made_and_checked("opens-extract", "roads.osm.pbf");
    let summary = report.summary.unwrap();
    assert_eq!(summary.name_zh, made.name.zh);
    assert_eq!(summary.posts.values().sum::<u64>(), made.posts as u64, "{:?}", summary.posts);
    assert!(summary.sites.values().sum::<u64>() > 20, "{:?}", summary.sites);
}
