//! Properties of what is fitted: known factors are found again, wild rows do not move them, and order does not matter.

mod demand;
mod town;
mod travel;
