//! Presence: how often each street was passed, when it was last, and how long units stayed at hot spots. Counts of places, not of
//! people: no unit's name leaves this module with a pass, and [an hour that is over](Hour) knows of none.

mod hour;
mod minutes;
mod passes;
mod visits;

pub use hour::{Hour, HourError, Stay};
pub use minutes::WITHIN_MIN;
pub use passes::{
    HourPasses, OpenPasses, OpenStreet, PassRules, Passes, SegmentOutOfRange, StreetHour,
};
pub use visits::{HotSpot, HotSpotError, OpenVisit, Visit, VisitRules, Visits};
