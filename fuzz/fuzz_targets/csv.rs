//! A CSV table of a city: the file as it comes, or as what follows a header row.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precinct_city::{FileFormat, read_table};

fuzz_target!(|data: &[u8]| {
    let _ = read_table(data, FileFormat::Csv, "fuzz.csv");
    let _ = read_table(&[b"name,lon,lat\n", data].concat(), FileFormat::Csv, "fuzz.csv");
});
