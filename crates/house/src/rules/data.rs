//! No data in the tree: it is read where its owner keeps it. And no file that only a machine would read.

use crate::fault::Fault;
use crate::tree::{File, Tree};

/// What maps, dumps, archives and databases are called.
const DATA: &[&str] = &[
    "pbf", "osm", "osc", "o5m", "gr", "co", "shp", "shx", "dbf", "gpkg", "mbtiles", "pmtiles",
    "tif", "tiff", "parquet", "arrow", "feather", "sqlite", "sqlite3", "db", "npy", "npz", "pkl",
    "gz", "bz2", "xz", "zst", "zip", "tar", "tgz", "7z", "roads",
];
/// What is data when it is large.
const TABLES: &[&str] = &["csv", "tsv", "geojson", "json", "jsonl", "ndjson", "wkt", "kml", "xml"];
/// Pictures for people, checked in on purpose.
const PICTURES: &[&str] = &["docs/coverage.png", "docs/coverage.svg", "docs/coverage-dark.svg"];

/// Documents made from the code and held against it by a test.
const DOCUMENTS: &[&str] = &["docs/openapi.json"];

/// A sample written by hand for a test; nothing fetched is this small.
const LARGEST_SAMPLE: u64 = 8 << 10;
const LARGEST_TABLE: u64 = 64 << 10;
const LARGEST_FILE: u64 = 1 << 20;
const LARGEST_PICTURE: u64 = 4 << 20;

/// Faults: data, and files too large to be source.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    tree.files()
        .iter()
        .filter_map(|file| Some(Fault::new(&file.path, 0, wrong(file)?, MEND)))
        .collect()
}

const MEND: &str = "remove it from git and name its publisher in the city's file instead";

fn wrong(file: &File) -> Option<String> {
    let extension = file.extension().to_ascii_lowercase();
    let size = file.size;
    let listed = |list: &[&str]| list.contains(&extension.as_str());
    let sample = is_sample(&file.path) && size <= LARGEST_SAMPLE;
    if listed(DATA) && !sample {
        Some(format!("`.{extension}` is data ({size} bytes)"))
    } else if listed(TABLES) && size > LARGEST_TABLE && !DOCUMENTS.contains(&file.path.as_str()) {
        Some(format!("a `.{extension}` of {size} bytes is data, at most {LARGEST_TABLE}"))
    } else if size > largest(&file.path) {
        Some(format!("{size} bytes, at most {}", largest(&file.path)))
    } else {
        None
    }
}

fn is_sample(path: &str) -> bool {
    path.contains("/tests/") || path.contains("/fixtures/") || path.starts_with("fuzz/seeds/")
}

fn largest(path: &str) -> u64 {
    match path {
        "Cargo.lock" => u64::MAX,
        _ if PICTURES.contains(&path) => LARGEST_PICTURE,
        _ => LARGEST_FILE,
    }
}

#[cfg(test)]
mod tests {
    use super::wrong;
    use crate::tree::File;

    fn caught(path: &str, size: u64) -> bool {
        wrong(&File { path: path.to_owned(), size, text: None }).is_some()
    }

    #[test]
    fn data_is_caught_by_its_name() {
        for path in
            ["cities/x/x.osm.pbf", "x.GZ", "ny/USA.gr", "a/b.parquet", "crates/osm/src/x.osm"]
        {
            assert!(caught(path, 10), "{path}");
        }
        assert!(!caught("crates/osm/src/pbf.rs", 10) && !caught("pbf", 10));
    }

    #[test]
    fn a_sample_beside_its_test_is_kept_small() {
        assert!(!caught("crates/osm/tests/loop.osm", 8 << 10));
        assert!(caught("crates/osm/tests/loop.osm", (8 << 10) + 1));
    }

    #[test]
    fn tables_and_files_are_caught_by_their_size() {
        assert!(!caught("docs/a.csv", 64 << 10) && caught("docs/a.csv", (64 << 10) + 1));
        assert!(caught("docs/a.geojson", 65 << 10));
        assert!(
            !caught("docs/openapi.json", 300 << 10) && caught("docs/openapi.json", (1 << 20) + 1)
        );
        assert!(!caught("docs/a.md", 1 << 20) && caught("docs/a.md", (1 << 20) + 1));
        assert!(!caught("Cargo.lock", 9 << 20) && !caught("docs/coverage.png", 1 << 20));
        assert!(caught("docs/other.png", (1 << 20) + 1));
    }
}
