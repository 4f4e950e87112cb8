//! A day played through the doors of a served city, as dispatchers and crews would.
//!
//! A [`Day`] is read from a record or made up, the [`cast()`] of crews comes from the city's posts, and a [`Script`] drives them: a pure
//! machine that is told what the city answers and says what to ask next. [`play()`] is the one part with a clock: it carries the
//! questions over HTTP, sleeps, holds out while the server is away, and gives a [`Report`].

mod ask;
mod carriers;
mod cast;
#[cfg(test)]
mod control_room;
mod day;
mod drive;
mod habits;
mod http;
mod pace;
mod play;
mod report;
mod rng;
mod script;
mod time;
mod told;
#[cfg(test)]
mod town;
#[cfg(test)]
mod town_hall;

use precinct_base::{LonLat, Timestamp};

pub use ask::{Answer, Ask, CrewStep, Doors, Intake, Key, Refused, UnitWish};
pub use cast::{PostSeen, Role, UnitSeen, cast};
pub use day::{
    Call, Day, DayError, GenerateError, Mapping, MappingError, Origin, Response, Window, generate,
    read_day,
};
pub use habits::{Habits, Usual, Wanted};
pub use http::{Client, ClientError, Clock, FreeUnit, Patience, frame};
pub use play::{PlayError, Settings, play};
pub use report::{Latency, Report, Times};
pub use script::{Action, CallOutcome, Glance, Input, Script, Whims};
pub use time::{Zone, from_rfc3339, rfc3339};
pub use told::Told;

/// Where a unit is at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Which.
    pub unit: u32,
    /// Where.
    pub at: LonLat,
    /// Centimetres a second.
    pub speed: u16,
    /// Hundredths of a degree clockwise from north; none at rest.
    pub heading: Option<u16>,
    /// When.
    pub time: Timestamp,
}
