//! From the bytes of a map file to a base map. Every number is checked before anything relies on it.

use precinct_base::{Bounds, LonLat, caps};
use sha2::{Digest, Sha256};

use super::{
    BODY_AT, DIGEST_AT, DIGESTED_FROM, MADE_FROM_AT, MAGIC, MAP_FILE_VERSION, MapFault,
    MapFileError, VERSION_AT,
};
use crate::map::{Attributes, Columns, FeatureRow, Kind, PartRow};
use crate::varint::{take, unzigzag};
use crate::world::{MAX_ZOOM, Point};
use crate::{About, BaseMap, Layer};

impl BaseMap {
    /// The map of a map file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MapFileError> {
        let made_from = header(bytes)?;
        if Sha256::digest(&bytes[DIGESTED_FROM..])[..] != bytes[DIGEST_AT..DIGESTED_FROM] {
            return Err(MapFileError::Damaged);
        }
        let mut reader = Reader { rest: &bytes[BODY_AT..] };
        let columns = reader.columns(made_from);
        let at = bytes.len() - reader.rest.len();
        Ok(Self::index(columns.map_err(|fault| MapFileError::Wrong { at, fault })?))
    }

    /// The fingerprint in a map file's first 80 bytes, to see at once whether it is stale. Nothing else is looked at. `None` if it
    /// is no map file of this program's version.
    pub fn peek_made_from(start: &[u8]) -> Option<[u8; 32]> {
        header(start).ok()
    }

    /// The digest in a map file's first 80 bytes: of all that is in it, so that two files with one digest give the same tiles. `None` if it
    /// is no map file of this program's version.
    pub fn peek_digest(start: &[u8]) -> Option<[u8; 32]> {
        header(start).ok()?;
        start.get(DIGEST_AT..)?.first_chunk().copied()
    }
}

