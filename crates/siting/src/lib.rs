//! From a city and its roads to what the planner is asked: candidates, demand, and who reaches what in how long.
//!
//! The planner sees no street and the city no plan; whoever plans for a city — the command, the console's doors, the benchmarks —
//! joins them here, in one way, so that all of them mean the same by a plan.
#![deny(clippy::float_arithmetic)]

mod candidates;
mod hours;
mod table;

pub use candidates::{Origin, Place, PlaceRules, among_streets, at_places, at_posts, at_sites};
pub use hours::{Band, BandsError, HOURS, HourShares, MOST_TIMES, hour_times};
pub use table::{Reached, reach, reach_by_hour};
