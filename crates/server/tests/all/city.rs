//! A small town: a grid of streets, two stations, two districts.

use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;

use precinct_base::LonLat;
use precinct_osm::write::PbfWriter;

/// Streets from west to east and from south to north, 400 m or so apart.
const STREETS: i64 = 6;

fn at(x: i64, y: i64) -> LonLat {
    let (lon, lat) = (1_135_000_000 + x * 40_000, 221_000_000 + y * 36_000);
    LonLat::new(lon as i32, lat as i32).unwrap()
}

/// A crossing, as the API writes places.
pub(crate) fn crossing(x: i64, y: i64) -> serde_json::Value {
    let (lon, lat) = at(x, y).degrees();
    serde_json::json!([lon, lat])
}

/// The place of a crossing.
pub(crate) fn place(x: i64, y: i64) -> LonLat {
    at(x, y)
}

fn extract(path: &Path) {
    let mut out = PbfWriter::new(File::create(path).unwrap()).unwrap();
    let node = |x: i64, y: i64| 1 + x + STREETS * y;
    for y in 0..STREETS {
        for x in 0..STREETS {
            out.node(node(x, y), at(x, y), &[]).unwrap();
        }
    }
    out.node(100, at(0, 0), &[("amenity", "police"), ("name", "West Station")]).unwrap();
    out.node(
        101,
        at(5, 5),
        &[("amenity", "police"), ("name", "东所"), ("name:en", "East Station")],
    )
    .unwrap();
    for n in 0..STREETS {
        let along: Vec<i64> = (0..STREETS).map(|x| node(x, n)).collect();
        let up: Vec<i64> = (0..STREETS).map(|y| node(n, y)).collect();
        let street = format!("Street {n}");
        let road = format!("中山路{n}");
        out.way(1 + n, &along, &[("highway", "residential"), ("name", &street)]).unwrap();
        out.way(50 + n, &up, &[("highway", "residential"), ("name", &road)]).unwrap();
    }
    out.finish().unwrap();
}

const TOML: &str = r#"
time_zone = "Asia/Macau"
[name]
local = "Gridtown"
[roads]
osm = "x.osm.pbf"
[[posts]]
source = "osm"
[[areas]]
file = "areas.geojson"
columns = { name = "name" }
constants = { level = "district" }
"#;

const AREAS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"West"},"geometry":{"type":"Polygon","coordinates":[[[113.49,22.09],[113.51,22.09],[113.51,22.13],[113.49,22.13],[113.49,22.09]]]}},
{"type":"Feature","properties":{"name":"East"},"geometry":{"type":"Polygon","coordinates":[[[113.51,22.09],[113.53,22.09],[113.53,22.13],[113.51,22.13],[113.51,22.09]]]}}]}"#;

/// Writes the town into a folder.
pub(crate) fn write(folder: &Path) {
    extract(&folder.join("x.osm.pbf"));
    std::fs::write(folder.join("city.toml"), TOML).unwrap();
    std::fs::write(folder.join("areas.geojson"), AREAS).unwrap();
}

const DEMAND: &str = r#"
[[demand]]
name = "residents"
measure = "people"
file = "demand.csv"
columns = { lon = "lon", lat = "lat", weight = "people" }
"#;

/// Writes the town with people at its crossings, most of them in the east.
pub(crate) fn write_peopled(folder: &Path) {
    write(folder);
    let mut text = "lon,lat,people\n".to_owned();
    for y in 0..STREETS {
        for x in 0..STREETS {
            let (lon, lat) = at(x, y).degrees();
            writeln!(text, "{lon:.7},{lat:.7},{}", 10 + 10 * x).unwrap();
        }
    }
    std::fs::write(folder.join("demand.csv"), text).unwrap();
    std::fs::write(folder.join("city.toml"), format!("{TOML}{DEMAND}")).unwrap();
}
