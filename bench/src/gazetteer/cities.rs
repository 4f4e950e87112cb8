//! San Francisco and Macau from the data folder.

use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use precinct_base::{AreaId, Bounds, LonLat, PostId, SiteId};
use precinct_city::{City, OpenOptions};
use precinct_gazetteer::{Address, Place, PlaceId};
use precinct_osm::Silent;
use precinct_roads::RoadMap;

/// What a gazetteer of a city is made from.
pub(super) struct Town {
    pub(super) name: &'static str,
    pub(super) roads: RoadMap,
    pub(super) places: Vec<Place>,
    pub(super) addresses: Vec<Address>,
}

/// San Francisco with its 219,301 addresses.
pub(super) fn san_francisco() -> Option<Town> {
    let list = data().join("sf/sf_addresses.csv.gz");
    let addresses = list.is_file().then(|| addresses(&list))?;
    Some(town("San Francisco", "san-francisco", addresses))
}

/// Macau, of which no list of addresses is at hand.
pub(super) fn macau() -> Option<Town> {
    data().join("macau/macau-260220.osm.pbf").is_file().then_some(())?;
    Some(town("Macau", "macau", Vec::new()))
}

fn data() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    std::env::var_os("PRECINCT_DATA").map_or_else(beside, PathBuf::from)
}

fn town(name: &'static str, folder: &str, addresses: Vec<Address>) -> Town {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../cities").join(folder).join("city.toml");
    let options = OpenOptions { data_root: Some(data()), ..OpenOptions::default() };
    let city = precinct_city::open(&file, &options).expect("the city is whole where its data is");
    let roads = precinct_city::road_map(&city, &options, &Silent).expect("its roads can be read");
    Town { name, roads, places: places(&city), addresses }
}

fn places(city: &City) -> Vec<Place> {
    let posts = city
        .posts
        .iter()
        .enumerate()
        .map(|(i, post)| (PlaceId::Post(PostId(i as u32)), &post.name, Some(post.at)));
    let sites = city
        .sites
        .iter()
        .enumerate()
        .map(|(i, site)| (PlaceId::Site(SiteId(i as u32)), &site.name, Some(site.at)));
    let areas = city.areas.iter().enumerate().map(|(i, area)| {
        (PlaceId::Area(AreaId(i as u32)), &area.name, area.shape.bounds().map(Bounds::centre))
    });
    let all = posts.chain(sites).chain(areas);
    all.filter_map(|(id, name, at)| Some(Place { id, name: name.clone(), at: at? })).collect()
}

fn addresses(list: &Path) -> Vec<Address> {
    let file = std::fs::File::open(list).expect("the list of addresses can be opened");
    let mut rows = csv::Reader::from_reader(GzDecoder::new(file));
    let address = |row: csv::StringRecord| {
        let degrees = |column: usize| row.get(column)?.parse::<f64>().ok();
        Some(Address {
            number: row.get(1)?.to_owned(),
            street: row.get(0)?.to_owned(),
            detail: String::new(),
            at: LonLat::from_degrees(degrees(3)?, degrees(2)?)?,
        })
    };
    rows.records()
        .map(|row| address(row.expect("a row")).expect("street, number, lat, lon"))
        .collect()
}
