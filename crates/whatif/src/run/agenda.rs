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
///
/// Calls are known from the start and are by far the most of it, so they stand in a row of their own; what is planned as the run goes on is
/// never much.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    /// The next last.
    calls: Vec<(u64, u64, u32)>,
    heap: BinaryHeap<Reverse<(u64, u64, Deed)>>,
    planned: u64,
}

impl Agenda {
    /// Plans calls at these times, each by its place among them.
    pub(super) fn calls(&mut self, times: impl Iterator<Item = u64>) {
        let planned = self.planned;
        let calls = times.zip(0_u32..).map(|(at, call)| (at, planned + u64::from(call), call));
        self.calls = calls.collect();
        self.planned += self.calls.len() as u64;
        self.calls.sort_unstable_by(|one, other| other.cmp(one));
    }

    pub(super) fn add(&mut self, at: u64, deed: Deed) {
        self.heap.push(Reverse((at, self.planned, deed)));
        self.planned += 1;
    }

    /// The next, taken off.
    pub(super) fn next(&mut self) -> Option<(u64, Deed)> {
        let other = self.heap.peek().map(|Reverse((at, planned, _))| (*at, *planned));
        let first = |call: &mut (u64, u64, u32)| other.is_none_or(|other| (call.0, call.1) < other);
        if let Some((at, _, call)) = self.calls.pop_if(first) {
            return Some((at, Deed::Call(call)));
        }
        self.heap.pop().map(|Reverse((at, _, deed))| (at, deed))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Against one list, sorted.
        #[test]
        fn the_earliest_is_next_and_of_several_the_one_planned_first(
            before in prop::collection::vec(0u64..9, 0..5), calls in prop::collection::vec(0u64..9, 0..9),
            after in prop::collection::vec(0u64..9, 0..9),
        ) {
            let (mut agenda, mut want) = (Agenda::default(), Vec::new());
            for (&at, tour) in before.iter().zip(0..) {
                agenda.add(at, Deed::Begin(tour));
                want.push((at, Deed::Begin(tour)));
            }
            agenda.calls(calls.iter().copied());
            want.extend(calls.iter().zip(0..).map(|(&at, call)| (at, Deed::Call(call))));
            for (&at, incident) in after.iter().zip(0..) {
                agenda.add(at, Deed::Ready(incident));
                want.push((at, Deed::Ready(incident)));
            }
            want.sort_by_key(|one| one.0);
            let told: Vec<(u64, Deed)> = std::iter::from_fn(|| agenda.next()).collect();
            prop_assert_eq!(told, want);
        }
    }
}
