//! What is to be done when: the earliest first, of several at one instant the one that was planned first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deed {
    /// A call comes in, by its place among the calls.
    Call(u32),
    /// An incident is ready for units to be sent.
    Ready(u32),
    /// An incident that was kept waiting need not wait any longer.
    Kept,
    /// A call is called off: its incident.
    CalledOff(u32),
    /// A crew does something, unless its task is another by now.
    Crew(u32, u32, Step),
    /// A tour of a crew begins, by its place among the tours.
    Begin(u32),
    /// It is over.
    End(u32),
    /// A rest in it is due.
    Rest(u32),
    /// What is covered is looked at.
    Look,
}

/// What a crew does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    SetOut,
    Arrive,
    Finish,
    /// It can be sent again.
    Back,
}

/// What is to be done, by time in milliseconds.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    heap: BinaryHeap<Reverse<(u64, u64, Deed)>>,
    planned: u64,
}

impl Agenda {
    pub(super) fn add(&mut self, at: u64, deed: Deed) {
        self.heap.push(Reverse((at, self.planned, deed)));
        self.planned += 1;
    }

    /// The next, taken off.
    pub(super) fn next(&mut self) -> Option<(u64, Deed)> {
        self.heap.pop().map(|Reverse((at, _, deed))| (at, deed))
    }
}
