//! Pictures with secrets in every place that is not the picture: none comes through, and the picture does.

use precinct_core::MediaKind;
use proptest::prelude::*;

use super::{PictureFault, orientation, strip};

const SECRET: &[u8] = b"GPS 22.1987N 113.5439E";

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() + 2) as u16;
    [&[0xff, marker][..], &length.to_be_bytes(), payload].concat()
}

/// A TIFF directory with the orientation among other tags, in either order of bytes, and a secret after it.
fn exif(orientation: u16, little: bool) -> Vec<u8> {
    let two = |n: u16| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let four = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let mut tiff = if little { b"II".to_vec() } else { b"MM".to_vec() };
    tiff.extend([two(42).to_vec(), four(8).to_vec(), two(2).to_vec()].concat());
    tiff.extend(
        [two(0x010f).to_vec(), two(2).to_vec(), four(22).to_vec(), four(38).to_vec()].concat(),
    );
    tiff.extend([two(0x0112).to_vec(), two(3).to_vec(), four(1).to_vec()].concat());
    tiff.extend([two(orientation), two(0)].concat());
    tiff.extend(four(0));
    [b"Exif\0\0", &tiff[..], SECRET].concat()
}

const SCAN: &[u8] = &[0x12, 0xff, 0x00, 0x34, 0xff, 0xd3, 0x56, 0xff, 0x00];

/// A JPEG of two scans with `between` before the first and between the two.
fn jpeg(between: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    bytes.extend(between.concat());
    bytes.extend(segment(0xdb, &[7; 65]));
    bytes.extend(segment(0xc2, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]));
    for _ in 0..2 {
        bytes.extend(segment(0xc4, &[3; 20]));
        bytes.extend(segment(0xda, &[1, 1, 0, 0, 63, 0]));
        bytes.extend(SCAN);
        bytes.extend(between.concat());
    }
    bytes.extend([0xff, 0xd9]);
    bytes
}

fn chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let sum = crc32fast::hash(&[kind, content].concat());
    let length = content.len() as u32;
    [&length.to_be_bytes()[..], kind, content, &sum.to_be_bytes()].concat()
}

fn png(between: &[Vec<u8>]) -> Vec<u8> {
    let head = chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    let data =
        [chunk(b"gAMA", &[0, 0, 0xb1, 0x8f]), chunk(b"IDAT", &[1, 2, 3]), chunk(b"IDAT", &[4])];
    let parts = [super::png::BEGINS, &head, &between.concat(), &data.concat(), &between.concat()];
    [parts.concat(), chunk(b"IEND", &[])].concat()
}

fn riff(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (kind, content) in chunks {
        body.extend(*kind);
        body.extend((content.len() as u32).to_le_bytes());
        body.extend(content);
        body.extend((content.len() % 2 == 1).then_some(0));
    }
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
}

fn stripped(bytes: &[u8]) -> Vec<u8> {
    let (kind, once) = strip(bytes).unwrap();
    assert_eq!(strip(&once), Ok((kind, once.clone())), "what was stripped once stays as it is");
    once
}

