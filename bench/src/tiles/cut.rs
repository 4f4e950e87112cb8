//! Every tile of a city cut and measured, and what must be in some of them.

use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use precinct_base::LonLat;
use precinct_bench::results::{Markdown, grouped};
use precinct_bench::timing::{Times, microseconds};
use precinct_tiles::{BaseMap, MAX_ZOOM, TileId};

use super::city::City;
use super::decode::{self, Seen};
use super::ms;

/// A row for each zoom from 10 on.
pub(super) fn rows(city: &City, map: &BaseMap, table: &mut Markdown) {
    for zoom in 10..=MAX_ZOOM {
        let mut sizes = Vec::new();
        let mut count = 0;
        let times: Times = tiles(city, zoom)
            .map(|id| {
                let (us, tile) = microseconds(|| map.tile(id));
                count += 1;
                if !tile.is_empty() {
                    sizes.push(gzipped(&tile).len() as u64);
                }
                us
            })
            .collect();
        sizes.sort_unstable();
        let kb = |bytes: Option<&u64>| {
            bytes.map_or_else(String::new, |bytes| format!("{:.1} kB", *bytes as f64 / 1e3))
        };
        table.row(&[
            city.name.to_owned(),
            zoom.to_string(),
            grouped(count),
            grouped(sizes.len() as u64),
            ms(&times, 0.5),
            ms(&times, 0.99),
            ms(&times, 1.0),
            kb(sizes.get(sizes.len() / 2)),
            kb(sizes.last()),
        ]);
    }
}

/// Leaves the tiles of a city in a folder.
pub(super) fn keep(city: &City, map: &BaseMap, folder: &Path) -> std::io::Result<()> {
    for id in (10..=MAX_ZOOM).flat_map(|zoom| tiles(city, zoom)) {
        let column = folder.join(format!("{}/{}", id.zoom(), id.x()));
        std::fs::create_dir_all(&column)?;
        std::fs::write(column.join(format!("{}.mvt", id.y())), map.tile(id))?;
    }
    Ok(())
}

/// The tiles that the box of a city meets.
fn tiles(city: &City, zoom: u8) -> impl Iterator<Item = TileId> {
    let bounds = city.bounds();
    let (first, last) = (at(bounds.min(), zoom), at(bounds.max(), zoom));
    // Rows are counted from the north.
    (first.x()..=last.x())
        .flat_map(move |x| (last.y()..=first.y()).filter_map(move |y| TileId::new(zoom, x, y)))
}

/// The tile a place is in, by the textbook formula.
fn at(place: LonLat, zoom: u8) -> TileId {
    let ((lon, lat), side) = (place.degrees(), f64::from(1 << zoom));
    let y = lat.to_radians().tan().asinh() / std::f64::consts::PI;
    let (x, y) = ((lon + 180.0) / 360.0 * side, (1.0 - y) / 2.0 * side);
    TileId::new(zoom, x as u32, y as u32).expect("a tile")
}

fn gzipped(tile: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::new(6));
    packer.write_all(tile).expect("memory takes what is written");
    packer.finish().expect("memory takes what is written")
}

/// What is in the tile at a place.
fn seen(map: &BaseMap, place: &str, zoom: u8) -> Vec<Seen> {
    decode::tile(&map.tile(at(place.parse().expect("a place"), zoom)))
}

/// The Inner Harbour has water, and streets named in Chinese and Portuguese; the sea has nothing but what crosses it; the hill of
/// Guia has no sea.
pub(super) fn check_macau(map: &BaseMap) {
    for zoom in 14..=MAX_ZOOM {
        let harbour = seen(map, "113.5345,22.1945", zoom);
        let street =
            |text: &str| harbour.iter().any(|one| one.layer == "road" && one.name.contains(text));
        assert!(harbour.iter().any(|one| one.layer == "water"), "water at zoom {zoom}");
        assert!(street("街") && street("Rua "), "streets in two languages at zoom {zoom}");
    }
    let sea = seen(map, "113.6,22.18", MAX_ZOOM);
    assert!(sea.iter().any(|one| one.class == "sea"), "{sea:?}");
    assert!(sea.iter().all(|one| one.layer == "water" || one.layer == "road"), "{sea:?}");
    let hill = seen(map, "113.5505,22.1975", MAX_ZOOM);
    assert!(!hill.is_empty() && hill.iter().all(|one| one.class != "sea"), "{hill:?}");
}

/// Market Street where it meets Fifth.
pub(super) fn check_san_francisco(map: &BaseMap) {
    let streets = seen(map, "-122.4078,37.7838", MAX_ZOOM);
    let market = |one: &Seen| one.layer == "road" && one.name.to_lowercase().contains("market");
    assert!(streets.iter().any(market), "{streets:?}");
}
