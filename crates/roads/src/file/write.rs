//! From a road map to the bytes of its file.

use precinct_base::LonLat;
use sha2::{Digest, Sha256};

use super::layout::{
    ALIGN, BODY_AT, DIGEST_AT, DIGESTED_FROM, ENTRY_BYTES, LENGTH_AT, MADE_FROM_AT, MAGIC,
    ROAD_FILE_HEADER_BYTES, ROAD_FILE_VERSION, SECTIONS_AT, Section, VERSION_AT, aligned,
};
use crate::{Profile, RoadMap};

impl RoadMap {
    /// The map as a road file. Equal maps give equal bytes, on every machine.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut file = File { bytes: vec![0; BODY_AT as usize] };
        let (nodes, segments) = (&self.nodes, &self.segments);
        file.places(Section::NodePlaces, &nodes.at);
        file.section(Section::NodeNumbers, nodes.osm_id.iter().map(|id| id.to_le_bytes()));
        file.section(Section::NodeMainParts, nodes.main.iter().map(|&bits| [bits]));
        file.numbers(Section::From, &segments.from);
        file.numbers(Section::To, &segments.to);
        file.numbers(Section::Lengths, &segments.length_mm);
        file.section(Section::Classes, segments.class.iter().map(|&class| [class]));
        file.numbers(Section::NamesOfSegments, &segments.name);
        file.section(Section::Ways, segments.way.iter().map(|way| way.to_le_bytes()));
        file.numbers(Section::FirstBends, &segments.first_bend);
        file.places(Section::Bends, &segments.bends);
        for profile in Profile::ALL {
            let times = segments.times[profile.index()].iter();
            file.section(Section::TIMES[profile.index()], times.map(|&[f, b]| pair(f, b)));
        }
        let texts = || self.names.all().iter().flat_map(|n| [&n.local, &n.zh, &n.en]);
        let ends = texts().scan(0u32, |end, text| {
            *end += text.len() as u32;
            Some(end.to_le_bytes())
        });
        file.section(Section::NameEnds, ends);
        file.section(Section::NameText, texts().flat_map(|text| text.bytes()).map(|b| [b]));
        file.finish(self.made_from.0)
    }
}

fn pair(first: u32, second: u32) -> [u8; 8] {
    (u64::from(first) | u64::from(second) << 32).to_le_bytes()
}

/// A file as far as it is written: the header filled in at the end.
struct File {
    bytes: Vec<u8>,
}

impl File {
    fn put(&mut self, at: usize, bytes: &[u8]) {
        self.bytes[at..at + bytes.len()].copy_from_slice(bytes);
    }

    fn section<const N: usize>(
        &mut self,
        section: Section,
        elements: impl Iterator<Item = [u8; N]>,
    ) {
        debug_assert_eq!(section.element_bytes() as usize, N);
        let offset = self.bytes.len() as u64;
        elements.for_each(|element| self.bytes.extend_from_slice(&element));
        let count = (self.bytes.len() as u64 - offset) / N as u64;
        self.bytes.resize(aligned(self.bytes.len() as u64) as usize, 0);
        debug_assert_eq!(self.bytes.len() as u64 % ALIGN, 0);
        let at = ROAD_FILE_HEADER_BYTES + section.index() * ENTRY_BYTES;
        self.put(at, &(section as u32).to_le_bytes());
        self.put(at + 4, &section.element_bytes().to_le_bytes());
        self.put(at + 8, &offset.to_le_bytes());
        self.put(at + 16, &count.to_le_bytes());
    }

    fn numbers(&mut self, section: Section, numbers: &[u32]) {
        self.section(section, numbers.iter().map(|number| number.to_le_bytes()));
    }

    fn places(&mut self, section: Section, places: &[LonLat]) {
        let place = |p: &LonLat| pair(p.lon().cast_unsigned(), p.lat().cast_unsigned());
        self.section(section, places.iter().map(place));
    }

    fn finish(mut self, made_from: [u8; 32]) -> Vec<u8> {
        let length = self.bytes.len() as u64;
        self.put(0, &MAGIC);
        self.put(VERSION_AT, &ROAD_FILE_VERSION.to_le_bytes());
        self.put(MADE_FROM_AT, &made_from);
        self.put(LENGTH_AT, &length.to_le_bytes());
        self.put(SECTIONS_AT, &(Section::ALL.len() as u32).to_le_bytes());
        let digest = Sha256::digest(&self.bytes[DIGESTED_FROM..]);
        self.put(DIGEST_AT, &digest);
        self.bytes
    }
}
