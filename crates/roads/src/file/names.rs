//! Street names as they lie in a road file: three texts a name, one after the other, and where each ends.

use precinct_base::{NameId, caps};

use super::error::{RoadFileError, ValueFault, wrong};
use super::layout::Section;
use crate::{Name, Names};

/// The names whose texts end at `ends` in `text`; every name once, the first one empty.
pub(super) fn read(ends: &[u32], text: &[u8]) -> Result<Names, RoadFileError> {
    let (triples, rest) = ends.as_chunks::<3>();
    let found = ends.len() as u64;
    if triples.is_empty() || !rest.is_empty() {
        let expected = (found.div_ceil(3) * 3).max(3);
        let section = Section::NameEnds.name();
        return Err(RoadFileError::WrongCount { section, found, expected });
    }
    if text.len() > caps::NAME_BYTES {
        let (count, cap) = (text.len() as u64, caps::NAME_BYTES as u64);
        return Err(RoadFileError::TooMany { what: "bytes of street names", count, cap });
    }
    let last = ends.last().map_or(0, |&end| u64::from(end));
    if last != text.len() as u64 {
        let (section, found) = (Section::NameText.name(), text.len() as u64);
        return Err(RoadFileError::WrongCount { section, found, expected: last });
    }
    let mut names = Names::default();
    let mut start = 0;
    for (id, triple) in triples.iter().enumerate() {
        let mut parts = [const { String::new() }; 3];
        for (k, (part, &end)) in parts.iter_mut().zip(triple).enumerate() {
            let words = text.get(start..end as usize).and_then(|b| std::str::from_utf8(b).ok());
            let row = (id * 3 + k) as u64;
            words.ok_or(wrong(Section::NameEnds, row, ValueFault::Text))?.clone_into(part);
            start = end as usize;
        }
        let [local, zh, en] = parts;
        if names.add(Name { local, zh, en }) != NameId(id as u32) {
            return Err(wrong(Section::NameEnds, id as u64 * 3, ValueFault::Twice));
        }
    }
    Ok(names)
}
