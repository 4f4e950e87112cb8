//! Which units to send: every one that could go, by road time from where it is, with the reason why each is in or out.
//!
//! Once a tick a [`Field`] is made from the state and where units are: who stands where on which network, and which demand they cover.
//! Any number of questions are then put to it. [`recommend()`] ranks every unit for one place, chooses the set that meets the run card,
//! and says what sending each would cost the cover; [`joint()`] assigns units to several incidents at once; [`move_ups()`] says who should
//! move where when cover thins. What a dispatch cost against the best unit then available, [`precinct_core::Advice::regret`] says.
//! [`soonest()`] tells the chosen set alone, for a simulation that asks a million times.
//!
//! Advice only: a person decides, and the core takes any unit that may be sent.
#![deny(clippy::float_arithmetic)]

mod about;
mod assign;
mod choose;
mod cover;
mod field;
mod joint;
mod moveup;
mod networks;
mod places;
mod question;
mod rank;
mod reasons;
mod recommend;
mod soonest;
#[cfg(test)]
mod tests;

pub use choose::NeedMet;
pub use cover::{Covered, DemandPoint, Effect};
pub use field::{Field, FieldError, Placed};
pub use joint::{Joint, Plan, Total, joint};
pub use moveup::{MoveUp, MoveUpRules, PostPlace, move_ups};
pub use networks::{Networks, OtherMap, profile_of};
pub use places::{Places, Ways};
pub use question::{Question, Settings};
pub use rank::{LeftOut, Ranked};
pub use reasons::{ByHand, Out, Reason};
pub use recommend::{Recommendation, Standing, recommend};
pub use soonest::{Going, Soonest, soonest};
