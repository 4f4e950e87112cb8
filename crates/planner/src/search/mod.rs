//! The search: a first plan, a bound, what the bound settles, and branching on what is left.

mod apart;
mod ascend;
mod branch;
mod local;
mod pick;
mod solve;

pub(crate) use pick::{Limits, Purse};
pub(crate) use solve::{Report, Stand, solve};
