//! Keeping somebody in who left: the fewest points that cut every way out, and units that are there in time.
//!
//! The earliest the quarry can be at a junction if nothing is closed does not depend on what is closed. A junction that a unit has
//! closed by then is closed whenever they come. So what moves in time becomes one question without time: which of those junctions cut
//! the place they left from everything beyond the horizon? That is a minimum cut of nodes; and since each point needs a unit of
//! its own, cut and assignment are solved together.

mod ball;
mod chains;
mod drain;
mod flow;
mod force;
mod hopeless;
mod instance;
mod loosen;
mod lost;
mod marks;
mod masks;
pub(crate) mod matching;
mod outward;
mod partial;
mod plan;
mod prices;
mod question;
mod seek;
mod smallest;
mod solve;
mod web;

#[cfg(test)]
pub(crate) mod tests;

pub use instance::Instance;
pub use plan::{Lost, Manned, Plan, Point, Proof, ProofKind, Refusal, Size};
pub use question::{Held, Order, Pace, Quarry, Question, Sighting, UnitAt};
pub use solve::Solver;
