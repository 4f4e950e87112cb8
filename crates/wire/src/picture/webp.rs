//! WebP (RFC 9649): chunks of a RIFF container.

use super::{Bytes, PictureFault};

/// Bytes of the container's head.
const HEAD: usize = 12;
/// Of the flags of an extended file: it moves, and it has an alpha channel.
const MOVES: u8 = 0x02;
const ALPHA: u8 = 0x10;
/// Bytes of the head of an extended file: flags, three that are reserved, and the size of the canvas.
const EXTENDED: usize = 10;

/// Whether it begins as one.
pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.len() >= HEAD && bytes.starts_with(b"RIFF") && &bytes[8..HEAD] == b"WEBP"
}

/// The picture and nothing else.
pub(super) fn strip(all: &[u8]) -> Result<Vec<u8>, PictureFault> {
    let said = Bytes { all, at: 4 }.array().map(u32::from_le_bytes)? as usize;
    // What stands after the container is not read.
    let end = said.checked_add(8).filter(|&end| end <= all.len() && end >= HEAD);
    let end = end.ok_or(PictureFault::Cut { at: all.len() })?;
    let mut bytes = Bytes { all: &all[..end], at: HEAD };
    let (mut kept, mut pictures) = (Vec::with_capacity(all.len()), 0);
    while bytes.at < end {
        let at = bytes.at;
        let kind: [u8; 4] = bytes.array()?;
        let length = u32::from_le_bytes(bytes.array()?) as usize;
        let content = bytes.take(length)?;
        if length % 2 == 1 && bytes.at < end {
            bytes.byte()?;
        }
        match &kind {
            b"VP8 " | b"VP8L" => {
                put(&mut kept, kind, content);
                pictures += 1;
            }
            b"ALPH" => put(&mut kept, kind, content),
            b"VP8X" => put(&mut kept, kind, &extended(content, at)?),
            b"ANIM" | b"ANMF" => return Err(PictureFault::Moves),
            _ => {}
        }
    }
    if pictures != 1 {
        return Err(PictureFault::Disorder { at: end, what: "not one picture in it" });
    }
    let mut out = Vec::with_capacity(HEAD + kept.len());
    out.extend(b"RIFF");
    out.extend((4 + kept.len() as u32).to_le_bytes());
    out.extend(b"WEBP");
    out.extend(kept);
    Ok(out)
}

/// The head of an extended file, which says no more of what it has than an alpha channel.
fn extended(content: &[u8], at: usize) -> Result<[u8; EXTENDED], PictureFault> {
    let wrong = PictureFault::Disorder { at, what: "a head of another length" };
    let mut head: [u8; EXTENDED] = content.try_into().map_err(|_| wrong)?;
    if head[0] & MOVES != 0 {
        return Err(PictureFault::Moves);
    }
    head[0] &= ALPHA;
    head[1..4].fill(0);
    Ok(head)
}

fn put(out: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) {
    out.extend(kind);
    out.extend((content.len() as u32).to_le_bytes());
    out.extend(content);
    out.extend((content.len() % 2 == 1).then_some(0));
}
