//! A second way to choose units, watched beside those who choose: what it would have sent is recorded with each dispatch, and nothing comes
//! of it.

pub(crate) mod apply;
mod decide;
mod rejection;

use precinct_base::{Millis, UnitId};
use serde::{Deserialize, Serialize};

pub(crate) use self::decide::{end, set};
pub use self::rejection::ShadowRejection;
use crate::{Code, Moment, StaffNo};

/// A policy that is watched beside those who send units, until an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shadow {
    /// Its name.
    pub policy: Code,
    /// Who has it watched.
    pub by: StaffNo,
    /// Since when.
    pub since: Moment,
    /// Until when.
    pub until: Moment,
}

impl Shadow {
    /// The shortest it is watched: fewer dispatches say nothing.
    pub const SHORTEST: Millis = Millis::from_minutes(10);
    /// The longest it is watched at a time: four weeks, so that each hour of the week is in it as often.
    pub const LONGEST: Millis = Millis::from_minutes(28 * 24 * 60);
}

/// What the policy that is watched would have done when a unit was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// The policy.
    pub policy: Code,
    /// Whom it would have sent in the place of the unit that was sent; that unit itself if it is of one mind; none is nobody more.
    pub would: Option<UnitId>,
    /// How much later that one would be there, in milliseconds; less than nothing is sooner. None where it cannot be told.
    pub later_ms: Option<i64>,
    /// How much more demand would stay within each of three thresholds of a free unit, in parts of 10,000 of all demand; less than
    /// nothing is less.
    pub kept: [i32; 3],
}
