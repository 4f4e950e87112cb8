//! `city.toml`: the file as it comes, or as what follows the lines every city has.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precinct_city::parse_city;

fuzz_target!(|text: &str| {
    let _ = parse_city(text, "city.toml");
    let head =
        "time_zone = \"Asia/Macau\"\n[name]\nlocal = \"澳門\"\n[roads]\nosm = \"macau.osm.pbf\"\n";
    let _ = parse_city(&format!("{head}{text}"), "city.toml");
});
