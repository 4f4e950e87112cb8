//! What one unit did for one call, as the city's record has it.

use precinct_base::{HourOfWeek, LonLat, Timestamp};

/// A row of the record: one unit sent to one call. An instant that is missing is unknown, never zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The line of the record, to name it by.
    pub row: u64,
    /// The unit, as the record calls it.
    pub unit: String,
    /// What kind of unit it is: a force, or a type of vehicle.
    pub force: String,
    /// The type of the call.
    pub kind: String,
    /// The local day it was sent on, counted from any day.
    pub day: i64,
    /// The local hour of the week it was sent in.
    pub hour: HourOfWeek,
    /// Where the unit stands when it has nothing to do, if that is known.
    pub home: Option<LonLat>,
    /// Where it was when it was sent, if the record has its position.
    pub from: Option<LonLat>,
    /// Where it was sent to.
    pub at: LonLat,
    /// When it was sent.
    pub dispatch: Option<Timestamp>,
    /// When its wheels turned.
    pub en_route: Option<Timestamp>,
    /// When it was there.
    pub on_scene: Option<Timestamp>,
    /// When it left for elsewhere, as with somebody for a hospital; none if it was done where it was.
    pub leave: Option<Timestamp>,
    /// When it was free again.
    pub clear: Option<Timestamp>,
}

/// The milliseconds from one instant to another; negative if they are the wrong way round.
pub(crate) fn gap(from: Option<Timestamp>, to: Option<Timestamp>) -> Option<i64> {
    to?.0.checked_sub(from?.0)
}
