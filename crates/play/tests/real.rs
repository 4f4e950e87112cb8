//! The records of San Francisco, where they are at hand.

use std::path::PathBuf;

use precinct_play::{Origin, Window, Zone, read_day};

/// A file of the data folder; none, said so, where it is not there.
fn data(name: &str) -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("PRECINCT_DATA").map_or(beside, PathBuf::from);
    let file = folder.join(name);
    if !file.exists() {
        eprintln!("skipped: {} is not there", file.display());
        return None;
    }
    Some(file)
}

#[test]
fn the_polices_busiest_day_has_its_calls() {
    let Some(file) = data("sf/sfpd_cad_5000.csv.gz") else { return };
    let mut day = read_day(&file, None).unwrap();
    assert_eq!((day.rows, day.faults.total()), (5_000, 0));
    let zone = Zone::named("America/Los_Angeles").unwrap();
    let window = Window::of(&day, &zone, None, None).unwrap();
    assert_eq!(precinct_play::rfc3339(window.from), "2024-01-08T08:00:00.000Z");
    window.cut(&mut day);
    assert_eq!(day.calls.len(), 1_305);
    let of = |origin| day.calls.iter().filter(|call| call.origin == origin).count();
    assert_eq!(of(Origin::Patrol), 627);
    assert_eq!(of(Origin::Call) + of(Origin::Alarm), 678);
    let arrived = day.calls.iter().filter(|call| call.recorded_response_ms().is_some()).count();
    assert_eq!(arrived, 1_142);
    // Few types of the whole record are unknown.
    assert!(day.unmapped.values().sum::<u64>() < 150, "{:?}", day.unmapped);
}

#[test]
fn rows_of_the_fire_brigade_are_grouped_to_incidents() {
    let Some(file) = data("sf/sf_fire_calls_2020-04.csv.gz") else { return };
    let day = read_day(&file, None).unwrap();
    assert_eq!((day.rows, day.calls.len(), day.faults.total()), (10_410, 5_292, 0));
    let crews: usize = day.calls.iter().map(|call| call.responses.len()).sum();
    assert_eq!(crews, 10_410);
    assert!(day.unmapped.is_empty(), "{:?}", day.unmapped);
}