#[test]
fn nothing_but_the_picture_comes_through_a_jpeg() {
    let bare = jpeg(&[]);
    assert_eq!(stripped(&bare), bare);
    let mut secrets =
        vec![segment(0xfe, SECRET), segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x/>")];
    secrets
        .extend([0xe1, 0xe2, 0xed, 0xef, 0xf0, 0xfd, 0xc8].map(|marker| segment(marker, SECRET)));
    secrets.push(segment(0xe0, &[b"JFXX\0", SECRET].concat()));
    let mut full = jpeg(&secrets);
    full.extend(SECRET);
    assert_eq!(stripped(&full), bare);
    assert_eq!(strip(&full).unwrap().0, MediaKind::Jpeg);
}

#[test]
fn what_a_jpeg_needs_to_be_shown_right_stays_without_its_thumbnail() {
    let jfif = [b"JFIF\0\x01\x02\x01\0\x48\0\x48\x02\x03", SECRET].concat();
    let adobe = [b"Adobe\0\x64\0\0\0\0\x01", SECRET].concat();
    let out = stripped(&jpeg(&[segment(0xe0, &jfif), segment(0xee, &adobe)]));
    assert!(has(&out, &segment(0xe0, b"JFIF\0\x01\x02\x01\0\x48\0\x48\0\0")));
    assert!(has(&out, &segment(0xee, b"Adobe\0\x64\0\0\0\0\x01")) && !has(&out, SECRET));
}

#[test]
fn a_jpeg_keeps_which_side_is_up_and_no_more_of_exif() {
    for little in [false, true] {
        for n in 2..=8 {
            let out = stripped(&jpeg(&[segment(0xe1, &exif(n, little))]));
            assert!(has(&out, &segment(0xe1, &orientation::write(n as u8))) && !has(&out, SECRET));
        }
        for n in [0, 1, 9, 0x0300] {
            assert_eq!(stripped(&jpeg(&[segment(0xe1, &exif(n, little))])), jpeg(&[]), "{n}");
        }
    }
    // A directory that leads out of the segment is nothing.
    let astray = b"Exif\0\0MM\0\x2a\xff\xff\xff\xff";
    assert_eq!(stripped(&jpeg(&[segment(0xe1, astray)])), jpeg(&[]));
}

#[test]
fn nothing_but_the_picture_comes_through_a_png() {
    let secrets: Vec<Vec<u8>> =
        [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"iCCP", b"prVt", b"acTL", b"fdAT"]
            .map(|kind| chunk(kind, SECRET))
            .into();
    let full = [png(&secrets), SECRET.to_vec()].concat();
    assert_eq!(stripped(&full), png(&[]));
    assert_eq!(strip(&full).unwrap().0, MediaKind::Png);
    let unknown = png(&[chunk(b"SECR", SECRET)]);
    assert!(
        matches!(strip(&unknown), Err(PictureFault::Disorder { what, .. }) if what.contains("another program"))
    );
    let mut wrong = png(&[]);
    let last = wrong.len() - 20;
    wrong[last] ^= 1;
    assert!(
        matches!(strip(&wrong), Err(PictureFault::Disorder { what, .. }) if what.contains("wrong sum"))
    );
}

#[test]
fn nothing_but_the_picture_comes_through_a_webp() {
    let head = |flags: u8| vec![flags, 1, 2, 3, 9, 0, 0, 9, 0, 0];
    let bare = riff(&[
        (b"VP8X", vec![0x10, 0, 0, 0, 9, 0, 0, 9, 0, 0]),
        (b"ALPH", vec![1]),
        (b"VP8 ", vec![1, 2, 3]),
    ]);
    let full = riff(&[
        (b"VP8X", head(0x3c)),
        (b"ICCP", SECRET.to_vec()),
        (b"ALPH", vec![1]),
        (b"VP8 ", vec![1, 2, 3]),
        (b"EXIF", SECRET.to_vec()),
        (b"XMP ", SECRET.to_vec()),
        (b"what", SECRET.to_vec()),
    ]);
    assert_eq!(stripped(&[full, SECRET.to_vec()].concat()), bare);
    assert_eq!(strip(&bare).unwrap().0, MediaKind::Webp);
    let moving = riff(&[(b"VP8X", head(2)), (b"ANIM", vec![0; 6])]);
    assert_eq!(strip(&moving), Err(PictureFault::Moves));
    assert!(
        strip(&riff(&[(b"EXIF", vec![1])])).is_err()
            && strip(&riff(&[(b"VP8X", vec![0])])).is_err()
    );
}

#[test]
fn what_is_cut_off_or_no_picture_is_refused() {
    for whole in [jpeg(&[]), png(&[]), riff(&[(b"VP8L", vec![5; 9])])] {
        for end in 12..whole.len() - 1 {
            assert!(strip(&whole[..end]).is_err(), "{end} of {}", whole.len());
        }
    }
    for other in [&b""[..], b"GIF89a", b"\xff\xd8", b"%PDF-1.7", b"RIFF\x04\0\0\0WAVE", b"<svg/>"] {
        assert_eq!(strip(other), Err(PictureFault::Unknown));
    }
    assert!(strip(&[0xff, 0xd8, 0xff, 0xd9]).is_err(), "a JPEG without a scan");
}

fn secret() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::sample::select(vec![0xe0_u8, 0xe1, 0xe2, 0xe5, 0xed, 0xee, 0xfe])
            .prop_map(|marker| segment(marker, SECRET)),
        (0u16..12, any::<bool>()).prop_map(|(n, little)| segment(0xe1, &exif(n, little))),
    ]
}

proptest! {
    #[test]
    fn no_secret_comes_through_wherever_it_stands(secrets in prop::collection::vec(secret(), 0..8)) {
        let out = stripped(&jpeg(&secrets));
        prop_assert!(!has(&out, b"113.54") && out.len() <= jpeg(&[]).len() + 36);
    }

    #[test]
    fn whatever_is_changed_nothing_breaks_and_what_comes_out_stays(
        kind in 0usize..3, at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = match kind {
            0 => jpeg(&[segment(0xe1, &exif(6, true))]),
            1 => png(&[chunk(b"tEXt", SECRET)]),
            _ => riff(&[(b"VP8L", vec![5; 9]), (b"XMP ", SECRET.to_vec())]),
        };
        let (at, cut) = (at.index(bytes.len()), cut.index(bytes.len() + 1));
        bytes[at] = byte;
        for bytes in [&bytes[..], &bytes[..cut]] {
            if let Ok((kind, out)) = strip(bytes) {
                prop_assert_eq!(strip(&out), Ok((kind, out.clone())));
            }
        }
    }
}
