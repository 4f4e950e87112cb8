//! Searches by road time, all on one kernel.

mod batch;
mod directions;
mod drive;
mod first;
mod kernel;
mod nearest;
mod onward;
pub(crate) mod prefetch;
mod reach;
mod route;
mod scratch;
mod streets;
#[cfg(test)]
mod tests;
mod towards;
mod two;

pub use batch::Table;
pub use directions::{Step, Turn};
pub use drive::Drive;
pub use first::{FirstReach, Stands};
pub use nearest::Fleet;
pub use reach::Reach;
pub use route::{Leg, Route};
pub use scratch::Scratch;
pub use streets::Stretch;
pub use towards::Towards;
pub use two::TwoNearest;
