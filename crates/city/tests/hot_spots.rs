//! Hot spots from their table, and what is wrong with one.

use std::fs::File;
use std::path::Path;

use precinct_base::{Metres, Millis};
use precinct_city::{OpenOptions, Severity, check, open};
use precinct_osm::Silent;
use precinct_osm::write::PbfWriter;

/// A city of one street with this table of hot spots.
fn write(folder: &Path, section: &str, table: &str) {
    let mut out = PbfWriter::new(File::create(folder.join("x.osm.pbf")).unwrap()).unwrap();
    out.node(1, "113.50,22.10".parse().unwrap(), &[]).unwrap();
    out.node(2, "113.51,22.10".parse().unwrap(), &[]).unwrap();
    out.way(1, &[1, 2], &[("highway", "residential")]).unwrap();
    out.finish().unwrap();
    let head = "time_zone = \"Asia/Macau\"\n[name]\nlocal = \"X\"\n[roads]\nosm = \"x.osm.pbf\"\n[[hot_spots]]\n";
    std::fs::write(folder.join("city.toml"), format!("{head}{section}")).unwrap();
    std::fs::write(folder.join("h.csv"), table).unwrap();
}

const FULL: &str = "file = \"h.csv\"\ncolumns = { id = \"id\", name = \"name\", lon = \"x\", lat = \"y\", radius_m = \"r\", dose_min = \"d\", every_min = \"e\" }\n";

#[test]
fn hot_spots_have_what_their_rows_say_and_else_what_is_usual() {
    let folder = tempfile::tempdir().unwrap();
    let table = "id,name,x,y,r,d,e\nH1,Market,113.501,22.1,80,15,90\n,Quay,113.502,22.1,,,\n,,113.503,22.1,,7.5,\n";
    write(folder.path(), FULL, table);
    let city = open(folder.path(), &OpenOptions::default()).unwrap();
    let keys: Vec<String> = city.hot_spots.iter().map(precinct_city::HotSpot::key).collect();
    assert_eq!(keys, ["H1", "Quay", "113.5030000,22.1000000"]);
    let minutes = Millis::from_minutes;
    let of = |at: usize| {
        let spot = &city.hot_spots[at];
        (spot.radius, spot.dose, spot.every)
    };
    assert_eq!(of(0), (Metres(80), minutes(15), minutes(90)));
    assert_eq!(of(1), (Metres(100), minutes(12), minutes(120)));
    assert_eq!(of(2).1, Millis(450_000));
    let report = check(folder.path(), &OpenOptions::default(), &Silent).unwrap();
    assert_eq!((report.sound, report.summary.unwrap().hot_spots), (true, 3));
}

#[test]
fn what_is_wrong_is_told_by_row_and_column_and_leaves_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let table = "id,name,x,y,r,d,e\nH1,a,113.501,22.1,5001,,\nH2,b,113.501,22.1,,0,\nH3,c,113.501,22.1,,121,\nH4,d,113.501,22.1,,,\nH4,e,113.501,22.1,,,\n\
        H5,f,113.501,22.13,50,,\nH6,g,,22.1,,,\n";
    write(folder.path(), FULL, table);
    let report = check(folder.path(), &OpenOptions::default(), &Silent).unwrap();
    let of = |severity| {
        let listed = report.faults.listed.iter().filter(move |one| one.severity == severity);
        listed.map(|one| (one.row, one.column.clone().unwrap_or_default())).collect::<Vec<_>>()
    };
    let at = |row, column: &str| (Some(row), column.to_owned());
    assert_eq!(
        of(Severity::Fault),
        [at(2, "r"), at(3, "d"), at(4, "d"), at(6, "id"), at(8, "x")],
        "{:?}",
        report.faults
    );
    // The one nobody comes near.
    let notes = report.faults.listed.iter().filter(|one| one.severity == Severity::Note);
    assert_eq!(
        notes.filter(|one| one.what.en().contains("no street comes within 50 m")).count(),
        1
    );
    let city = open(folder.path(), &OpenOptions::default()).unwrap();
    assert_eq!(city.hot_spots.len(), 2);
}

#[test]
fn they_are_not_taken_from_the_extract_and_have_no_kind() {
    let folder = tempfile::tempdir().unwrap();
    for (section, word) in [
        ("source = \"osm\"\n", "people choose them"),
        ("file = \"h.csv\"\nconstants = { kind = \"school\" }\n", "has no `kind`"),
    ] {
        write(folder.path(), section, "x\n");
        let refused = open(folder.path(), &OpenOptions::default()).unwrap_err().to_string();
        assert!(refused.contains(word), "{refused}");
    }
}
