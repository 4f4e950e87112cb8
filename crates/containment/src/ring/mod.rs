//! Rings: a closed line round an area, every road that crosses it, and how ready it is.

mod crossings;
mod edges;
mod lanes;
mod ready;

#[cfg(test)]
mod tests;

pub use crossings::{Crossing, Passage, crossings};
pub use lanes::{Queue, lanes_for, queue};
pub use ready::{PostPlace, Readiness, readiness};
