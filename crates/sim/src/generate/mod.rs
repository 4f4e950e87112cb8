//! Cities made from a number: streets, posts, sites, areas and demand that hold together, written as a folder that opens like
//! any other city.
//!
//! ```no_run
//! use precinct_sim::generate::{Order, write_city};
//! let made = write_city(&Order { seed: 7, people: 300_000 }, "my-city".as_ref())?;
//! assert!(made.segments > 5_000);
//! # Ok::<(), precinct_sim::generate::GenerateError>(())
//! ```
//!
//! The steps: a river and the reach of the built-up ground (`ground`); riverside drives, bridges, ring roads and radials laid
//! over each other (`skeleton`, `planar`, `faces`); the ground between them cut into superblocks and blocks (`cut`,
//! `blocks`) by its use (`land`); an expressway on stilts; one-way streets; then areas, names, posts, sites, demand and hot spots.

mod areas;
mod blocks;
mod city;
mod crossings;
mod cut;
mod demand;
mod error;
mod expressway;
mod faces;
mod flat;
mod flow;
mod flow_report;
mod ground;
mod hot_spots;
mod land;
mod layout;
mod names;
mod nation;
mod planar;
mod posts;
mod share;
mod sites;
mod size;
mod skeleton;
mod slivers;
mod titles;
mod web;
mod write;

pub use city::{Area, City, Demand, Order, Post, River, Site, Way};
pub use demand::Rhythm;
pub use error::GenerateError;
pub use names::Title;
pub use nation::{NationMade, NationOrder, plan_nation, write_nation};
pub use size::{Counts, Totals};
pub use web::Kind;
pub use write::{Made, write_city};
