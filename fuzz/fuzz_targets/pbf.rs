//! OSM PBF: the file as it comes, or as the contents of one block after an honest header.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precinct_osm::write::{Packing, PbfWriter};
use precinct_osm::{
    ClassSpeeds, Clip, Format, RoadOptions, Silent, read_places_bytes, read_roads_bytes,
    read_scenery_bytes,
};

fuzz_target!(|data: &[u8]| {
    let wrapped;
    let file = match data.split_first() {
        Some((0, block)) => {
            wrapped = wrap(block);
            &wrapped[..]
        }
        _ => data,
    };
    let (clip, speeds) = (Clip::Everything, ClassSpeeds::default());
    let options = RoadOptions { clip: &clip, speeds: &speeds, progress: &Silent };
    let _ = read_roads_bytes("fuzz.osm.pbf", Format::Pbf, file, &options);
    let _ = read_places_bytes("fuzz.osm.pbf", Format::Pbf, file, &clip);
    let _ = read_scenery_bytes("fuzz.osm.pbf", Format::Pbf, file, &clip);
});

/// A file with this as its only block, unpacked.
fn wrap(block: &[u8]) -> Vec<u8> {
    let mut file = PbfWriter::with_packing(Vec::new(), Packing::Raw)
        .and_then(PbfWriter::finish)
        .unwrap_or_default();
    let mut blob = vec![0x0a];
    varint(&mut blob, block.len());
    blob.extend_from_slice(block);
    let mut header = b"\x0a\x07OSMData\x18".to_vec();
    varint(&mut header, blob.len());
    file.extend_from_slice(&(header.len() as u32).to_be_bytes());
    file.extend_from_slice(&header);
    file.extend_from_slice(&blob);
    file
}

fn varint(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}
