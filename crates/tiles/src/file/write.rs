//! From a base map to the bytes of its file.

use sha2::{Digest, Sha256};

use super::{BODY_AT, DIGEST_AT, DIGESTED_FROM, MADE_FROM_AT, MAGIC, MAP_FILE_VERSION, VERSION_AT};
use crate::BaseMap;
use crate::map::Columns;
use crate::varint::{put, zigzag};

impl BaseMap {
    /// The map as a file. Equal maps give equal bytes, on every machine.
    pub fn to_bytes(&self) -> Vec<u8> {
        let columns = &self.columns;
        let mut bytes = vec![0; BODY_AT];
        bytes[..VERSION_AT].copy_from_slice(&MAGIC);
        bytes[VERSION_AT..DIGEST_AT].copy_from_slice(&MAP_FILE_VERSION.to_le_bytes());
        bytes[MADE_FROM_AT..BODY_AT].copy_from_slice(&columns.about.made_from);
        about(&mut bytes, columns);
        rows(&mut bytes, columns);
        points(&mut bytes, columns);
        let digest = Sha256::digest(&bytes[DIGESTED_FROM..]);
        bytes[DIGEST_AT..DIGESTED_FROM].copy_from_slice(&digest);
        bytes
    }
}

fn text(out: &mut Vec<u8>, text: &str) {
    put(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

fn about(out: &mut Vec<u8>, columns: &Columns) {
    text(out, &columns.about.attribution);
    let corners = columns.about.bounds.map(|bounds| [bounds.min(), bounds.max()]);
    put(out, corners.as_slice().len() as u64 * 2);
    for corner in corners.into_iter().flatten() {
        put(out, zigzag(i64::from(corner.lon())));
        put(out, zigzag(i64::from(corner.lat())));
    }
}

fn rows(out: &mut Vec<u8>, columns: &Columns) {
    put(out, columns.texts.len() as u64);
    columns.texts.iter().for_each(|one| text(out, one));
    put(out, columns.attributes.len() as u64);
    for a in &columns.attributes {
        let small = [a.layer as u32, a.kind as u32, u32::from(a.rank), u32::from(a.oneway)];
        let texts = [a.class, a.name, a.zh, a.en];
        small.into_iter().chain(texts).for_each(|number| put(out, u64::from(number)));
    }
    put(out, columns.features.len() as u64);
    for feature in &columns.features {
        put(out, u64::from(feature.zoom));
        put(out, u64::from(feature.attributes));
        put(out, u64::from(feature.parts));
    }
    put(out, columns.parts.len() as u64);
    for part in &columns.parts {
        put(out, u64::from(part.zoom) << 1 | u64::from(part.hole));
        put(out, u64::from(part.points));
    }
}

fn points(out: &mut Vec<u8>, columns: &Columns) {
    put(out, columns.points.len() as u64);
    let mut before = (0, 0);
    for (point, &kept_from) in columns.points.iter().zip(&columns.kept_from) {
        let (x, y) = (*point).into();
        put(out, zigzag(x - before.0));
        put(out, zigzag(y - before.1));
        out.push(kept_from);
        before = (x, y);
    }
}
