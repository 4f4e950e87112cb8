//! One block of elements: its texts, then groups of nodes, ways and relations.

use precinct_base::LonLat;
use precinct_base::caps::{OSM_TAG_BYTES, OSM_WAY_NODES};

use super::PbfFault;
use super::wire::{Deltas, Message, Packed, Value, zigzag};
use crate::budget::Overdrawn;
use crate::element::{Kinds, Node, Pass, Relation, Tags, Way};

/// Texts of one block; writers put at most 8,000 elements into one.
const TEXTS: usize = 1 << 20;
/// Tags of one element, and members of one relation.
const LIST: usize = 1 << 16;

/// Why decoding stopped.
pub(crate) enum Stop {
    Fault(PbfFault),
    Overdrawn,
}

impl From<PbfFault> for Stop {
    fn from(fault: PbfFault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Overdrawn> for Stop {
    fn from(_: Overdrawn) -> Self {
        Self::Overdrawn
    }
}

/// Shows every element of the block that `pass` wants to it; says which kinds the block holds.
pub(crate) fn decode<P: Pass>(bytes: &[u8], pass: &P, part: &mut P::Part) -> Result<Kinds, Stop> {
    let frame = Frame::read(bytes)?;
    let mut decoder =
        Decoder { frame, pass, part, tags: Vec::new(), refs: Vec::new(), kinds: Kinds::default() };
    let mut message = Message(bytes);
    while let Some((field, value)) = message.field()? {
        if field == 2 {
            decoder.group(value.bytes()?)?;
        }
    }
    Ok(decoder.kinds)
}

/// What the elements of a block share: texts, and how coordinates are scaled.
struct Frame<'a> {
    texts: Vec<&'a str>,
    granularity: i64,
    lat_offset: i64,
    lon_offset: i64,
}

impl<'a> Frame<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, PbfFault> {
        let mut frame = Self { texts: Vec::new(), granularity: 100, lat_offset: 0, lon_offset: 0 };
        let mut message = Message(bytes);
        while let Some((field, value)) = message.field()? {
            match field {
                1 => frame.texts = read_texts(value.bytes()?)?,
                17 => frame.granularity = value.number()? as i64,
                19 => frame.lat_offset = value.number()? as i64,
                20 => frame.lon_offset = value.number()? as i64,
                _ => {}
            }
        }
        Ok(frame)
    }

    fn text(&self, index: u64) -> Result<&'a str, PbfFault> {
        let at = usize::try_from(index).ok();
        let fault = PbfFault::Text { index, texts: self.texts.len() };
        at.and_then(|at| self.texts.get(at)).copied().ok_or(fault)
    }

    /// The place of node `id`: offsets are in 1e-9 degree, places in 1e-7, rounded to the nearest.
    fn place(&self, id: i64, lon: i64, lat: i64) -> Result<LonLat, PbfFault> {
        let units = |offset: i64, value: i64| {
            let nanodegrees = i128::from(offset) + i128::from(self.granularity) * i128::from(value);
            i32::try_from((nanodegrees + 50).div_euclid(100)).ok()
        };
        let place = units(self.lon_offset, lon).zip(units(self.lat_offset, lat));
        place.and_then(|(lon, lat)| LonLat::new(lon, lat)).ok_or(PbfFault::OffEarth { id })
    }
}

fn read_texts(bytes: &[u8]) -> Result<Vec<&str>, PbfFault> {
    let mut texts = Vec::new();
    let mut message = Message(bytes);
    while let Some((field, value)) = message.field()? {
        if field != 1 {
            continue;
        }
        let text = value.bytes()?;
        if text.len() > OSM_TAG_BYTES {
            return Err(PbfFault::TooLarge {
                what: "text",
                bytes: text.len() as u64,
                limit: OSM_TAG_BYTES,
            });
        }
        if texts.len() == TEXTS {
            return Err(PbfFault::TooMany { what: "texts", limit: TEXTS });
        }
        texts.push(str::from_utf8(text).map_err(|_| PbfFault::Utf8)?);
    }
    Ok(texts)
}

struct Decoder<'a, 'p, P: Pass> {
    frame: Frame<'a>,
    pass: &'p P,
    part: &'p mut P::Part,
    tags: Vec<(&'a str, &'a str)>,
    refs: Vec<i64>,
    kinds: Kinds,
}

