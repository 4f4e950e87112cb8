//! Worlds that do not exist, made from a number: cities for a first run and for measuring, and shifts to find faults with.
//!
//! The same order gives the same bytes on every machine: integer arithmetic only, one small seeded generator, no clock.
#![deny(clippy::float_arithmetic)]

pub mod generate;
mod rng;
pub mod shift;
