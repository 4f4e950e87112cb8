//! A city: its name, time zone, roads, posts, sites, areas, demand, hot spots and addresses, from a `city.toml` and the files it names, or from an
//! OpenStreetMap extract alone.
//!
//! Every input is read row by row; a row that cannot be used is refused by name, with its file, row, column and the mend, and
//! the others are kept. An input that cannot be read at all refuses the city.
#![deny(clippy::float_arithmetic)]

mod addresses;
mod cache;
mod calibrated;
mod check;
mod city;
mod clip;
mod datum;
mod decimal;
mod demand;
mod describe;
mod error;
mod extract;
mod far;
mod fault;
mod filter;
mod gather;
mod grade;
mod hot_spots;
mod init;
mod inputs;
mod inside;
mod lay_out;
mod locate;
mod open;
mod options;
mod parse;
mod places;
mod report;
mod roads;
mod row;
mod says;
mod schema;
mod source;
mod spread;
mod table;
mod template;
mod zone;

pub use addresses::Address;
pub use cache::{cache_folder, road_file};
pub use calibrated::{CityCalibration, area_key, roads_version};
pub use check::check;
pub use city::{Area, City, Demand, DemandUse, HotSpot, Post, RoadSource, Site, Speed, WEIGHT_ONE};
pub use datum::Datum;
pub use describe::Description;
pub use error::CityError;
pub use fault::{Fault, Faults, Severity};
pub use gather::read_outline;
pub use grade::{Grade, Threshold, Thresholds};
pub use init::init;
pub use open::open;
pub use options::{ClipWish, OpenOptions};
pub use parse::parse_city;
pub use precinct_base::{AreaLevel, PostKind, SiteKind};
pub use precinct_osm::{Clip, Silent};
pub use report::{CalibrationSummary, InitReport, InputSummary, Report, RoadSummary, Summary};
pub use roads::{CityRoads, MadeBecause, build_roads, file_sha256, road_map, roads};
pub use schema::FileFormat;
pub use table::{TableReport, read_table};
