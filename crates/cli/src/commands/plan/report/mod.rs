//! What changes from today to a plan, as figures, a map, and a page to print.

mod change;
mod map;
mod page;

pub(super) use change::Change;
pub(super) use map::picture;
pub(super) use page::page;
