//! The immutable road map: nodes and segments in columns, in Hilbert order.

pub(crate) mod build;
pub(crate) mod parts;

use std::sync::Arc;

use precinct_base::{Bounds, LonLat, Millimetres, Millis, NameId, NodeId, SegmentId};

use crate::{Along, Name, Names, Profile, RoadClass};

/// A digest of all that went into a road map: equal digests, equal maps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub [u8; 32]);

/// "May not go" in the columns of times.
pub(crate) const BARRED: u32 = u32::MAX;

/// The roads of one city. Made by [`RoadMap::build`] or read from a road file; never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoadMap {
    pub(crate) made_from: Fingerprint,
    pub(crate) nodes: Nodes,
    pub(crate) segments: Segments,
    pub(crate) names: Arc<Names>,
    pub(crate) bounds: Option<Bounds>,
}

/// Columns of nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Nodes {
    pub(crate) at: Vec<LonLat>,
    pub(crate) osm_id: Vec<i64>,
    /// Bit `p` is set where the node is in the largest strongly connected part for profile `p`.
    pub(crate) main: Vec<u8>,
}

/// Columns of segments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Segments {
    pub(crate) from: Vec<u32>,
    pub(crate) to: Vec<u32>,
    pub(crate) length_mm: Vec<u32>,
    pub(crate) class: Vec<u8>,
    pub(crate) name: Vec<u32>,
    pub(crate) way: Vec<i64>,
    /// Where each segment's bends start in `bends`; one more entry than segments.
    pub(crate) first_bend: Vec<u32>,
    pub(crate) bends: Vec<LonLat>,
    /// For each profile, forward and backward time of each segment; empty where no segment is open to the profile.
    pub(crate) times: [Vec<[u32; 2]>; Profile::COUNT],
}

/// A stretch of road between two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First end.
    pub from: NodeId,
    /// Last end.
    pub to: NodeId,
    /// Length over the ground.
    pub length: Millimetres,
    /// Kind of road.
    pub class: RoadClass,
    /// Its name.
    pub name: NameId,
    /// The number of the way it is a part of, in the source.
    pub way: i64,
}

impl RoadMap {
    /// What it was made from.
    pub const fn made_from(&self) -> Fingerprint {
        self.made_from
    }

    /// How many nodes there are; their ids are `0..node_count`.
    pub const fn node_count(&self) -> usize {
        self.nodes.at.len()
    }

    /// How many segments there are; their ids are `0..segment_count`.
    pub const fn segment_count(&self) -> usize {
        self.segments.from.len()
    }

    /// The box round all nodes; `None` for an empty map.
    pub const fn bounds(&self) -> Option<Bounds> {
        self.bounds
    }

    /// The street names.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Where a node is.
    pub fn node_at(&self, node: NodeId) -> LonLat {
        self.nodes.at[node.index()]
    }

    /// The number a node has in the source.
    pub fn osm_id(&self, node: NodeId) -> i64 {
        self.nodes.osm_id[node.index()]
    }

    /// Whether a node is in the largest part of the network in which `profile` can go from everywhere to everywhere.
    pub fn in_main_part(&self, node: NodeId, profile: Profile) -> bool {
        self.nodes.main[node.index()] >> profile.index() & 1 == 1
    }

    /// A segment.
    pub fn segment(&self, segment: SegmentId) -> Segment {
        let (all, i) = (&self.segments, segment.index());
        Segment {
            from: NodeId(all.from[i]),
            to: NodeId(all.to[i]),
            length: Millimetres(u64::from(all.length_mm[i])),
            class: RoadClass::from_index(all.class[i]).unwrap_or(RoadClass::Timed),
            name: NameId(all.name[i]),
            way: all.way[i],
        }
    }

    /// A segment's street name.
    pub fn segment_name(&self, segment: SegmentId) -> &Name {
        self.names.get(NameId(self.segments.name[segment.index()]))
    }

    /// Every segment id.
    pub fn segment_ids(&self) -> impl ExactSizeIterator<Item = SegmentId> + Clone + use<> {
        (0..self.segment_count() as u32).map(SegmentId)
    }

    /// Every node id.
    pub fn node_ids(&self) -> impl ExactSizeIterator<Item = NodeId> + Clone + use<> {
        (0..self.node_count() as u32).map(NodeId)
    }

    /// The places a segment runs through, both ends included.
    pub fn shape(&self, segment: SegmentId) -> impl Iterator<Item = LonLat> + Clone + '_ {
        let (all, i) = (&self.segments, segment.index());
        let bends = &all.bends[all.first_bend[i] as usize..all.first_bend[i + 1] as usize];
        let end = |node: u32| std::iter::once(self.nodes.at[node as usize]);
        end(all.from[i]).chain(bends.iter().copied()).chain(end(all.to[i]))
    }

    /// The time `profile` takes over a whole segment at the speeds of the import; `None` where it may not go.
    pub fn time(&self, segment: SegmentId, profile: Profile, along: Along) -> Option<Millis> {
        let times = self.segments.times[profile.index()].get(segment.index())?;
        let ms = times[along as usize];
        (ms != BARRED).then_some(Millis(ms))
    }

    /// Whether any segment is open to `profile`.
    pub const fn is_open_to(&self, profile: Profile) -> bool {
        !self.segments.times[profile.index()].is_empty()
    }
}
