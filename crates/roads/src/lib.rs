//! The one road-time engine: an immutable road map in Hilbert order, and every search over it in integer milliseconds.
//!
//! A [`Draft`] (what an importer hands over) becomes a [`RoadMap`], which is written to and read from one file. A [`Network`]
//! is a road map seen by one [`Profile`] at one hour, and answers every question of minutes by road.
#![deny(clippy::float_arithmetic)]

mod class;
mod draft;
mod file;
mod flat;
mod hilbert;
mod line;
mod map;
mod names;
mod network;
mod outline;
mod search;
mod snap;

pub use class::{Profile, RoadClass};
pub use draft::{Along, Draft, DraftNode, DraftSegment, Times};
pub use file::{ROAD_FILE_HEADER_BYTES, ROAD_FILE_VERSION, RoadFileError, ValueFault};
pub use line::{simplified, thinned};
pub use map::build::BuildError;
pub use map::{Fingerprint, RoadMap, Segment};
pub use names::{Name, Names};
pub use network::speeds::{Factor, SpeedTable};
pub use network::{Network, SnapRules, Way};
pub use outline::{OutlineStyle, outline};
pub use search::{
    Drive, FirstReach, Fleet, Leg, Reach, Route, Scratch, Stands, Step, Stretch, Table, Towards,
    Turn, TwoNearest,
};
pub use snap::{Side, Snap, Snapper};

/// For the benchmarks, which measure what it buys.
#[doc(hidden)]
pub use search::prefetch::prefetch;
