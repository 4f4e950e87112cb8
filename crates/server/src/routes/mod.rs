//! The doors, by what they are about.

mod areas;
mod board;
mod clocks;
mod incidents;
mod posts;
mod shifts;
mod stream;
mod tasks;
mod units;
