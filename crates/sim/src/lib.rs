//! Cities that do not exist, made from a number: for a first run, for tests and for measuring at the size of a nation.
//!
//! The same order gives the same bytes on every machine: integer arithmetic only, one small seeded generator, no clock.
#![deny(clippy::float_arithmetic)]

pub mod generate;
