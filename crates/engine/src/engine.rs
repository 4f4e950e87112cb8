//! The engine: one state, one writer, one turn after another.

use std::collections::BTreeMap;
use std::sync::Arc;

use precinct_base::Millis;
use precinct_core::{Moment, State, Subject};
use precinct_journal::Head;

use crate::outcome::{Jump, Trouble};
use crate::replay::{ReplayError, Replayed, replay};
use crate::time::Timekeeper;
use crate::{Chance, Clock, Entry, Store};

/// Joins the core with a store, a clock and chance.
#[derive(Debug)]
pub struct Engine<S, C, R> {
    pub(crate) store: S,
    pub(crate) clock: C,
    pub(crate) chance: R,
    pub(crate) state: State,
    pub(crate) head: Head,
    pub(crate) keeper: Timekeeper,
    /// What the calendar should have shown, until that is recorded.
    pub(crate) jump: Jump,
    /// Incidents that are known to have keys.
    pub(crate) keyed: std::ops::Range<u64>,
    /// The last record that changed each thing, of those after record `known`.
    pub(crate) touched: BTreeMap<Subject, u64>,
    /// The record after which all changes are known.
    pub(crate) known: u64,
    /// Turns that were written.
    pub(crate) turns: u64,
    /// The last record that was told to who listens.
    pub(crate) told: u64,
    /// What the last turn recorded, until it is told.
    pub(crate) fresh: Vec<Arc<Entry>>,
    /// Why nothing can be done, until it can.
    pub(crate) down: Option<Trouble>,
}

impl<S: Store, C: Clock, R: Chance> Engine<S, C, R> {
    /// Starts where the records end.
    pub fn start(store: S, mut clock: C, chance: R) -> Result<Self, ReplayError> {
        let replayed = replay(&store, u64::MAX)?;
        let Replayed { state, head, last, .. } = replayed;
        let (keeper, jump) = Timekeeper::resume(last, clock.read());
        Ok(Self {
            store,
            clock,
            chance,
            state,
            head,
            keeper,
            jump,
            keyed: 0..0,
            touched: BTreeMap::new(),
            known: head.seq,
            turns: 0,
            told: head.seq,
            fresh: Vec::new(),
            down: None,
        })
    }

    /// What is so by now.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The last record.
    pub const fn head(&self) -> Head {
        self.head
    }

    /// The store.
    pub const fn store(&self) -> &S {
        &self.store
    }

    /// The store, to do to it what the world does.
    pub const fn store_mut(&mut self) -> &mut S {
        &mut self.store
    }

    /// The clock, to set it as the world does.
    pub const fn clock_mut(&mut self) -> &mut C {
        &mut self.clock
    }

    /// Gives the store back, as when the process ends.
    pub fn into_store(self) -> S {
        self.store
    }

    /// How many turns were written since it started.
    pub const fn turns(&self) -> u64 {
        self.turns
    }

    /// Whether the last write went as it should.
    pub const fn is_up(&self) -> bool {
        self.down.is_none()
    }

    /// The moment it is.
    pub fn now(&mut self) -> Moment {
        let reading = self.clock.read();
        Moment { tick: self.keeper.tick(reading), wall: reading.wall }
    }

    /// How long until something falls due and a turn is needed even if nobody asks for anything.
    pub fn due_in(&mut self) -> Option<Millis> {
        let due = self.state.deadline()?;
        Some(due.saturating_since(self.now().tick))
    }

    /// Whether turns can be taken; looks again if they could not.
    pub(crate) fn ready(&mut self) -> Result<(), Trouble> {
        if self.down.is_some() {
            self.rebuild(true)?;
        }
        if self.store.has_room() { Ok(()) } else { Err(Trouble::Full) }
    }

    /// Goes back to what the records say; first opens them anew, if it must.
    pub(crate) fn rebuild(&mut self, reopen: bool) -> Result<(), Trouble> {
        let done = self.try_rebuild(reopen);
        self.down = done.clone().err();
        done
    }

    fn try_rebuild(&mut self, reopen: bool) -> Result<(), Trouble> {
        let down = |error: &dyn std::error::Error| Trouble::Down(error.to_string());
        if reopen {
            self.store.reopen().map_err(|error| down(&error))?;
        }
        let replayed = replay(&self.store, u64::MAX).map_err(|error| down(&error))?;
        self.state = replayed.state;
        self.head = replayed.head;
        self.keyed = 0..0;
        self.touched.clear();
        self.known = self.head.seq;
        Ok(())
    }
}
