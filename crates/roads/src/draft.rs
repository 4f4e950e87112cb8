//! What an importer hands over: nodes and segments in any order, before they are checked, ordered and packed.

use precinct_base::{LonLat, Millimetres, Millis, NameId};

use crate::{Names, Profile, RoadClass};

/// A junction, an end of road or a place where the kind of road changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftNode {
    /// The number it has in the source.
    pub osm_id: i64,
    /// Where it is.
    pub at: LonLat,
}

/// Which way along a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Along {
    /// From its first end to its last.
    Forward,
    /// From its last end to its first.
    Backward,
}

/// The time each profile takes from end to end of a segment, each way, at the speeds of the import. `None` is "may not go".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Times([[Option<Millis>; 2]; Profile::COUNT]);

impl Times {
    /// The time of `profile` going `along`.
    pub const fn get(&self, profile: Profile, along: Along) -> Option<Millis> {
        self.0[profile.index()][along as usize]
    }

    /// Sets the time of `profile` going `along`.
    pub const fn set(&mut self, profile: Profile, along: Along, time: Option<Millis>) {
        self.0[profile.index()][along as usize] = time;
    }

    /// Whether anybody may go any way.
    pub fn is_usable(&self) -> bool {
        self.0.iter().flatten().any(Option::is_some)
    }
}

/// A stretch of road between two nodes. Both ends may be the same node (a loop), and several may join the same two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftSegment {
    /// Index of the first end in [`Draft::nodes`].
    pub from: u32,
    /// Index of the last end.
    pub to: u32,
    /// The bends between, without the ends.
    pub shape: Vec<LonLat>,
    /// Length over the ground; [`Draft::length`] measures it.
    pub length: Millimetres,
    /// The kind of road.
    pub class: RoadClass,
    /// Its name, in [`Draft::names`].
    pub name: NameId,
    /// The number of the way it is a part of, in the source.
    pub way: i64,
    /// Who may use it and how long they take.
    pub times: Times,
}

/// Roads as imported.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Nodes, in any order.
    pub nodes: Vec<DraftNode>,
    /// Segments, in any order.
    pub segments: Vec<DraftSegment>,
    /// The names the segments use.
    pub names: Names,
}

impl Draft {
    /// The length over the ground along these places; nothing for fewer than two.
    pub fn length(places: &[LonLat]) -> Millimetres {
        Millimetres(places.windows(2).map(|pair| pair[0].distance(pair[1]).0).sum())
    }
}
