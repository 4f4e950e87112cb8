//! `clock_set`: the calendar of the machine jumped; running time did not.

use precinct_base::Timestamp;
use serde::{Deserialize, Serialize};

/// The calendar of the machine jumped; running time did not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockSet {
    /// What the calendar would have been.
    pub before: Timestamp,
    /// What it is.
    pub after: Timestamp,
}