impl<'a, P: Pass> Decoder<'a, '_, P> {
    fn group(&mut self, bytes: &'a [u8]) -> Result<(), Stop> {
        let wants = self.pass.wants();
        let mut message = Message(bytes);
        while let Some((field, value)) = message.field()? {
            let kind = match field {
                1 | 2 => Kinds::NODES,
                3 => Kinds::WAYS,
                4 => Kinds::RELATIONS,
                _ => continue,
            };
            self.kinds = self.kinds.and(kind);
            let bytes = value.bytes()?;
            match field {
                _ if !wants.meets(kind) => {}
                1 => self.node(bytes)?,
                2 => self.dense_nodes(bytes)?,
                3 => self.way(bytes)?,
                _ => self.relation(bytes)?,
            }
        }
        Ok(())
    }

    fn node(&mut self, bytes: &'a [u8]) -> Result<(), Stop> {
        let (mut id, mut lat, mut lon) = (0, 0, 0);
        let (mut keys, mut values) = (Packed::default(), Packed::default());
        let mut message = Message(bytes);
        while let Some((field, value)) = message.field()? {
            match field {
                1 => id = zigzag(value.number()?),
                2 => keys = Packed(value.bytes()?),
                3 => values = Packed(value.bytes()?),
                8 => lat = zigzag(value.number()?),
                9 => lon = zigzag(value.number()?),
                _ => {}
            }
        }
        self.read_tags(keys, values)?;
        let at = self.frame.place(id, lon, lat)?;
        Ok(self.pass.node(self.part, &Node { id, at, tags: Tags(&self.tags) })?)
    }

    fn dense_nodes(&mut self, bytes: &'a [u8]) -> Result<(), Stop> {
        let (mut ids, mut lats, mut lons) =
            (Deltas::default(), Deltas::default(), Deltas::default());
        let mut tags = Packed::default();
        let mut message = Message(bytes);
        while let Some((field, value)) = message.field()? {
            match field {
                1 => ids = Deltas::new(value.bytes()?),
                8 => lats = Deltas::new(value.bytes()?),
                9 => lons = Deltas::new(value.bytes()?),
                10 => tags = Packed(value.bytes()?),
                _ => {}
            }
        }
        while let Some(id) = ids.number()? {
            let (lat, lon) = lats.number()?.zip(lons.number()?).ok_or(PbfFault::Uneven)?;
            self.read_dense_tags(&mut tags)?;
            let at = self.frame.place(id, lon, lat)?;
            self.pass.node(self.part, &Node { id, at, tags: Tags(&self.tags) })?;
        }
        Ok(())
    }

    /// Tags of dense nodes lie in one list, key and value in turn, a zero after each node; none at all if no node has any.
    fn read_dense_tags(&mut self, tags: &mut Packed<'a>) -> Result<(), PbfFault> {
        self.tags.clear();
        while let Some(key) = tags.number()? {
            if key == 0 {
                break;
            }
            let value = tags.number()?.ok_or(PbfFault::Uneven)?;
            self.push_tag(key, value)?;
        }
        Ok(())
    }

    fn read_tags(&mut self, mut keys: Packed<'a>, mut values: Packed<'a>) -> Result<(), PbfFault> {
        self.tags.clear();
        while let Some(key) = keys.number()? {
            let value = values.number()?.ok_or(PbfFault::Uneven)?;
            self.push_tag(key, value)?;
        }
        Ok(())
    }

    fn push_tag(&mut self, key: u64, value: u64) -> Result<(), PbfFault> {
        if self.tags.len() == LIST {
            return Err(PbfFault::TooMany { what: "tags of one element", limit: LIST });
        }
        self.tags.push((self.frame.text(key)?, self.frame.text(value)?));
        Ok(())
    }

    fn way(&mut self, bytes: &'a [u8]) -> Result<(), Stop> {
        let (mut id, mut refs) = (0, Deltas::default());
        let (mut keys, mut values) = (Packed::default(), Packed::default());
        let mut message = Message(bytes);
        while let Some((field, value)) = message.field()? {
            match field {
                1 => id = value.number()? as i64,
                2 => keys = Packed(value.bytes()?),
                3 => values = Packed(value.bytes()?),
                8 => refs = Deltas::new(value.bytes()?),
                _ => {}
            }
        }
        self.read_tags(keys, values)?;
        self.refs.clear();
        while let Some(node) = refs.number()? {
            if self.refs.len() == OSM_WAY_NODES {
                return Err(
                    PbfFault::TooMany { what: "nodes of one way", limit: OSM_WAY_NODES }.into()
                );
            }
            self.refs.push(node);
        }
        Ok(self.pass.way(self.part, &Way { id, refs: &self.refs, tags: Tags(&self.tags) })?)
    }

    fn relation(&mut self, bytes: &'a [u8]) -> Result<(), Stop> {
        let (mut id, mut members) = (0, Deltas::default());
        let [mut keys, mut values, mut roles, mut kinds] = [Packed::default(); 4];
        let mut message = Message(bytes);
        while let Some((field, value)) = message.field()? {
            match (field, value) {
                (1, Value::Number(number)) => id = number as i64,
                (2, value) => keys = Packed(value.bytes()?),
                (3, value) => values = Packed(value.bytes()?),
                (8, value) => roles = Packed(value.bytes()?),
                (9, value) => members = Deltas::new(value.bytes()?),
                (10, value) => kinds = Packed(value.bytes()?),
                _ => {}
            }
        }
        self.read_tags(keys, values)?;
        let mut ways = Vec::new();
        while let Some(member) = members.number()? {
            let (role, kind) = roles.number()?.zip(kinds.number()?).ok_or(PbfFault::Uneven)?;
            if kind == 1 {
                ways.push((member, self.frame.text(role)?));
            }
            if ways.len() > LIST {
                return Err(
                    PbfFault::TooMany { what: "members of one relation", limit: LIST }.into()
                );
            }
        }
        Ok(self.pass.relation(self.part, &Relation { id, ways: &ways, tags: Tags(&self.tags) })?)
    }
}
