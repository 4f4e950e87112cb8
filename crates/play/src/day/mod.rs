//! A day of calls, recorded or generated: what came in, when, where, and how long crews took over it.

mod generate;
mod mapping;
mod place;
mod read;
mod window;

use std::collections::BTreeMap;

use precinct_base::{LonLat, Timestamp};
use precinct_city::Faults;
use precinct_core::{Code, Priority};
use serde::Serialize;

pub use generate::{GenerateError, generate};
pub use mapping::{Mapping, MappingError};
pub use read::{DayError, read_day};
pub use window::Window;

/// What one crew did for a call. A missing instant is unknown, never zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Response {
    /// The line of the record it stands in; 0 if it was made up.
    pub row: u64,
    /// The crew, as its record calls it; may be empty.
    pub unit: String,
    /// What kind of unit it is; may be empty.
    pub force: String,
    /// The post it stands at when it has nothing to do, as the record names it; may be empty.
    pub post: String,
    /// Where it was when it was sent.
    pub from: Option<LonLat>,
    /// When it was sent.
    pub dispatch: Option<Timestamp>,
    /// When it set out.
    pub en_route: Option<Timestamp>,
    /// When it was there.
    pub on_scene: Option<Timestamp>,
    /// When it left for elsewhere, as with somebody for a hospital.
    pub leave: Option<Timestamp>,
    /// When it was done.
    pub clear: Option<Timestamp>,
}

impl Response {
    /// How long it was there, in milliseconds.
    pub fn stay_ms(&self) -> Option<i64> {
        gap(self.on_scene, self.clear)
    }

    /// How long it took to set out, in milliseconds.
    pub fn turnout_ms(&self) -> Option<i64> {
        gap(self.dispatch, self.en_route)
    }
}

fn gap(from: Option<Timestamp>, to: Option<Timestamp>) -> Option<i64> {
    to?.0.checked_sub(from?.0).filter(|&ms| ms >= 0)
}

/// Through which door a call came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Somebody called.
    Call,
    /// An alarm panel.
    Alarm,
    /// A patrol came upon it. Never counted as demand.
    Patrol,
}

impl Origin {
    /// Its name at the doors.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Alarm => "alarm",
            Self::Patrol => "patrol",
        }
    }
}

/// A call of the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    /// Its number in the record.
    pub id: String,
    /// How it came in.
    pub origin: Origin,
    /// When.
    pub received: Timestamp,
    /// When it was entered; none is unknown.
    pub entered: Option<Timestamp>,
    /// Its type in the catalogue.
    pub kind: Code,
    /// How urgent it is; none is as its type.
    pub priority: Option<Priority>,
    /// Where.
    pub at: LonLat,
    /// The crossing or block, if the record names one.
    pub address: Option<String>,
    /// What crews did, in order of sending.
    pub responses: Vec<Response>,
}

impl Call {
    /// From the call until it was entered by the record, in milliseconds.
    pub fn handling_ms(&self) -> Option<i64> {
        gap(Some(self.received), self.entered)
    }

    /// From the call until the first crew was sent by the record, in milliseconds.
    pub fn recorded_dispatch_ms(&self) -> Option<i64> {
        gap(Some(self.received), self.responses.iter().filter_map(|one| one.dispatch).min())
    }

    /// From the call to the first crew on scene by the record, in milliseconds.
    pub fn recorded_response_ms(&self) -> Option<i64> {
        let first = self.responses.iter().filter_map(|one| one.on_scene).min();
        gap(Some(self.received), first)
    }
}

/// A day of calls, and what was left out of it and why.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Day {
    /// The calls by time.
    pub calls: Vec<Call>,
    /// Rows read.
    pub rows: u64,
    /// Rows left out, by why.
    pub left_out: BTreeMap<String, u64>,
    /// Types that the mapping does not know, with how many calls took the default for it.
    pub unmapped: BTreeMap<String, u64>,
    /// Letters of units that stand at the post of their number, as the mapping says.
    pub numbered: Vec<String>,
    /// Rows that could not be used.
    pub faults: Faults,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_instant_is_unknown_and_a_wrong_order_is_too() {
        let at = |s: i64| Some(Timestamp(s * 1_000));
        let response =
            Response { on_scene: at(10), clear: at(70), dispatch: at(5), ..Response::default() };
        assert_eq!((response.stay_ms(), response.turnout_ms()), (Some(60_000), None));
        let wrong = Response { on_scene: at(10), clear: at(7), ..Response::default() };
        assert_eq!(wrong.stay_ms(), None);
    }
}
