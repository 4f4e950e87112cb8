//! The board: the state as the disk has it, for any number of readers. It follows the engine and never waits for the disk.

use std::sync::{Arc, PoisonError, RwLock};

use precinct_core::{State, apply};
use precinct_engine::{Entry, Trouble};

#[derive(Debug)]
struct Shown {
    state: State,
    seq: u64,
    trouble: Option<Trouble>,
}

/// The state as the disk has it.
#[derive(Debug)]
pub(crate) struct Board(RwLock<Shown>);

impl Board {
    pub(crate) fn new(state: State, seq: u64) -> Self {
        Self(RwLock::new(Shown { state, seq, trouble: None }))
    }

    /// Looks at the state and the number of the record it is after.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&State, u64) -> T) -> T {
        let shown = self.0.read().unwrap_or_else(PoisonError::into_inner);
        look(&shown.state, shown.seq)
    }

    /// Why nothing can be recorded, if so.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).trouble.clone()
    }

    /// Takes over what is on the disk.
    pub(super) fn recorded(&self, first: u64, entries: &[Arc<Entry>]) {
        let mut shown = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for (seq, entry) in (first..).zip(entries) {
            for event in entry.events() {
                apply(&mut shown.state, &event);
            }
            shown.seq = seq;
        }
    }

    pub(super) fn troubled(&self, trouble: Option<&Trouble>) {
        let same =
            self.0.read().unwrap_or_else(PoisonError::into_inner).trouble.as_ref() == trouble;
        if !same {
            self.0.write().unwrap_or_else(PoisonError::into_inner).trouble = trouble.cloned();
        }
    }
}
