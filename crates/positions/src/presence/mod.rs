//! Presence: how often each street was passed, when it was last, and how long units stayed at hot spots. Counts of places, not of
//! people: no unit's name leaves this module with a pass.

mod passes;
mod visits;

pub use passes::{HourPasses, PassRules, Passes, SegmentOutOfRange};
pub use visits::{HotSpot, HotSpotError, Visit, VisitRules, Visits};
