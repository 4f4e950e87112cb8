//! OpenStreetMap extracts and DIMACS graphs to roads and places; the only crate that knows their tags.
//!
//! - [`read_roads`] and [`read_dimacs`] give a [`precinct_roads::Draft`]: nodes where ways meet, segments between them, and the
//!   time each profile takes along them. The rules by which tags become permissions, directions and speeds are functions of the
//!   tags alone, one file each, with a test on an OSM file for each.
//! - [`read_places`] gives what an extract says of a city besides: posts, sites, areas, settlements, and where people may live.
//! - [`read_scenery`] gives what the base map is drawn from: water, green, land, buildings, railways, boundaries and labels.
//! - [`mod@write`] writes extracts, for generated cities and tests.
//!
//! A file is read block by block, twice for roads and three times for places and scenery; what is kept between is what the city needs. Blocks
//! of a PBF file are decoded on as many threads as there are, and the result is the same on any number. A truncated, corrupt or
//! hostile file is refused with its name and the byte; no file makes the reader keep more than 16 MiB and 96 bytes for each of
//! its own.
//!
//! **Turn restrictions are deliberately absent.** Those who respond to a call may turn where others may not, and do; a route that
//! kept to the signs would take longer than the crew does.
//!
//! Also left out, each for want of a case that needs it: conditional tags (`access:conditional`, `maxspeed:conditional`), lane tags,
//! widths and heights, ferry timetables, incline.
//!
//! ```
//! use precinct_osm::{ClassSpeeds, Clip, Format, RoadOptions, Silent, read_roads_bytes};
//! let map = br#"<osm>
//!   <node id="1" lon="113.54" lat="22.19"/> <node id="2" lon="113.55" lat="22.19"/>
//!   <way id="1"> <nd ref="1"/> <nd ref="2"/> <tag k="highway" v="primary"/> <tag k="oneway" v="yes"/> </way>
//! </osm>"#;
//! let speeds = ClassSpeeds::default();
//! let options = RoadOptions { clip: &Clip::Everything, speeds: &speeds, progress: &Silent };
//! let roads = read_roads_bytes("map.osm", Format::Xml, map, &options)?;
//! assert_eq!((roads.report.segments, roads.report.car_arcs), (1, 1));
//! # Ok::<(), precinct_osm::OsmError>(())
//! ```
#![deny(clippy::float_arithmetic)]
mod budget;
mod dimacs;
mod element;
mod error;
mod extract;
mod outlines;
mod pbf;
mod places;
mod progress;
mod roads;
mod scenery;
mod speeds;
mod tags;
pub mod write;
mod xml;

pub use dimacs::{TimeUnit, read_dimacs, read_dimacs_bytes};
pub use error::OsmError;
pub use extract::Format;
pub use pbf::PbfFault;
pub use places::{
    Area, BrokenArea, Home, OsmRef, PlaceReport, Places, Post, PostKind, Settlement,
    SettlementKind, Site, SiteKind, read_places, read_places_bytes,
};
pub use progress::{Progress, Silent};
pub use roads::{RoadOptions, RoadReport, Roads, read_roads, read_roads_bytes};
pub use scenery::{
    Scenery, SceneryFeature, SceneryLayer, SceneryReport, SceneryShape, read_scenery,
    read_scenery_bytes,
};
pub use speeds::{ClassSpeeds, SpeedError};

use precinct_base::{Bounds, MultiPolygon};

/// Which part of an extract to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Clip {
    /// All of it.
    #[default]
    Everything,
    /// What lies in a box.
    Bounds(Bounds),
    /// What lies in an area.
    Area(MultiPolygon),
}
