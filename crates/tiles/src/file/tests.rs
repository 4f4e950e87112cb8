//! Files come back as they went, and nothing else is taken for one.

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;
use crate::{About, BaseMap, Feature, Layer, Name, Shape};
use precinct_base::{Bounds, LonLat, MultiPolygon, Polygon};

fn at(lon: i32, lat: i32) -> LonLat {
    LonLat::new(1_135_000_000 + lon * 1_000, 221_000_000 + lat * 1_000).unwrap()
}

fn square(low: i32, high: i32) -> Vec<LonLat> {
    vec![at(low, low), at(high, low), at(high, high), at(low, high)]
}

fn sample() -> BaseMap {
    let feature = |layer, class: &str, shape| Feature {
        layer,
        class: class.to_owned(),
        rank: 3,
        oneway: layer == Layer::Road,
        name: Name { local: "Rua".into(), zh: "街".into(), en: String::new() },
        shape,
    };
    let lake = Polygon { outer: square(0, 90), holes: vec![square(20, 40)] };
    let features = [
        feature(Layer::Water, "lake", Shape::Area(MultiPolygon(vec![lake]))),
        feature(Layer::Road, "primary", Shape::Line(square(5, 80))),
        feature(Layer::Place, "suburb", Shape::Point(at(50, 50))),
    ];
    let about = About {
        attribution: "© OpenStreetMap contributors".to_owned(),
        bounds: Bounds::new(at(0, 0), at(90, 90)),
        made_from: [7; 32],
    };
    BaseMap::build(features, about).unwrap()
}

/// Sets the checksum right, as one would who means harm.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let digest = Sha256::digest(&bytes[DIGESTED_FROM..]);
    bytes[DIGEST_AT..DIGESTED_FROM].copy_from_slice(&digest);
    bytes
}

#[test]
fn a_file_comes_back_as_it_went() {
    let map = sample();
    let bytes = map.to_bytes();
    let again = BaseMap::from_bytes(&bytes).unwrap();
    assert_eq!(again, map);
    assert_eq!(again.to_bytes(), bytes);
    assert_eq!(BaseMap::peek_made_from(&bytes[..BODY_AT]), Some([7; 32]));
    let digest: [u8; 32] = bytes[DIGEST_AT..DIGESTED_FROM].try_into().unwrap();
    assert_eq!(BaseMap::peek_digest(&bytes[..BODY_AT]), Some(digest));
    assert_eq!(BaseMap::peek_digest(&bytes[1..]), None);
    let empty = BaseMap::build([], About::default()).unwrap();
    assert_eq!(BaseMap::from_bytes(&empty.to_bytes()), Ok(empty));
}

#[test]
fn what_is_no_map_file_is_told_apart() {
    let bytes = sample().to_bytes();
    assert_eq!(BaseMap::from_bytes(b"precinctroad"), Err(MapFileError::NotAMapFile));
    assert_eq!(BaseMap::from_bytes(&bytes[..60]), Err(MapFileError::Damaged));
    let mut other = bytes.clone();
    other[VERSION_AT] = 9;
    assert_eq!(
        BaseMap::from_bytes(&other),
        Err(MapFileError::OtherVersion { found: 9, supported: MAP_FILE_VERSION })
    );
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(BaseMap::from_bytes(&longer), Err(MapFileError::Damaged));
    let fault = |bytes| match BaseMap::from_bytes(&sealed(bytes)) {
        Err(MapFileError::Wrong { fault, .. }) => fault,
        other => panic!("{other:?}"),
    };
    assert_eq!(fault(longer), MapFault::Long);
    assert_eq!(fault(bytes[..bytes.len() - 1].to_vec()), MapFault::Short);
}

proptest! {
    #[test]
    fn any_changed_byte_is_noticed(at in any::<prop::sample::Index>(), by in 1..=255u8) {
        let mut bytes = sample().to_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= by;
        prop_assert!(BaseMap::from_bytes(&bytes).is_err());
    }

    /// Whatever is taken for a map can be cut and written again.
    #[test]
    fn a_made_up_body_does_no_harm(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut bytes = sample().to_bytes();
        for (at, byte) in changes {
            let at = BODY_AT + at.index(bytes.len() - BODY_AT);
            bytes[at] = byte;
        }
        if let Ok(map) = BaseMap::from_bytes(&sealed(bytes)) {
            for (zoom, x, y) in [(0, 0, 0), (10, 834, 447), (14, 13_357, 7_160), (16, 53_430, 28_640)] {
                map.tile(crate::TileId::new(zoom, x, y).unwrap());
            }
            let _ = map.describe();
            prop_assert_eq!(BaseMap::from_bytes(&map.to_bytes()), Ok(map));
        }
    }
}
