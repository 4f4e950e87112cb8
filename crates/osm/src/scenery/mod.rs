//! What an extract says of how the ground looks: water, green, land, buildings, railways, boundaries, and what deserves a label.

mod boundary;
mod build;
mod labels;
mod rules;
mod sea;

use std::path::Path;

use precinct_base::{Bounds, LonLat, MultiPolygon};
use precinct_roads::Name;

use crate::extract::{Extract, Format};
use crate::{Clip, OsmError, Progress, outlines};

/// A part of what is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SceneryLayer {
    /// Sea, lakes, rivers.
    Water,
    /// Parks, woods, grass, beaches.
    Green,
    /// What the ground is used for.
    Landuse,
    /// Buildings.
    Building,
    /// Railways and runways.
    Rail,
    /// Administrative boundaries, as lines.
    Boundary,
    /// Names of towns and their parts.
    Place,
    /// Points worth a label.
    Poi,
}

impl SceneryLayer {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Water => "water",
            Self::Green => "green",
            Self::Landuse => "landuse",
            Self::Building => "building",
            Self::Rail => "rail",
            Self::Boundary => "boundary",
            Self::Place => "place",
            Self::Poi => "poi",
        }
    }
}

/// Where a feature is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SceneryShape {
    /// At a place.
    Point(LonLat),
    /// Along places, at least two.
    Line(Vec<LonLat>),
    /// Over an area.
    Area(MultiPolygon),
}

/// Something to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SceneryFeature {
    /// What it is a part of.
    pub layer: SceneryLayer,
    /// What it is within its layer: a fixed set of words, such as `river` or `school`.
    pub class: &'static str,
    /// How much it matters among its like, 0 the most; of a boundary, its `admin_level`.
    pub rank: u8,
    /// What it is called.
    pub name: Name,
    /// Where it is. Not cut to the clip, but for the sea.
    pub shape: SceneryShape,
}

/// Counts of one reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SceneryReport {
    /// Areas left out because their outline has a gap or a place is missing, as happens where an extract cuts through them.
    pub broken_areas: u64,
    /// Ends of coastline that lie in open ground; each was taken straight to the nearest side of the box.
    pub loose_coast_ends: u64,
}

/// Everything drawn of a city but its roads: areas and points as in the file, then boundaries, then the sea.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenery {
    /// What there is to draw.
    pub features: Vec<SceneryFeature>,
    /// The box that is shown: that of the clip, else the one the file declares, else one that leaves out stray far nodes.
    pub bounds: Option<Bounds>,
    /// Counts.
    pub report: SceneryReport,
}

/// Reads the scenery of an extract; its format is told by its name: `.osm.pbf`, `.osm` or `.osm.gz`.
///
/// The sea is what lies to the right of the coastline within the box of the clip.
pub fn read_scenery(
    path: &Path,
    clip: &Clip,
    progress: &dyn Progress,
) -> Result<Scenery, OsmError> {
    read(&mut Extract::file(path)?, clip, progress)
}

/// The same for an extract in memory. `name` is used in messages.
///
/// ```
/// use precinct_osm::{Clip, Format, read_scenery_bytes};
/// let map = br#"<osm>
///   <node id="1" lon="113.54" lat="22.19"/> <node id="2" lon="113.55" lat="22.19"/> <node id="3" lon="113.55" lat="22.20"/>
///   <way id="1"> <nd ref="1"/> <nd ref="2"/> <nd ref="3"/> <nd ref="1"/> <tag k="leisure" v="park"/> </way>
/// </osm>"#;
/// let scenery = read_scenery_bytes("map.osm", Format::Xml, map, &Clip::Everything)?;
/// assert_eq!((scenery.features[0].layer.name(), scenery.features[0].class), ("green", "park"));
/// # Ok::<(), precinct_osm::OsmError>(())
/// ```
pub fn read_scenery_bytes(
    name: &str,
    format: Format,
    bytes: &[u8],
    clip: &Clip,
) -> Result<Scenery, OsmError> {
    read(&mut Extract::bytes(name, format, bytes), clip, &crate::Silent)
}

fn read(
    extract: &mut Extract<'_>,
    clip: &Clip,
    progress: &dyn Progress,
) -> Result<Scenery, OsmError> {
    let budget = extract.budget();
    let (gathered, lines, located) = outlines::read(extract, "scenery", clip, &budget, progress)?;
    build::scenery(&gathered, &lines, located, clip, &budget).map_err(|_| extract.overdrawn())
}
