//! What a run leaves: for each call what became of it, for each crew what it did.

use precinct_advice::Covered;
use precinct_base::{Millis, Timestamp, UnitId};

use super::crew::Usage;
use crate::shadow::Shadowed;

/// What became of a call. Times are from the call on; none is unknown: it never came to that before the run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// Until a unit was sent.
    pub dispatched: Option<Millis>,
    /// Until one set out.
    pub set_out: Option<Millis>,
    /// Until the first was there.
    pub on_scene: Option<Millis>,
    /// Until all was over.
    pub closed: Option<Millis>,
    /// The unit sent first.
    pub unit: Option<UnitId>,
    /// Its time by road, when it was sent.
    pub travel: Option<Millis>,
    /// How much longer that was than the best then available.
    pub regret: Option<Millis>,
    /// How many were sent.
    pub sent: u32,
}

/// What a run leaves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    /// By call, in the order of the piece.
    pub(crate) calls: Vec<Answered>,
    /// By crew, in the order of the plan.
    pub(crate) usage: Vec<Usage>,
    /// What free units covered.
    pub(crate) cover: Vec<(Timestamp, Covered)>,
    /// Units taken off something less urgent.
    pub(crate) preempted: u64,
    /// What patrols found by the record when none was free to find it here.
    pub(crate) not_found: u64,
    /// How another policy would have decided.
    pub(crate) shadow: Shadowed,
}

impl Report {
    pub(super) fn new(calls: usize) -> Self {
        Self { calls: vec![Answered::default(); calls], ..Self::default() }
    }
}
