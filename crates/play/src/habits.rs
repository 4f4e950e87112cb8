//! How crews of a city are known to behave, for whoever has measured it to say.

use precinct_base::{Millis, Timestamp};
use precinct_core::Code;

/// What a time is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The force of the crew.
    pub force: Code,
    /// The type of the incident.
    pub kind: Code,
    /// How urgent it is.
    pub priority: u8,
    /// When.
    pub at: Timestamp,
    /// Where in the spread of such times: 0 is the shortest.
    pub draw: u64,
}

/// How crews behave where the record of a call does not say. None is as usual anywhere.
pub trait Habits {
    /// From having its task until a crew sets out.
    fn turnout(&self, _: Wanted) -> Option<Millis> {
        None
    }
    /// How long it stays.
    fn stay(&self, _: Wanted) -> Option<Millis> {
        None
    }
    /// How long streets take then, in thousandths of what they do on the network of the play.
    fn pace(&self, _: Timestamp) -> u16 {
        1_000
    }
}

/// Nobody has measured anything.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usual;

impl Habits for Usual {}
