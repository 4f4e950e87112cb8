//! From the bytes of a road file to a road map.

use std::sync::Arc;

use precinct_base::{Bounds, LonLat};
use sha2::{Digest, Sha256};

use super::error::{RoadFileError, ValueFault, wrong};
use super::layout::{
    BODY_AT, DIGEST_AT, DIGESTED_FROM, ENTRY_BYTES, LENGTH_AT, MADE_FROM_AT, MAGIC,
    ROAD_FILE_HEADER_BYTES, ROAD_FILE_VERSION, SECTIONS_AT, Section, VERSION_AT, ZERO_AT, aligned,
};
use super::{check, names};
use crate::map::{Nodes, Segments};
use crate::{Fingerprint, RoadMap};

impl RoadMap {
    /// The map of a road file.
    ///
    /// Everything is checked: the checksum against damage, and then every number against the others, so that a file that was
    /// made to harm can do no more than be refused.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RoadFileError> {
        let made_from = header(bytes)?;
        // The checksum takes longest, so the rest is done beside it; what it finds counts only when the checksum is right.
        let (whole, map) =
            rayon::join(|| digest_is_right(bytes), || Columns::find(bytes)?.read(made_from));
        if whole { map } else { Err(RoadFileError::Damaged) }
    }

    /// The version and the fingerprint in a road file's first [`ROAD_FILE_HEADER_BYTES`], to see at once whether it is stale.
    /// Nothing else is looked at: the file may be damaged all the same. `None` if it is not a road file.
    pub fn peek_made_from(start: &[u8]) -> Option<(u32, Fingerprint)> {
        let start = start.get(..ROAD_FILE_HEADER_BYTES)?;
        start.starts_with(&MAGIC).then(|| {
            (u32::from_le_bytes(array(start, VERSION_AT)), Fingerprint(array(start, MADE_FROM_AT)))
        })
    }
}

/// The `N` bytes at `at`, which must be there.
fn array<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    let mut array = [0; N];
    array.copy_from_slice(&bytes[at..at + N]);
    array
}

fn header(bytes: &[u8]) -> Result<Fingerprint, RoadFileError> {
    let found = bytes.len() as u64;
    if !bytes.starts_with(&MAGIC) {
        // What was cut off within the first bytes was a road file as far as anybody can tell.
        let cut_off = !bytes.is_empty() && MAGIC.starts_with(bytes);
        let cut = RoadFileError::WrongLength { found, stated: BODY_AT };
        return Err(if cut_off { cut } else { RoadFileError::NotARoadFile });
    }
    if bytes.len() >= VERSION_AT + 4 {
        let version = u32::from_le_bytes(array(bytes, VERSION_AT));
        if version != ROAD_FILE_VERSION {
            let supported = ROAD_FILE_VERSION;
            return Err(RoadFileError::OtherVersion { found: version, supported });
        }
    }
    if found < BODY_AT {
        return Err(RoadFileError::WrongLength { found, stated: BODY_AT });
    }
    let stated = u64::from_le_bytes(array(bytes, LENGTH_AT));
    if stated != found {
        return Err(RoadFileError::WrongLength { found, stated });
    }
    Ok(Fingerprint(array(bytes, MADE_FROM_AT)))
}

fn digest_is_right(bytes: &[u8]) -> bool {
    Sha256::digest(&bytes[DIGESTED_FROM..])[..] == bytes[DIGEST_AT..DIGESTED_FROM]
}

/// The bytes of each section.
struct Columns<'a>([&'a [u8]; Section::ALL.len()]);

impl<'a> Columns<'a> {
    /// Cuts the sections out, each where the ones before it put it.
    fn find(bytes: &'a [u8]) -> Result<Self, RoadFileError> {
        let number = |at| u32::from_le_bytes(array(bytes, at));
        let table_end = ROAD_FILE_HEADER_BYTES + Section::ALL.len() * ENTRY_BYTES;
        let table_is_plain = number(SECTIONS_AT) as usize == Section::ALL.len()
            && number(ZERO_AT) == 0
            && is_zero(&bytes[table_end..BODY_AT as usize]);
        if !table_is_plain {
            return Err(RoadFileError::Table);
        }
        let mut columns = [&bytes[..0]; Section::ALL.len()];
        let mut next = BODY_AT;
        for section in Section::ALL {
            (columns[section.index()], next) = cut(bytes, section, next)?;
        }
        let found = bytes.len() as u64;
        if next != found {
            return Err(RoadFileError::WrongLength { found, stated: next });
        }
        Ok(Self(columns))
    }

