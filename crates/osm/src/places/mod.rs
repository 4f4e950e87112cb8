//! What an extract says of a city besides its roads: posts, sites, areas, settlements, and where people may live.

mod build;
mod feature;
mod homes;

pub use precinct_base::{PostKind, SettlementKind, SiteKind};

use std::path::Path;

use precinct_base::{Bounds, LonLat, MultiPolygon};
use precinct_roads::Name;

use crate::extract::{Extract, Format};
use crate::outlines;
use crate::{Clip, OsmError, Progress};

/// An element of OpenStreetMap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OsmRef {
    /// The node of that number.
    Node(i64),
    /// The way of that number.
    Way(i64),
    /// The relation of that number.
    Relation(i64),
}

/// `node/1`, `way/2`, `relation/3`, as in the addresses of openstreetmap.org.
impl std::fmt::Display for OsmRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Node(id) => write!(f, "node/{id}"),
            Self::Way(id) => write!(f, "way/{id}"),
            Self::Relation(id) => write!(f, "relation/{id}"),
        }
    }
}

/// A place that units work from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// What kind.
    pub kind: PostKind,
    /// What it is called.
    pub name: Name,
    /// Where it is; of a building, its middle.
    pub at: LonLat,
    /// Where it comes from.
    pub source: OsmRef,
}

/// A place to protect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// What kind.
    pub kind: SiteKind,
    /// What it is called.
    pub name: Name,
    /// Where it is; of an area, its middle.
    pub at: LonLat,
    /// Where it comes from.
    pub source: OsmRef,
}

/// An administrative area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// What it is called.
    pub name: Name,
    /// Its `admin_level`, 1 (largest) to 12; what a level means differs by country.
    pub level: u8,
    /// Its outline, whole even where it reaches beyond the clip.
    pub shape: MultiPolygon,
    /// Where it comes from.
    pub source: OsmRef,
}

/// A place where people may live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    /// Where it is.
    pub at: LonLat,
    /// How many people may live there: **an estimate** from footprint, storeys and kind of building, good for comparing
    /// quarters and not for counting heads.
    pub weight: u32,
}

/// A named town or part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// What it is called.
    pub name: Name,
    /// How large it is.
    pub kind: SettlementKind,
    /// Where it is.
    pub at: LonLat,
    /// Where it comes from.
    pub source: OsmRef,
}

/// An area left out because its outline has a gap, as happens where an extract cuts through it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenArea {
    /// What it is called.
    pub name: Name,
    /// Where it comes from.
    pub source: OsmRef,
}

/// Counts of one reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceReport {
    /// Nodes in the file.
    pub nodes: u64,
    /// Ways in the file.
    pub ways: u64,
    /// Relations in the file.
    pub relations: u64,
    /// Buildings in the area asked for, lived in or not.
    pub buildings: u64,
    /// Areas left out, the first [`precinct_base::caps::FAULTS_LISTED`] of them.
    pub broken_areas: Vec<BrokenArea>,
    /// How many areas were left out.
    pub broken_area_count: u64,
}

/// Everything read of a city besides its roads, each list in the order of the file: nodes, then ways, then relations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Police and fire stations.
    pub posts: Vec<Post>,
    /// Places to protect.
    pub sites: Vec<Site>,
    /// Administrative areas whose outline is whole and meets the clip.
    pub areas: Vec<Area>,
    /// Where people may live.
    pub homes: Vec<Home>,
    /// Towns and their parts.
    pub settlements: Vec<Settlement>,
    /// The bounds the file declares, else the box round all its nodes.
    pub bounds: Option<Bounds>,
    /// A box that leaves out stray far nodes: see [`read_places`].
    pub dense_bounds: Option<Bounds>,
    /// Counts.
    pub report: PlaceReport,
}

/// Reads everything but the roads of an extract; its format is told by its name: `.osm.pbf`, `.osm` or `.osm.gz`.
///
/// `dense_bounds` of the result is the box from the 1st to the 99th percentile of the longitudes and latitudes of all nodes,
/// widened by a hundredth of a degree: the box to suggest for a clip.
pub fn read_places(path: &Path, clip: &Clip, progress: &dyn Progress) -> Result<Places, OsmError> {
    read(&mut Extract::file(path)?, clip, progress)
}

/// The same for an extract in memory. `name` is used in messages.
pub fn read_places_bytes(
    name: &str,
    format: Format,
    bytes: &[u8],
    clip: &Clip,
) -> Result<Places, OsmError> {
    read(&mut Extract::bytes(name, format, bytes), clip, &crate::Silent)
}

fn read(
    extract: &mut Extract<'_>,
    clip: &Clip,
    progress: &dyn Progress,
) -> Result<Places, OsmError> {
    let budget = extract.budget();
    let (gathered, lines, located) = outlines::read(extract, "places", clip, &budget, progress)?;
    build::places(&gathered, &lines, located, clip, &budget).map_err(|_| extract.overdrawn())
}
