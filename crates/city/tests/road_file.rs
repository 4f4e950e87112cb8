//! The road file of a city: kept, found again, and made anew when it is stale or damaged.

use std::path::{Path, PathBuf};

use precinct_base::LonLat;
use precinct_city::{MadeBecause, OpenOptions, init, open, road_file, road_map, roads};
use precinct_osm::Silent;
use precinct_osm::write::PbfWriter;

fn at(text: &str) -> LonLat {
    text.parse().unwrap()
}

/// A street to the east, as long as `end` says.
fn extract(path: &Path, end: &str) {
    let mut out = PbfWriter::new(std::fs::File::create(path).unwrap()).unwrap();
    out.node(1, at("113.50,22.10"), &[]).unwrap();
    out.node(2, at(end), &[]).unwrap();
    out.way(1, &[1, 2], &[("highway", "residential"), ("name", "\"Q\" \\ 路")]).unwrap();
    out.finish().unwrap();
}

struct Fixture {
    folder: tempfile::TempDir,
    options: OpenOptions,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        extract(&folder.path().join("x.osm.pbf"), "113.51,22.10");
        let cache = Some(folder.path().join("cache"));
        let fixture = Self { folder, options: OpenOptions { cache, ..OpenOptions::default() } };
        fixture.describe("");
        fixture
    }

    fn describe(&self, more: &str) {
        let head = "time_zone = \"Asia/Macau\"\n[name]\nlocal = \"Ilha Verde 1\"\n[roads]\nosm = \"x.osm.pbf\"\n";
        std::fs::write(self.folder.path().join("city.toml"), format!("{head}{more}")).unwrap();
    }

    /// Why the roads were made anew, and the road file.
    fn made(&self) -> (Option<MadeBecause>, PathBuf) {
        let city = open(self.folder.path(), &self.options).unwrap();
        let roads = roads(&city, &self.options, &Silent).unwrap();
        assert!(roads.not_kept.is_none() && roads.report.is_some() == roads.made.is_some());
        (roads.made, roads.file.unwrap())
    }
}

#[test]
fn it_is_made_once_and_read_after() {
    let city = Fixture::new();
    let (made, file) = city.made();
    assert_eq!(made, Some(MadeBecause::Missing));
    let name = file.file_name().unwrap().to_str().unwrap();
    assert!(
        name.starts_with("ilha-verde-1-") && name.len() == "ilha-verde-1-01234567.roads".len(),
        "{name}"
    );
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(city.made(), (None, file.clone()));
    std::fs::remove_file(&file).unwrap();
    assert_eq!(city.made().0, Some(MadeBecause::Missing));
    assert_eq!(std::fs::read(&file).unwrap(), bytes, "the same input gives the same bytes");
}

#[test]
fn what_it_follows_from_makes_it_stale() {
    let city = Fixture::new();
    city.made();
    for change in
        ["[speeds.residential]\ncar = 30\n", "[clip]\nbounds = [113.4, 22.0, 113.6, 22.2]\n", ""]
    {
        city.describe(change);
        assert_eq!(city.made().0, Some(MadeBecause::Stale), "{change}");
        assert_eq!(city.made().0, None);
    }
    extract(&city.folder.path().join("x.osm.pbf"), "113.52,22.10");
    assert_eq!(city.made().0, Some(MadeBecause::Stale));
    // What roads do not follow from leaves it alone.
    city.describe("[thresholds]\nurban = 4\n");
    assert_eq!(city.made().0, None);
}

#[test]
fn a_damaged_one_is_made_anew() {
    let city = Fixture::new();
    let (_, file) = city.made();
    let good = std::fs::read(&file).unwrap();
    let mut flipped = good.clone();
    *flipped.last_mut().unwrap() ^= 1;
    for bad in [&good[..good.len() / 2], &[], b"PK\x03\x04", &flipped] {
        std::fs::write(&file, bad).unwrap();
        let (made, _) = city.made();
        assert!(matches!(made, Some(MadeBecause::Damaged(_))), "{made:?}");
        assert_eq!(std::fs::read(&file).unwrap(), good);
    }
}

#[test]
fn roads_are_good_where_nothing_can_be_kept() {
    let fixture = Fixture::new();
    let city = open(fixture.folder.path(), &OpenOptions::default()).unwrap();
    assert_eq!(road_map(&city, &OpenOptions::default(), &Silent).unwrap().segment_count(), 1);
    // A file where the folder should be.
    let blocked = OpenOptions {
        cache: Some(fixture.folder.path().join("city.toml")),
        ..OpenOptions::default()
    };
    let roads = roads(&city, &blocked, &Silent).unwrap();
    assert!(roads.not_kept.is_some() && roads.map.segment_count() == 1);
}

#[test]
fn two_cities_of_one_name_have_two_files() {
    let (one, other) = (Fixture::new(), Fixture::new());
    let cache = Path::new("c");
    let file = |fixture: &Fixture| {
        road_file(&open(fixture.folder.path(), &fixture.options).unwrap(), cache)
    };
    assert_ne!(file(&one), file(&other));
    assert_eq!(file(&one), file(&one));
}

#[test]
fn an_extract_without_posts_or_homes_makes_a_city_that_says_so() {
    let fixture = Fixture::new();
    let extract = fixture.folder.path().join("x.osm.pbf");
    let report =
        init(&extract, &fixture.folder.path().join("new"), &fixture.options, &Silent).unwrap();
    let text = std::fs::read_to_string(&report.written).unwrap();
    assert!(
        text.contains("osm = \"../x.osm.pbf\"") && text.contains("has no police or fire stations"),
        "{text}"
    );
    assert!(report.faults.is_sound() && report.summary.posts.is_empty());
    assert!(report.summary.to_add.iter().any(|advice| advice.en().starts_with("Posts:")));
    assert_eq!(
        (report.summary.name.as_str(), report.summary.time_zone.as_str()),
        ("x", "Asia/Macau")
    );
}
