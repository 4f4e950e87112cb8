//! A city: its name, time zone, roads, posts, sites, areas and demand, from a `city.toml` and the files it names, or from an
//! OpenStreetMap extract alone.
//!
//! Every input is read row by row; a row that cannot be used is refused by name, with its file, row, column and the mend, and
//! the others are kept. An input that cannot be read at all refuses the city.
#![deny(clippy::float_arithmetic)]

mod city;
mod clip;
mod datum;
mod error;
mod fault;
mod grade;
mod kind;
mod locate;
mod options;
mod report;

pub use city::{Area, City, Demand, DemandUse, Post, RoadSource, Site, Speed, WEIGHT_ONE};
pub use clip::Clip;
pub use datum::Datum;
pub use error::CityError;
pub use fault::{Fault, Faults, Severity};
pub use grade::{Grade, Threshold, Thresholds};
pub use kind::{AreaLevel, PostKind, SiteKind};
pub use options::OpenOptions;
pub use report::{InitReport, InputSummary, Report, RoadSummary, Summary};

pub(crate) use locate::AreaIndex;
