//! The rules of a city: rest, windows and limits.

use precinct_base::{Metres, Millis};
use serde::{Deserialize, Serialize};

use crate::Role;

/// The rules of a city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Shortest rest of a member between two tours.
    pub rest: Millis,
    /// Longest tour.
    pub longest_shift: Millis,
    /// Most time on duty in any seven days.
    pub week: Millis,
    /// How early before its planned start a tour may begin.
    pub early: Millis,
    /// How far apart two incidents may be and still be suggested as one.
    pub duplicate_apart: Metres,
    /// How far apart in time two incidents may be and still be suggested as one.
    pub duplicate_after: Millis,
    /// How long a closed incident stays on the board and can be reopened.
    pub keep_closed: Millis,
    /// Longest that a post, a duty level or a lent unit may be ordered for before somebody approves it anew.
    pub longest_order: Millis,
    /// Longest that an answered clock may be held.
    pub longest_hold: Millis,
    /// How many priorities more urgent an incident must be to take a unit that is on its way to another.
    pub preempt_en_route: u8,
    /// The same for a unit that is on scene; 0 forbids it.
    pub preempt_on_scene: u8,
    /// From one telling of an officer's call for help to the next while nobody answers.
    pub sos_again: Millis,
    /// Who is told of an officer's call for help, in order; the first at once.
    pub sos_ladder: Vec<Role>,
}
