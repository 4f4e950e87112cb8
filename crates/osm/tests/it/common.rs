//! Tiny maps for tests, written in every format.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use precinct_base::LonLat;
use precinct_osm::write::{Packing, PbfWriter, XmlWriter};
use precinct_osm::{ClassSpeeds, Clip, Format, Places, RoadOptions, Roads, Silent};
use precinct_roads::{Along, DraftSegment, Profile};

pub(crate) type Pairs<'a> = &'a [(&'a str, &'a str)];

/// Member ways and their roles.
pub(crate) type Members<'a> = Vec<(i64, &'a str)>;

/// A map of a few elements. Node `n` lies `n` thousandths of a degree east of 113.5°, on 22.1° unless moved.
#[derive(Clone, Default)]
pub(crate) struct Map<'a> {
    pub(crate) nodes: Vec<(i64, LonLat, Pairs<'a>)>,
    pub(crate) ways: Vec<(i64, Vec<i64>, Pairs<'a>)>,
    pub(crate) relations: Vec<(i64, Members<'a>, Pairs<'a>)>,
}

pub(crate) fn at(lon: i32, lat: i32) -> LonLat {
    LonLat::new(1_135_000_000 + lon * 10_000, 221_000_000 + lat * 10_000).unwrap()
}

impl<'a> Map<'a> {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn nodes(mut self, ids: std::ops::RangeInclusive<i64>) -> Self {
        self.nodes.extend(ids.map(|id| (id, at(id as i32, 0), &[][..])));
        self
    }

    pub(crate) fn node(mut self, id: i64, at: LonLat, tags: Pairs<'a>) -> Self {
        self.nodes.push((id, at, tags));
        self
    }

    /// Gives tags to a node that is there.
    pub(crate) fn tag(mut self, id: i64, tags: Pairs<'a>) -> Self {
        self.nodes.iter_mut().filter(|node| node.0 == id).for_each(|node| node.2 = tags);
        self
    }

    pub(crate) fn way(mut self, id: i64, refs: &[i64], tags: Pairs<'a>) -> Self {
        self.ways.push((id, refs.to_vec(), tags));
        self
    }

    pub(crate) fn relation(mut self, id: i64, ways: &[(i64, &'a str)], tags: Pairs<'a>) -> Self {
        self.relations.push((id, ways.to_vec(), tags));
        self
    }

    pub(crate) fn pbf(&self, packing: Packing) -> Vec<u8> {
        let mut writer = PbfWriter::with_packing(Vec::new(), packing).unwrap();
        self.nodes.iter().for_each(|(id, at, tags)| writer.node(*id, *at, tags).unwrap());
        self.ways.iter().for_each(|(id, refs, tags)| writer.way(*id, refs, tags).unwrap());
        self.relations
            .iter()
            .for_each(|(id, ways, tags)| writer.relation(*id, ways, tags).unwrap());
        writer.finish().unwrap()
    }

    pub(crate) fn xml(&self) -> Vec<u8> {
        let mut writer = XmlWriter::new(Vec::new()).unwrap();
        self.nodes.iter().for_each(|(id, at, tags)| writer.node(*id, *at, tags).unwrap());
        self.ways.iter().for_each(|(id, refs, tags)| writer.way(*id, refs, tags).unwrap());
        self.relations
            .iter()
            .for_each(|(id, ways, tags)| writer.relation(*id, ways, tags).unwrap());
        writer.finish().unwrap()
    }

    pub(crate) fn roads(&self) -> Roads {
        self.roads_in(&Clip::Everything)
    }

    pub(crate) fn roads_in(&self, clip: &Clip) -> Roads {
        read_roads(Format::Pbf, &self.pbf(Packing::Zlib), clip).unwrap()
    }

    pub(crate) fn places(&self) -> Places {
        self.places_in(&Clip::Everything)
    }

    pub(crate) fn places_in(&self, clip: &Clip) -> Places {
        precinct_osm::read_places_bytes("test.osm.pbf", Format::Pbf, &self.pbf(Packing::Zlib), clip)
            .unwrap()
    }
}

pub(crate) fn read_roads(
    format: Format,
    bytes: &[u8],
    clip: &Clip,
) -> Result<Roads, precinct_osm::OsmError> {
    let speeds = ClassSpeeds::default();
    precinct_osm::read_roads_bytes(
        "test",
        format,
        bytes,
        &RoadOptions { clip, speeds: &speeds, progress: &Silent },
    )
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// Who may go along a segment: car, motorcycle, bicycle, foot; `=` both ways, `>` forwards, `<` backwards, `.` not at all.
pub(crate) fn flow(segment: &DraftSegment) -> String {
    Profile::ALL
        .into_iter()
        .map(|profile| {
            let may = |along| segment.times.get(profile, along).is_some();
            match (may(Along::Forward), may(Along::Backward)) {
                (true, true) => '=',
                (true, false) => '>',
                (false, true) => '<',
                (false, false) => '.',
            }
        })
        .collect()
}

/// The same of a single way with these tags; `....` if it is no road.
pub(crate) fn flow_of(tags: Pairs<'_>) -> String {
    let roads = Map::new().nodes(1..=2).way(7, &[1, 2], tags).roads();
    roads.draft.segments.first().map_or("....".to_owned(), flow)
}
