//! OpenStreetMap extracts and DIMACS graphs to roads and places; the only crate that knows their tags.
#![deny(clippy::float_arithmetic)]
mod budget;
mod dimacs;
mod element;
mod error;
mod extract;
mod pbf;
mod places;
mod progress;
mod roads;
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
