//! A picture: the file as it comes, or as what follows the beginning of each kind. What comes out is a picture of the same kind, hardly
//! longer, and stays as it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precinct_wire::strip;

/// What stripping may add: which side is up, and the byte that fills up an odd chunk.
const ADDED: usize = 40;

fn strips(bytes: &[u8]) {
    let Ok((kind, out)) = strip(bytes) else { return };
    assert!(out.len() <= bytes.len() + ADDED, "{kind:?}");
    assert_eq!(strip(&out), Ok((kind, out.clone())));
}

/// A chunk of a PNG with a right sum, so that what is behind the sum is reached.
fn chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let sum = crc32fast::hash(&[kind, content].concat());
    [&(content.len() as u32).to_be_bytes()[..], kind, content, &sum.to_be_bytes()].concat()
}

/// The data as chunks of a PNG: a letter says which, another how long.
fn png(data: &[u8]) -> Vec<u8> {
    let kinds = [b"IDAT", b"tEXt", b"eXIf", b"PLTE", b"iTXt", b"tRNS", b"IHDR", b"ABCD"];
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(chunk(b"IHDR", &[0; 13]));
    let mut rest = data;
    while let [which, length, tail @ ..] = rest {
        let (content, tail) = tail.split_at(usize::from(*length).min(tail.len()));
        bytes.extend(chunk(kinds[usize::from(which % 8)], content));
        rest = tail;
    }
    bytes.extend(chunk(b"IEND", &[]));
    bytes
}

fuzz_target!(|data: &[u8]| {
    strips(data);
    strips(&[b"\xff\xd8", data].concat());
    strips(&png(data));
    let length = (data.len() as u32 + 4).to_le_bytes();
    strips(&[b"RIFF", &length[..], b"WEBP", data].concat());
});
