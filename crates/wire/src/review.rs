//! Looking back: the board as it was, how much was recorded when, and where units were.

use precinct_core::Purpose;
use serde::{Deserialize, Serialize};

use crate::{BoardDoc, Time};

/// A record, by what proves which it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct StandsOnDoc {
    /// Its number.
    pub seq: u64,
    /// When it was made.
    pub at: Time,
    /// Its hash, 64 hexadecimal digits: it covers this record and all before it.
    pub hash: String,
}

/// The board as it was: the same as the board, without fixes. Its clocks are as they ran then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PastBoardDoc {
    /// The picture.
    #[serde(flatten)]
    pub board: BoardDoc,
    /// The record it stands on.
    pub stands_on: StandsOnDoc,
}

/// A record of the span, by its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EndDoc {
    /// Its number.
    pub seq: u64,
    /// When it was made.
    pub at: Time,
}

/// From when to when there are records, and how many there are in between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SpanDoc {
    /// The first record; none if there is none.
    pub first: Option<EndDoc>,
    /// The last record.
    pub last: Option<EndDoc>,
    /// Where the first bar begins.
    pub begins: Time,
    /// How long each bar is: ten minutes, or twice, four times, … that where the record is long.
    #[schema(value_type = u64)]
    pub bar_ms: i64,
    /// Records in each bar, the earliest first, at most 1,008.
    pub counts: Vec<u64>,
}

/// Where units were, for the review of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TracksBody {
    /// From when.
    pub from: Time,
    /// Until when: at most a day later.
    pub until: Time,
    /// The purpose.
    #[schema(value_type = String, example = "review")]
    pub purpose: Purpose,
    /// The incident it is looked at for.
    pub incident: u32,
    /// Which units, at most 64; none are those that were sent to the incident.
    pub units: Option<Vec<u32>>,
    /// At most one fix of a unit in so many milliseconds; none is every fix.
    pub every_ms: Option<u32>,
}

/// Where a unit was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct UnitTrackDoc {
    /// Which unit.
    pub unit: u32,
    /// In order of time: milliseconds since `from`, then longitude and latitude in 10⁻⁷ degree.
    pub fixes: Vec<(u32, i32, i32)>,
}

/// Where units were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TracksDoc {
    /// The instant from which each fix is counted.
    pub from: Time,
    /// Each unit, rising; one without fixes too.
    pub tracks: Vec<UnitTrackDoc>,
}