    fn read(&self, made_from: Fingerprint) -> Result<RoadMap, RoadFileError> {
        let nodes = Nodes {
            at: self.places(Section::NodePlaces)?,
            osm_id: self.numbers(Section::NodeNumbers, i64::from_le_bytes),
            main: self.0[Section::NodeMainParts.index()].to_vec(),
        };
        let segments = Segments {
            from: self.numbers(Section::From, u32::from_le_bytes),
            to: self.numbers(Section::To, u32::from_le_bytes),
            length_mm: self.numbers(Section::Lengths, u32::from_le_bytes),
            class: self.0[Section::Classes.index()].to_vec(),
            name: self.numbers(Section::NamesOfSegments, u32::from_le_bytes),
            way: self.numbers(Section::Ways, i64::from_le_bytes),
            first_bend: self.numbers(Section::FirstBends, u32::from_le_bytes),
            bends: self.places(Section::Bends)?,
            times: Section::TIMES.map(|section| self.numbers(section, halves)),
        };
        let ends = self.numbers(Section::NameEnds, u32::from_le_bytes);
        let names = names::read(&ends, self.0[Section::NameText.index()])?;
        check::columns(&nodes, &segments, &names)?;
        let bounds = Bounds::around(nodes.at.iter().copied());
        Ok(RoadMap { made_from, nodes, segments, names: Arc::new(names), bounds })
    }

    fn numbers<T, const N: usize>(
        &self,
        section: Section,
        number: impl Fn([u8; N]) -> T,
    ) -> Vec<T> {
        let (elements, _) = self.0[section.index()].as_chunks::<N>();
        elements.iter().map(|&bytes| number(bytes)).collect()
    }

    fn places(&self, section: Section) -> Result<Vec<LonLat>, RoadFileError> {
        let (elements, _) = self.0[section.index()].as_chunks::<8>();
        let place = |&bytes: &[u8; 8]| {
            let [lon, lat] = halves(bytes);
            LonLat::new(lon.cast_signed(), lat.cast_signed())
        };
        check::each(section, ValueFault::Place, elements, |element| place(element).is_some())?;
        Ok(elements.iter().filter_map(place).collect())
    }
}

/// The bytes of a section whose turn it is at `offset`, and where the next one starts.
fn cut(bytes: &[u8], section: Section, offset: u64) -> Result<(&[u8], u64), RoadFileError> {
    let at = ROAD_FILE_HEADER_BYTES + section.index() * ENTRY_BYTES;
    let number = |at| u32::from_le_bytes(array(bytes, at));
    let count = u64::from_le_bytes(array(bytes, at + 16));
    let in_place = number(at) == section as u32
        && number(at + 4) == section.element_bytes()
        && u64::from_le_bytes(array(bytes, at + 8)) == offset;
    let end = count
        .checked_mul(u64::from(section.element_bytes()))
        .and_then(|length| offset.checked_add(length))
        .filter(|&end| in_place && end <= bytes.len() as u64);
    let next = end.map_or(u64::MAX, aligned);
    let (Some(end), Some(padding)) =
        (end, end.and_then(|end| bytes.get(end as usize..next as usize)))
    else {
        return Err(RoadFileError::Misplaced { section: section.name() });
    };
    if !is_zero(padding) {
        return Err(wrong(section, count, ValueFault::Padding));
    }
    Ok((&bytes[offset as usize..end as usize], next))
}

fn halves(bytes: [u8; 8]) -> [u32; 2] {
    let both = u64::from_le_bytes(bytes);
    [both as u32, (both >> 32) as u32]
}

fn is_zero(bytes: &[u8]) -> bool {
    bytes.iter().all(|&byte| byte == 0)
}
