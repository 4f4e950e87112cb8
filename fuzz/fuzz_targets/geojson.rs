//! A GeoJSON file of a city: the file as it comes, or as the features of a collection.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precinct_city::{FileFormat, read_table};

fuzz_target!(|data: &[u8]| {
    let _ = read_table(data, FileFormat::Geojson, "fuzz.geojson");
    let wrapped = [br#"{"type":"FeatureCollection","features":["#, data, b"]}"].concat();
    let _ = read_table(&wrapped, FileFormat::Geojson, "fuzz.geojson");
});
