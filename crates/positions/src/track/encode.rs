//! Makes the bytes of a partition.

use precinct_base::{Timestamp, caps};

use super::step::{pack, start};
use super::{ENTRY, HEADER, MAGIC, SUM, TooManyFixes};
use crate::Fix;

/// The bytes of a partition with these fixes, in any order; of several that are wholly equal one is kept.
///
/// A unit's first fix is packed as if one at (0, 0) at the partition's first instant came before it, and each other as what is different from
/// the one before: a byte of flags, then numbers in as few bytes as they need.
pub fn encode(mut fixes: Vec<Fix>) -> Result<Vec<u8>, TooManyFixes> {
    if fixes.len() > caps::TRACK_FIXES {
        return Err(TooManyFixes { count: fixes.len() });
    }
    fixes.sort_unstable();
    fixes.dedup();
    let begins = fixes.iter().map(|fix| fix.time).min().unwrap_or_default();
    let ends = fixes.iter().map(|fix| fix.time).max().unwrap_or_default();
    let (mut table, mut body) = (Vec::new(), Vec::with_capacity(fixes.len() * 8));
    for unit in fixes.chunk_by(|a, b| a.unit == b.unit) {
        let from = body.len();
        pack_unit(&mut body, begins, unit);
        let sum = crc32fast::hash(&body[from..]);
        let entry = [unit[0].unit.0, unit.len() as u32, body.len() as u32, sum];
        table.extend(entry.map(u32::to_le_bytes).into_iter().flatten());
    }
    let mut bytes = Vec::with_capacity(HEADER + table.len() + SUM + body.len());
    bytes.extend(MAGIC);
    bytes.extend(((table.len() / ENTRY) as u32).to_le_bytes());
    bytes.extend(begins.0.to_le_bytes());
    bytes.extend(ends.0.to_le_bytes());
    bytes.append(&mut table);
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    bytes.append(&mut body);
    Ok(bytes)
}

fn pack_unit(body: &mut Vec<u8>, begins: Timestamp, fixes: &[Fix]) {
    let mut before = start(fixes[0].unit, begins);
    for fix in fixes {
        pack(body, &before, fix);
        before = *fix;
    }
}

/// The most bytes of a fix: flags, ten of time, five of each coordinate, five of accuracy, three of speed and of heading.
const MOST: usize = 32;
const _: () = assert!(MOST * caps::TRACK_FIXES <= u32::MAX as usize + 1);
