//! Tests of the readers from outside, on tiny maps and, when it is there, on real data.

mod common;
mod dimacs;
mod formats;
mod network;
mod places;
mod real;
mod scenery;
mod tags;
