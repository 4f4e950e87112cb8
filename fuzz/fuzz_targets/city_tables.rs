//! The tables of a city, each read as what it gives: posts, sites, areas, demand, addresses and hot spots, as CSV and as GeoJSON.
#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use precinct_city::{OpenOptions, open};

/// A folder with a city whose tables are written anew each time.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("precinct-fuzz-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let place = "lon = \"lon\", lat = \"lat\", id = \"id\", name = \"name\"";
    let csv = |section: &str, more: &str| {
        format!("[[{section}]]\nfile = \"t.csv\"\ncolumns = {{ {more} }}\n")
    };
    let toml = [
        "time_zone = \"Asia/Macau\"\n[name]\nlocal = \"X\"\n[roads]\nosm = \"x.osm\"\n".to_owned(),
        csv("posts", &format!("{place}, kind = \"kind\"")),
        csv("sites", &format!("{place}, kind = \"kind\", grade = \"grade\"")),
        csv("demand", &format!("{place}, grade = \"grade\", weight = \"n\", density = \"m\"")),
        csv(
            "hot_spots",
            &format!("{place}, radius_m = \"n\", dose_min = \"m\", every_min = \"grade\""),
        ),
        csv("addresses", "lon = \"lon\", lat = \"lat\", number = \"n\", street = \"name\""),
        "[[areas]]\nfile = \"t.geojson\"\ncolumns = { id = \"id\", level = \"kind\" }\n".to_owned(),
        "[[demand]]\nfile = \"t.geojson\"\nspread = \"point\"\ncolumns = { weight = \"n\" }\n"
            .to_owned(),
    ];
    fs::write(folder.join("city.toml"), toml.concat()).expect("a file");
    fs::write(folder.join("x.osm"), "<osm version=\"0.6\"/>").expect("a file");
    folder
});

fuzz_target!(|data: &[u8]| {
    let table = [b"lon,lat,id,name,kind,grade,n,m\n", data].concat();
    fs::write(FOLDER.join("t.csv"), table).expect("a file");
    let feature = [
        br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":1,"n":2},"geometry":"#,
        data,
        b"}]}",
    ];
    fs::write(FOLDER.join("t.geojson"), feature.concat()).expect("a file");
    if let Ok(city) = open(&FOLDER, &OpenOptions::default()) {
        let _ = city.read_addresses();
        assert!(city.hot_spots.iter().all(|spot| spot.dose <= spot.every));
    }
});
