//! A writer of OSM PBF.

use std::collections::BTreeMap;
use std::io::{Result, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use precinct_base::LonLat;

use super::proto::{Deltas, Message, varint};

/// Elements in one block, the number other writers use.
const BLOCK_ELEMENTS: usize = 8_000;
/// Tag texts in one block, in bytes; keeps a block of long texts within the format's limit.
const BLOCK_TEXT: usize = 8 << 20;

/// How blocks are packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Packing {
    /// With zlib, as usual.
    #[default]
    Zlib,
    /// Not at all.
    Raw,
}

/// Writes an OSM PBF file. Nodes come first, then ways, then relations, each in the order of ids, as readers expect.
///
/// ```
/// use precinct_osm::write::PbfWriter;
/// let mut writer = PbfWriter::new(Vec::new())?;
/// writer.node(1, "113.54,22.19".parse().unwrap(), &[("amenity", "police")])?;
/// writer.node(2, "113.55,22.19".parse().unwrap(), &[])?;
/// writer.way(1, &[1, 2], &[("highway", "primary"), ("name", "友谊大马路")])?;
/// let bytes = writer.finish()?;
/// assert!(bytes.len() > 100);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct PbfWriter<W> {
    out: W,
    packing: Packing,
    kind: Kind,
    elements: usize,
    texts: Texts,
    group: Message,
    dense: Dense,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Nodes,
    Others,
}

/// Dense nodes of the block being written.
#[derive(Debug, Default)]
struct Dense {
    ids: Deltas,
    lats: Deltas,
    lons: Deltas,
    tags: Vec<u8>,
}

/// The texts of the block being written, numbered in the order of their first use; 0 is the empty text.
#[derive(Debug, Default)]
struct Texts {
    table: Message,
    numbers: BTreeMap<String, u64>,
}

impl Texts {
    fn number(&mut self, text: &str) -> u64 {
        if self.numbers.is_empty() {
            self.add("");
        }
        self.numbers.get(text).copied().unwrap_or_else(|| self.add(text))
    }

    fn add(&mut self, text: &str) -> u64 {
        let number = self.numbers.len() as u64;
        self.table.bytes(1, text.as_bytes());
        self.numbers.insert(text.to_owned(), number);
        number
    }
}

impl<W: Write> PbfWriter<W> {
    /// Begins a file packed with zlib.
    pub fn new(out: W) -> Result<Self> {
        Self::with_packing(out, Packing::Zlib)
    }

    /// Begins a file.
    pub fn with_packing(out: W, packing: Packing) -> Result<Self> {
        let (texts, group, dense) = (Texts::default(), Message::default(), Dense::default());
        let mut writer = Self { out, packing, kind: Kind::Nodes, elements: 0, texts, group, dense };
        let mut header = Message::default();
        header.bytes(4, b"OsmSchema-V0.6");
        header.bytes(4, b"DenseNodes");
        header.bytes(16, b"precinct");
        writer.blob(b"OSMHeader", &header.0)?;
        Ok(writer)
    }

    /// Writes a node. A tag without a key is left out: the format has no place for it.
    pub fn node(&mut self, id: i64, at: LonLat, tags: &[(&str, &str)]) -> Result<()> {
        self.begin(Kind::Nodes)?;
        self.dense.ids.push(id);
        self.dense.lats.push(i64::from(at.lat()));
        self.dense.lons.push(i64::from(at.lon()));
        for (key, value) in tags.iter().filter(|(key, _)| !key.is_empty()) {
            for text in [key, value] {
                varint(&mut self.dense.tags, self.texts.number(text));
            }
        }
        self.dense.tags.push(0);
        Ok(())
    }

    /// Writes a way through these nodes.
    pub fn way(&mut self, id: i64, refs: &[i64], tags: &[(&str, &str)]) -> Result<()> {
        self.begin(Kind::Others)?;
        let mut way = self.element(id, tags);
        way.bytes_if_any(8, &Deltas::of(refs.iter().copied()));
        self.group.bytes(3, &way.0);
        Ok(())
    }

    /// Writes a relation of these ways, each with its role.
    pub fn relation(&mut self, id: i64, ways: &[(i64, &str)], tags: &[(&str, &str)]) -> Result<()> {
        self.begin(Kind::Others)?;
        let mut relation = self.element(id, tags);
        let (mut roles, kinds) = (Vec::new(), vec![1; ways.len()]);
        for (_, role) in ways {
            varint(&mut roles, self.texts.number(role));
        }
        relation.bytes_if_any(8, &roles);
        relation.bytes_if_any(9, &Deltas::of(ways.iter().map(|(way, _)| *way)));
        relation.bytes_if_any(10, &kinds);
        self.group.bytes(4, &relation.0);
        Ok(())
    }

    /// Ends the file and gives back where it was written to.
    pub fn finish(mut self) -> Result<W> {
        self.end_block()?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// What ways and relations have in common.
    fn element(&mut self, id: i64, tags: &[(&str, &str)]) -> Message {
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        for (key, value) in tags {
            varint(&mut keys, self.texts.number(key));
            varint(&mut values, self.texts.number(value));
        }
        let mut element = Message::default();
        element.number(1, id as u64);
        element.bytes_if_any(2, &keys);
        element.bytes_if_any(3, &values);
        element
    }

    /// Makes room for an element of this kind; a block holds nodes or other elements, not both.
    fn begin(&mut self, kind: Kind) -> Result<()> {
        let full = self.elements == BLOCK_ELEMENTS
            || self.texts.table.0.len() + self.group.0.len() > BLOCK_TEXT;
        if full || kind != self.kind {
            self.end_block()?;
        }
        self.kind = kind;
        self.elements += 1;
        Ok(())
    }

    fn end_block(&mut self) -> Result<()> {
        if self.elements == 0 {
            return Ok(());
        }
        let dense = std::mem::take(&mut self.dense);
        let mut group = std::mem::take(&mut self.group);
        if self.kind == Kind::Nodes {
            let mut nodes = Message::default();
            nodes.bytes(1, &dense.ids.bytes);
            nodes.bytes(8, &dense.lats.bytes);
            nodes.bytes(9, &dense.lons.bytes);
            // Nothing but ends of nodes: no node has a tag.
            nodes.bytes_if_any(
                10,
                if dense.tags.iter().all(|byte| *byte == 0) { &[] } else { &dense.tags },
            );
            group.bytes(2, &nodes.0);
        }
        // Text 0 is there even in a block without tags.
        self.texts.number("");
        let texts = std::mem::take(&mut self.texts);
        let mut block = Message::default();
        block.bytes(1, &texts.table.0);
        block.bytes(2, &group.0);
        self.elements = 0;
        self.blob(b"OSMData", &block.0)
    }

    fn blob(&mut self, kind: &[u8], contents: &[u8]) -> Result<()> {
        let mut blob = Message::default();
        match self.packing {
            Packing::Raw => blob.bytes(1, contents),
            Packing::Zlib => {
                let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
                packer.write_all(contents)?;
                blob.number(2, contents.len() as u64);
                blob.bytes(3, &packer.finish()?);
            }
        }
        let mut header = Message::default();
        header.bytes(1, kind);
        header.number(3, blob.0.len() as u64);
        self.out.write_all(&(header.0.len() as u32).to_be_bytes())?;
        self.out.write_all(&header.0)?;
        self.out.write_all(&blob.0)
    }
}
