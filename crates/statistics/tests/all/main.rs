//! The fold against figures that are worked out naively from the same events.

mod changes;
mod fold;
mod kept;
mod naive;
mod town;
