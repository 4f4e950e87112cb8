//! The engine over a real data folder, with a clock and chance of the test's own.

mod beside;
mod ports;
mod restart;
mod turns;
