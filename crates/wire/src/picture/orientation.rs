//! Which side of a picture is up: the one thing that is kept of Exif (CIPA DC-008, tag 0x0112).

/// How an Exif segment begins.
const EXIF: &[u8] = b"Exif\0\0";
/// The tag.
const TAG: u16 = 0x0112;
/// The type of its value: 16 bits.
const SHORT: u16 = 3;
/// Bytes of an entry of a TIFF directory.
const ENTRY: usize = 12;

fn two(bytes: &[u8], at: usize, little: bool) -> Option<u16> {
    let pair: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
}

fn four(bytes: &[u8], at: usize, little: bool) -> Option<u32> {
    let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
}

/// What the payload of an APP1 segment says of it: 2 to 8. None if it says nothing, or that the picture is upright already.
pub(super) fn read(payload: &[u8]) -> Option<u8> {
    let tiff = payload.strip_prefix(EXIF)?;
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let directory = four(tiff, 4, little)? as usize;
    let entries = usize::from(two(tiff, directory, little)?);
    for n in 0..entries {
        let at = directory.checked_add(2 + n * ENTRY)?;
        if two(tiff, at, little)? == TAG {
            let is_one = two(tiff, at + 2, little)? == SHORT && four(tiff, at + 4, little)? == 1;
            let value = two(tiff, at + 8, little)?;
            return u8::try_from(value).ok().filter(|value| is_one && (2..=8).contains(value));
        }
    }
    None
}

/// The payload of an APP1 segment that says this and nothing more.
pub(super) fn write(orientation: u8) -> Vec<u8> {
    let tiff: [u8; 26] = [
        b'M',
        b'M',
        0,
        42,
        0,
        0,
        0,
        8, // big-endian; the directory follows
        0,
        1, // one entry
        0x01,
        0x12,
        0,
        3,
        0,
        0,
        0,
        1,
        0,
        orientation,
        0,
        0, // the tag, its type, one value, the value
        0,
        0,
        0,
        0, // no further directory
    ];
    [EXIF, &tiff].concat()
}
