//! JPEG (ITU-T T.81, annex B; JFIF, ITU-T T.871): segments up to the end of the picture.

use super::{Bytes, PictureFault, orientation};

/// How one begins: the start of the image, and the first byte of the next marker.
pub(super) const BEGINS: &[u8] = &[0xff, 0xd8, 0xff];

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP14: u8 = 0xee;
/// JFIF without its thumbnail: version, units, densities, and no thumbnail.
const JFIF: &[u8] = b"JFIF\0";
const JFIF_BYTES: usize = 14;
/// Which colours it is in (Adobe technical note 5116): without it some pictures are shown in wrong ones.
const ADOBE: &[u8] = b"Adobe";
const ADOBE_BYTES: usize = 12;

/// Segments that the picture is made of: frames, tables, restart intervals, hierarchy.
const fn is_picture(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xc7 | 0xc9..=0xcf | 0xdb..=0xdf)
}

/// The next marker; fill bytes before it are passed over.
fn marker(bytes: &mut Bytes<'_>) -> Result<u8, PictureFault> {
    if bytes.byte()? != 0xff {
        bytes.at -= 1;
        return Err(bytes.wrong("no marker where one should be"));
    }
    loop {
        match bytes.byte()? {
            0xff => {}
            0 => return Err(bytes.wrong("data outside a scan")),
            marker => return Ok(marker),
        }
    }
}

/// The payload of a segment.
fn payload<'a>(bytes: &mut Bytes<'a>) -> Result<&'a [u8], PictureFault> {
    let length = usize::from(u16::from_be_bytes(bytes.array()?));
    let length = length.checked_sub(2).ok_or_else(|| bytes.wrong("a segment without length"))?;
    bytes.take(length)
}

fn put(out: &mut Vec<u8>, marker: u8, payload: &[u8]) {
    // What is put was read from a segment, or is shorter than one may be.
    let length = (payload.len() + 2) as u16;
    out.extend([0xff, marker]);
    out.extend(length.to_be_bytes());
    out.extend(payload);
}

/// The data of a scan: up to the first marker that is neither a restart nor a stuffed byte.
fn scan<'a>(bytes: &mut Bytes<'a>) -> Result<&'a [u8], PictureFault> {
    let (all, from) = (bytes.all, bytes.at);
    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7);
    let data = all[from..].windows(2).position(ends);
    bytes.take(data.ok_or(PictureFault::Cut { at: all.len() })?)
}

/// The picture and nothing else. What goes before it is written in one order: JFIF, which side is up, the rest as it came.
pub(super) fn strip(all: &[u8]) -> Result<Vec<u8>, PictureFault> {
    let mut bytes = Bytes { all, at: 2 };
    let (mut jfif, mut turned, mut picture) = (None, None, Vec::with_capacity(all.len()));
    let mut scans = 0;
    loop {
        match marker(&mut bytes)? {
            EOI if scans > 0 => break,
            EOI => return Err(bytes.wrong("no picture in it")),
            SOS => {
                put(&mut picture, SOS, payload(&mut bytes)?);
                picture.extend(scan(&mut bytes)?);
                scans += 1;
            }
            kept if is_picture(kept) => put(&mut picture, kept, payload(&mut bytes)?),
            APP0 => jfif = jfif.or(jfif_of(payload(&mut bytes)?)),
            APP1 => turned = turned.or(orientation::read(payload(&mut bytes)?)),
            APP14 => {
                let payload = payload(&mut bytes)?;
                if payload.starts_with(ADOBE) && payload.len() >= ADOBE_BYTES {
                    put(&mut picture, APP14, &payload[..ADOBE_BYTES]);
                }
            }
            // Other applications' data, comments, and what a later standard may add.
            0xc8 | 0xe2..=0xfe => _ = payload(&mut bytes)?,
            _ => return Err(bytes.wrong("a marker that has no place here")),
        }
    }
    Ok(whole(jfif, turned, &picture))
}

fn jfif_of(payload: &[u8]) -> Option<[u8; JFIF_BYTES]> {
    let mut kept: [u8; JFIF_BYTES] = payload.get(..JFIF_BYTES)?.try_into().ok()?;
    kept[JFIF_BYTES - 2..].fill(0);
    kept.starts_with(JFIF).then_some(kept)
}

fn whole(jfif: Option<[u8; JFIF_BYTES]>, turned: Option<u8>, picture: &[u8]) -> Vec<u8> {
    let mut out = vec![0xff, SOI];
    if let Some(jfif) = jfif {
        put(&mut out, APP0, &jfif);
    }
    if let Some(turned) = turned {
        put(&mut out, APP1, &orientation::write(turned));
    }
    out.extend(picture);
    out.extend([0xff, EOI]);
    out
}
