//! How much of a city is within so many minutes of its posts: one sweep over the roads from all posts at once, then counting.

mod bands;
mod measure;
mod tally;
mod uncovered;

pub(crate) use bands::{Piece, layered, pieces};
pub(crate) use measure::{Coverage, GradeCover, Question};
pub(crate) use tally::Tally;
pub(crate) use uncovered::Uncovered;
