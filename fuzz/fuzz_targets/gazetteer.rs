//! A query for a place, in a small city of three languages; the first bytes say where and how many.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use precinct_base::{LonLat, PostId, caps};
use precinct_gazetteer::{Address, Gazetteer, Language, Place, PlaceId, Query};
use precinct_roads::{Draft, Fingerprint, Name, RoadMap};

static CITY: LazyLock<Gazetteer> = LazyLock::new(|| {
    let roads =
        RoadMap::build(&Draft::default(), Fingerprint::default()).expect("a map without roads");
    let names = [
        "Mission Police Station",
        "人民路公安局",
        "重庆长江路 Avenida de Almeida Ribeiro (新馬路)",
        "16th Street",
    ];
    let places = names.into_iter().enumerate().map(|(i, name)| {
        let id = PlaceId::Post(PostId(i as u32));
        Place { id, name: Name::local(name), at: LonLat::default() }
    });
    let addresses = ["16TH ST", "中山路", "Rua Central"].into_iter().flat_map(|street| {
        ["8", "101A", "103"].map(|number| Address {
            number: number.to_owned(),
            street: street.to_owned(),
            detail: String::new(),
            at: LonLat::default(),
        })
    });
    Gazetteer::build(&roads, places, addresses)
});

fuzz_target!(|data: &[u8]| {
    let [limit, lon, lat, text @ ..] = data else { return };
    let text = String::from_utf8_lossy(text);
    let near =
        LonLat::new((i32::from(*lon) - 127) * 14_000_000, (i32::from(*lat) - 127) * 7_000_000);
    let limit = usize::from(*limit);
    let hits = CITY.search(&Query { text: &text, near, limit, language: Language::En });
    assert!(hits.len() <= limit.min(caps::HITS) && hits.is_sorted_by_key(|hit| hit.rank));
});
