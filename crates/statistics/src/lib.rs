//! Figures of what was done: response times, incidents by the hour, workload, regret of dispatches and free units, folded from the
//! records by code and from nothing else.
//!
//! [`Fold::apply`] takes events as the record has them, [`Fold::ask`] answers for any period of the days that are kept. The same events give
//! the same figures, whether they are read from the journal or come one by one as they happen.
//!
//! What a figure cannot know is counted beside it and never taken for zero. Order and durations are of running time; a period is of the
//! calendar, and [`calendar::Calendar`] says which running time that was. Figures are of units, never of persons.
#![deny(clippy::float_arithmetic)]

mod ask;
pub mod calendar;
mod figures;
mod fold;
mod laps;
mod rows;
mod scope;
mod series;
mod tally;
mod units;
mod watched;

pub use ask::Question;
pub use figures::{Dispatches, Figures, Free, Hours, Incidents, Response, Workload};
pub use fold::Fold;
pub use laps::{BUCKETS, Laps};
pub use scope::Scope;
pub use watched::{Differed, Watched};
