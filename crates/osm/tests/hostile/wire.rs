//! PBF files put together byte by byte, as no honest writer would.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

pub(crate) fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// A field of bytes.
pub(crate) fn bytes(field: u64, contents: &[u8]) -> Vec<u8> {
    [varint(field << 3 | 2), varint(contents.len() as u64), contents.to_vec()].concat()
}

/// A field of a number.
pub(crate) fn number(field: u64, number: u64) -> Vec<u8> {
    [varint(field << 3), varint(number)].concat()
}

pub(crate) fn zlib(contents: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(contents).unwrap();
    packer.finish().unwrap()
}

/// A frame: length, header, blob.
pub(crate) fn frame(kind: &str, blob: &[u8]) -> Vec<u8> {
    let header = [bytes(1, kind.as_bytes()), number(3, blob.len() as u64)].concat();
    [&(header.len() as u32).to_be_bytes()[..], &header, blob].concat()
}

/// A blob that says truly what it unpacks to.
pub(crate) fn packed(contents: &[u8]) -> Vec<u8> {
    [number(2, contents.len() as u64), bytes(3, &zlib(contents))].concat()
}

/// An honest header.
pub(crate) fn header() -> Vec<u8> {
    frame("OSMHeader", &bytes(1, &bytes(4, b"OsmSchema-V0.6")))
}

/// A file of these blobs of elements.
pub(crate) fn file(blobs: &[Vec<u8>]) -> Vec<u8> {
    let frames: Vec<u8> = blobs.iter().flat_map(|blob| frame("OSMData", blob)).collect();
    [header(), frames].concat()
}

/// A file of one block: these texts (after the empty one) and groups.
pub(crate) fn block(texts: &[&str], groups: &[Vec<u8>]) -> Vec<u8> {
    let texts: Vec<u8> =
        std::iter::once(&"").chain(texts).flat_map(|text| bytes(1, text.as_bytes())).collect();
    let groups: Vec<u8> = groups.iter().flat_map(|group| bytes(2, group)).collect();
    [bytes(1, &texts), groups].concat()
}
