//! What every other crate counts in: durations and instants in milliseconds, lengths in metres, places in fixed-point
//! degrees, typed ids, the kinds of post and site, and the caps that bound a city, a request and a batch.
//!
//! Everything here is integer arithmetic, so the same input gives the same bytes on every machine.
#![deny(clippy::float_arithmetic)]

pub mod caps;
mod earth;
mod ids;
mod kind;
mod length;
mod lonlat;
mod polygon;
mod said;
mod time;

pub use earth::Plane;
pub use ids::{AreaId, DemandId, NameId, NodeId, PostId, SegmentId, SiteId, UnitId};
pub use kind::{AreaLevel, PostKind, SettlementKind, SiteKind};
pub use length::{Metres, Millimetres};
pub use lonlat::{Bounds, LonLat, ParseLonLatError};
pub use polygon::{MultiPolygon, Polygon, Ring};
pub use said::{Said, Sentence};
pub use time::{HourOfWeek, Instant, Millis, Timestamp};