/// Checks the start; gives the fingerprint.
fn header(bytes: &[u8]) -> Result<[u8; 32], MapFileError> {
    let Some(version) = bytes.strip_prefix(&MAGIC).and_then(<[u8]>::first_chunk) else {
        return Err(MapFileError::NotAMapFile);
    };
    let (found, supported) = (u32::from_le_bytes(*version), MAP_FILE_VERSION);
    if found != supported {
        return Err(MapFileError::OtherVersion { found, supported });
    }
    let _: [u8; DIGEST_AT - VERSION_AT] = *version;
    let made_from = bytes.get(MADE_FROM_AT..).and_then(<[u8]>::first_chunk);
    made_from.copied().ok_or(MapFileError::Damaged)
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn columns(&mut self, made_from: [u8; 32]) -> Result<Columns, MapFault> {
        let mut columns = Columns { about: self.about(made_from)?, ..Columns::default() };
        columns.texts = self.texts()?;
        columns.attributes = self.attributes(columns.texts.len())?;
        columns.features = self.features(columns.attributes.len())?;
        columns.parts = self.parts()?;
        (columns.points, columns.kept_from) = self.points()?;
        made_as_its_kind(&columns)?;
        if self.rest.is_empty() { Ok(columns) } else { Err(MapFault::Long) }
    }

    fn number(&mut self) -> Result<u64, MapFault> {
        take(&mut self.rest).ok_or(MapFault::Short)
    }

    /// A number below `end`.
    fn below(&mut self, end: u64) -> Result<u64, MapFault> {
        let number = self.number()?;
        if number < end { Ok(number) } else { Err(MapFault::Range) }
    }

    fn zoom(&mut self) -> Result<u8, MapFault> {
        Ok(self.below(u64::from(MAX_ZOOM) + 1)? as u8)
    }

    /// The length of a list whose elements have `bytes` at least, so that memory stays in proportion to the file.
    fn count(&mut self, bytes: usize, cap: usize) -> Result<usize, MapFault> {
        let count = usize::try_from(self.number()?).map_err(|_| MapFault::Count)?;
        if count > cap || count > self.rest.len() / bytes {
            return Err(MapFault::Count);
        }
        Ok(count)
    }

    fn text(&mut self) -> Result<&'a str, MapFault> {
        let bytes = self.count(1, caps::MAP_TEXT_BYTES)?;
        let (text, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        std::str::from_utf8(text).map_err(|_| MapFault::Text)
    }

    fn about(&mut self, made_from: [u8; 32]) -> Result<About, MapFault> {
        let attribution = self.text()?.to_owned();
        let bounds = match self.number()? {
            0 => None,
            2 => {
                let (min, max) = (self.place()?, self.place()?);
                Some(Bounds::new(min, max).ok_or(MapFault::Place)?)
            }
            _ => return Err(MapFault::Range),
        };
        Ok(About { attribution, bounds, made_from })
    }

    fn place(&mut self) -> Result<LonLat, MapFault> {
        let mut degrees = || i32::try_from(unzigzag(self.number()?)).map_err(|_| MapFault::Place);
        LonLat::new(degrees()?, degrees()?).ok_or(MapFault::Place)
    }

    fn texts(&mut self) -> Result<Vec<String>, MapFault> {
        let count = self.count(1, caps::MAP_TEXT_BYTES)?;
        let texts: Vec<String> =
            (0..count).map(|_| self.text().map(str::to_owned)).collect::<Result<_, _>>()?;
        if texts.first().is_some_and(String::is_empty) { Ok(texts) } else { Err(MapFault::Text) }
    }

    fn attributes(&mut self, texts: usize) -> Result<Vec<Attributes>, MapFault> {
        let count = self.count(8, caps::MAP_FEATURES)?;
        let all: Vec<Attributes> =
            (0..count).map(|_| self.attribute(texts as u64)).collect::<Result<_, _>>()?;
        if all.is_sorted_by_key(|one| one.layer) { Ok(all) } else { Err(MapFault::Order) }
    }

    fn attribute(&mut self, texts: u64) -> Result<Attributes, MapFault> {
        Ok(Attributes {
            layer: Layer::from_index(self.below(256)? as u8).ok_or(MapFault::Range)?,
            kind: Kind::from_number(self.number()?).ok_or(MapFault::Range)?,
            rank: self.below(256)? as u8,
            oneway: self.below(2)? == 1,
            class: self.below(texts)? as u32,
            name: self.below(texts)? as u32,
            zh: self.below(texts)? as u32,
            en: self.below(texts)? as u32,
        })
    }

    fn features(&mut self, attributes: usize) -> Result<Vec<FeatureRow>, MapFault> {
        let count = self.count(3, caps::MAP_FEATURES)?;
        let mut all = Vec::with_capacity(count);
        let mut first_part = 0;
        for _ in 0..count {
            let zoom = self.zoom()?;
            let attributes = self.below(attributes as u64)? as u32;
            let parts = self.below(caps::MAP_POINTS as u64 - u64::from(first_part) + 1)? as u32;
            all.push(FeatureRow { zoom, attributes, first_part, parts });
            first_part += parts;
        }
        if all.is_sorted_by_key(|one| one.zoom) { Ok(all) } else { Err(MapFault::Order) }
    }

    fn parts(&mut self) -> Result<Vec<PartRow>, MapFault> {
        let count = self.count(2, caps::MAP_POINTS)?;
        let mut all = Vec::with_capacity(count);
        let mut first_point = 0;
        for _ in 0..count {
            let both = self.below((u64::from(MAX_ZOOM) + 1) << 1)?;
            let points = self.below(caps::MAP_POINTS as u64 - u64::from(first_point) + 1)? as u32;
            let (zoom, hole) = ((both >> 1) as u8, both & 1 == 1);
            all.push(PartRow { zoom, hole, first_point, points });
            first_point += points;
        }
        Ok(all)
    }

    fn points(&mut self) -> Result<(Vec<Point>, Vec<u8>), MapFault> {
        let count = self.count(3, caps::MAP_POINTS)?;
        let (mut points, mut kept_from) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut at = Point::default();
        for _ in 0..count {
            at = Point { x: self.step(at.x)?, y: self.step(at.y)? };
            points.push(at);
            kept_from.push(self.zoom()?);
        }
        Ok((points, kept_from))
    }

    fn step(&mut self, from: u32) -> Result<u32, MapFault> {
        let to = unzigzag(self.number()?).checked_add(i64::from(from));
        to.and_then(|to| u32::try_from(to).ok()).ok_or(MapFault::Place)
    }
}

/// Whether features are made of all the parts, those of all the points, and each as its kind is.
fn made_as_its_kind(columns: &Columns) -> Result<(), MapFault> {
    let parts: u64 = columns.features.iter().map(|feature| u64::from(feature.parts)).sum();
    let points: u64 = columns.parts.iter().map(|part| u64::from(part.points)).sum();
    if parts != columns.parts.len() as u64 || points != columns.points.len() as u64 {
        return Err(MapFault::Made);
    }
    for feature in &columns.features {
        let kind = columns.attributes[feature.attributes as usize].kind;
        let parts = &columns.parts[feature.parts()];
        let right = |part: &PartRow| match kind {
            Kind::Point => part.points == 1 && !part.hole,
            Kind::Line => part.points >= 2 && !part.hole,
            Kind::Area => part.points >= 3,
        };
        if parts.first().is_none_or(|part| part.hole) || !parts.iter().all(right) {
            return Err(MapFault::Made);
        }
    }
    Ok(())
}
