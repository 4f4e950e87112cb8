//! PNG (W3C Recommendation, third edition, section 5): chunks up to the end of the picture.

use super::{Bytes, PictureFault};

/// How one begins.
pub(super) const BEGINS: &[u8] = &[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];

/// Chunks that the picture is made of, and those that say how its colours and points are meant.
const KEPT: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT",
    b"bKGD", b"pHYs",
];

/// The picture and nothing else. Of one that moves, the first picture stays.
pub(super) fn strip(all: &[u8]) -> Result<Vec<u8>, PictureFault> {
    let mut bytes = Bytes { all, at: BEGINS.len() };
    let mut out = Vec::with_capacity(all.len());
    out.extend(BEGINS);
    let mut data = 0;
    loop {
        let from = bytes.at;
        let length = u32::from_be_bytes(bytes.array()?) as usize;
        let kind: [u8; 4] = bytes.array()?;
        let content = bytes.take(length)?;
        let sum = u32::from_be_bytes(bytes.array()?);
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&kind);
        hasher.update(content);
        if hasher.finalize() != sum {
            return Err(PictureFault::Disorder { at: from, what: "a chunk with a wrong sum" });
        }
        if (from == BEGINS.len()) != (&kind == b"IHDR") {
            return Err(PictureFault::Disorder { at: from, what: "no header, or a second one" });
        }
        if KEPT.contains(&&kind) {
            out.extend(&all[from..bytes.at]);
        } else if kind[0].is_ascii_uppercase() {
            // What cannot be left out (bit 5 of the first letter) and is not known.
            return Err(PictureFault::Disorder { at: from, what: "a chunk of another program" });
        }
        data += usize::from(&kind == b"IDAT");
        if &kind == b"IEND" {
            break;
        }
    }
    if data == 0 { Err(bytes.wrong("no picture in it")) } else { Ok(out) }
}
