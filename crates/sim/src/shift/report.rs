//! What came of a shift, and a look at one while it goes on.

use precinct_core::State;
use precinct_engine::{Outcome, Request};

use super::{Broken, Counts, Plan, SimDisk};

/// What came of a shift.
#[derive(Clone, Debug)]
pub struct Report {
    /// The shift.
    pub plan: Plan,
    /// The first invariant that did not hold.
    pub broken: Option<Broken>,
    /// How often each was looked at.
    pub counts: Counts,
    /// Commands acknowledged.
    pub acknowledged: u64,
    /// Commands refused.
    pub refused: u64,
    /// Times the process ended and was started again.
    pub restarts: u64,
    /// Storage calls.
    pub calls: u64,
    /// Storage calls that failed or were the last.
    pub faults: u64,
    /// The disk as it was at the end.
    pub disk: SimDisk,
    /// The state at the end.
    pub state: State,
}

/// A look at a shift after a turn.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Milliseconds since it began.
    pub at: u64,
    /// How many turns there were.
    pub turn: u64,
    /// What is so.
    pub state: &'a State,
    /// What was asked in this turn.
    pub requests: &'a [Request],
    /// What became of it.
    pub outcomes: &'a [Outcome],
}
