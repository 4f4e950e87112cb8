//! Rings round an area, and the fewest points that cut every way out before whoever left gets there.
//!
//! Everything here is of places, times and units on duty. Who left is where somebody can be by now, and nothing else; what is asked
//! is kept nowhere.
#![deny(clippy::float_arithmetic)]

mod close;
mod jurisdiction;
mod ring;
mod seal;

pub use close::{Closed, Closing, Sent, close};
pub use jurisdiction::{Jurisdiction, jurisdictions};
pub use ring::{
    Crossing, Passage, PostPlace, Queue, Readiness, crossings, lanes_for, queue, readiness,
};
pub use seal::{
    Held, Instance, Lost, Manned, Order, Pace, Plan, Point, Proof, ProofKind, Quarry, Question,
    Refusal, Sighting, Size, Solver, UnitAt,
};
