//! A base map file: as it comes, or as what follows an honest header; what is taken for a map is cut and written again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precinct_tiles::{BaseMap, MAP_FILE_VERSION, TileId};
use sha2::{Digest, Sha256};

fuzz_target!(|data: &[u8]| {
    let _ = BaseMap::from_bytes(data);
    let Ok(map) = BaseMap::from_bytes(&sealed(data)) else { return };
    for (zoom, x, y) in [(0, 0, 0), (10, 834, 447), (14, 13_359, 7_155), (16, 53_436, 28_620)] {
        let _ = TileId::new(zoom, x, y).map(|id| map.tile(id));
    }
    let _ = map.describe();
    assert_eq!(BaseMap::from_bytes(&map.to_bytes()).as_ref(), Ok(&map));
});

/// A file with this as its body and a checksum that agrees.
fn sealed(body: &[u8]) -> Vec<u8> {
    let rest = [&[0; 32], body].concat();
    let digest = Sha256::digest(&rest);
    [b"precincttile", &MAP_FILE_VERSION.to_le_bytes()[..], &digest, &rest].concat()
}
