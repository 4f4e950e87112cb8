//! A shift that never was: calls by place and hour, crews that are late, silent or break down, clerks who press twice, a network that
//! delivers twice and out of order, a disk that fails, and a calendar that jumps; on the real core through the real engine.
//!
//! Everything comes from one number. [`run()`] goes through a shift and holds the state against the [`Invariant`]s after every turn.

mod audit;
mod check;
mod crew;
mod desk;
mod disk;
mod invariant;
mod office;
mod people;
mod plan;
mod ports;
mod post;
mod report;
mod run;
mod seal;
mod shrink;
mod town;

pub use disk::{Fault, SimDisk};
pub use invariant::{Broken, Counts, Invariant};
pub use plan::{Faults, Plan};
pub use ports::{SimChance, SimClock};
pub use report::{Frame, Report};
pub use run::{SimEngine, run, run_watched};
pub use shrink::shrink;
