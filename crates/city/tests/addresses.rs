//! Addresses, read when they are asked for.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use precinct_base::LonLat;
use precinct_city::{Address, City, CityError, OpenOptions, Severity, check, open};
use precinct_osm::Silent;
use precinct_osm::write::PbfWriter;

fn at(text: &str) -> LonLat {
    text.parse().unwrap()
}

fn address(number: &str, street: &str, detail: &str, place: &str) -> Address {
    let [number, street, detail] = [number, street, detail].map(str::to_owned);
    Address { number, street, detail, at: at(place) }
}

/// A city of one street with these tables of addresses.
fn write(folder: &Path, tables: &str) {
    let mut out = PbfWriter::new(File::create(folder.join("x.osm.pbf")).unwrap()).unwrap();
    out.node(1, at("113.50,22.10"), &[]).unwrap();
    out.node(2, at("113.51,22.10"), &[]).unwrap();
    out.way(1, &[1, 2], &[("highway", "residential")]).unwrap();
    out.finish().unwrap();
    let head = "time_zone = \"Asia/Macau\"\n[name]\nlocal = \"X\"\n[roads]\nosm = \"x.osm.pbf\"\n";
    std::fs::write(folder.join("city.toml"), format!("{head}{tables}")).unwrap();
}

fn opened(folder: &Path) -> Result<City, CityError> {
    open(folder, &OpenOptions::default())
}

const CSV: &str = "[[addresses]]\nfile = \"a.csv.gz\"\n\
    columns = { lon = \"x\", lat = \"y\", number = \"no\", street = \"road\", detail = \"flat\" }\n\
    where = [{ column = \"state\", equals = \"built\" }]\n";
const GEOJSON: &str = "[[addresses]]\nfile = \"b.geojson\"\ncolumns = { number = \"housenumber\" }\n\
    constants = { street = \"中山路\" }\n";

#[test]
fn tables_of_every_form_are_read_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &format!("{CSV}{GEOJSON}"));
    let mut packed = GzEncoder::new(
        File::create(folder.path().join("a.csv.gz")).unwrap(),
        Compression::default(),
    );
    packed
        .write_all(b"no,road,flat,x,y,state\n5A,Main St,Flat 2,113.501,22.101,built\n9,Main St,,113.502,22.101,planned\n7,Main St,,113.503,22.101,built\n")
        .unwrap();
    packed.finish().unwrap();
    let feature = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"housenumber":8},
        "geometry":{"type":"Point","coordinates":[113.504,22.102]}}]}"#;
    std::fs::write(folder.path().join("b.geojson"), feature).unwrap();
    let (read, faults) = opened(folder.path()).unwrap().read_addresses();
    assert!(faults.is_sound(), "{faults:?}");
    assert_eq!(
        read,
        [
            address("5A", "Main St", "Flat 2", "113.501,22.101"),
            address("7", "Main St", "", "113.503,22.101"),
            address("8", "中山路", "", "113.504,22.102"),
        ]
    );
    let report = check(folder.path(), &OpenOptions::default(), &Silent).unwrap();
    let summary = report.summary.unwrap();
    assert_eq!((report.sound, summary.addresses), (true, 3));
    let rows: Vec<[u64; 3]> =
        summary.inputs.iter().map(|one| [one.rows, one.left_out, one.used]).collect();
    assert_eq!(rows, [[3, 1, 2], [1, 0, 1]]);
}

#[test]
fn a_table_that_cannot_be_used_keeps_no_city_closed() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), GEOJSON);
    std::fs::write(folder.path().join("b.geojson"), "{\"features\":[]}").unwrap();
    let (read, faults) = opened(folder.path()).unwrap().read_addresses();
    assert_eq!((read.len(), faults.refusals), (0, 1));
    assert_eq!(faults.listed[0].to_string(), "b.geojson: it has no rows — export it again");
    let report = check(folder.path(), &OpenOptions::default(), &Silent).unwrap();
    assert_eq!((report.sound, report.faults.refusals), (false, 1));
    std::fs::remove_file(folder.path().join("b.geojson")).unwrap();
    let refused = opened(folder.path());
    assert!(matches!(refused, Err(CityError::Refused { .. })), "a missing file is told at once");
}

#[test]
fn what_is_wrong_with_a_row_leaves_the_others() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), GEOJSON);
    let features = r#"{"features":[
        {"properties":{"housenumber":""},"geometry":{"type":"Point","coordinates":[113.504,22.102]}},
        {"properties":{"housenumber":"3"},"geometry":null},
        {"properties":{"housenumber":"4"},"geometry":{"type":"Point","coordinates":[113.505,22.102]}}]}"#;
    std::fs::write(folder.path().join("b.geojson"), features).unwrap();
    let (read, faults) = opened(folder.path()).unwrap().read_addresses();
    assert_eq!(read, [address("4", "中山路", "", "113.505,22.102")]);
    let told: Vec<String> = faults
        .listed
        .iter()
        .filter(|fault| fault.severity == Severity::Fault)
        .map(|fault| format!("{:?} {:?}: {}", fault.row, fault.column.as_deref(), fault.what))
        .collect();
    assert_eq!(
        told,
        [
            "Some(1) Some(\"housenumber\"): the row has no number",
            "Some(2) Some(\"geometry\"): the row has no place",
        ]
    );
}
