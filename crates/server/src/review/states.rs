//! States of past moments: rebuilt from the records, and some of them kept so that the next moment is near to one that is known.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use precinct_core::State;
use precinct_engine::{Records, Replayed, replay_on, snapshots};

use super::ReviewError;

/// Records between two states that are kept: what is replayed at the most once they are there.
const NEAR: u64 = 1_024;
/// Records between two states that are kept of a long way.
const FAR: u64 = 64 * NEAR;
/// States kept at most, so many of each kind.
const KEPT: usize = 24;
/// Things in all states that are kept, so that those of a large city do not fill the memory.
const THINGS: usize = 2_000_000;

/// States that were rebuilt, and when each was last of use.
#[derive(Debug, Default)]
pub(super) struct States {
    held: BTreeMap<u64, Held>,
    used: u64,
    /// The newest snapshot at or before each record that was asked for. Later ones are of later records: they are made of the last one.
    snapshots: BTreeMap<u64, u64>,
}

#[derive(Debug)]
struct Held {
    replayed: Arc<Replayed>,
    used: u64,
    kind: Kind,
}

/// Why a state is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Somebody asked for it.
    Asked,
    /// It is on the way, close to others.
    Near,
    /// It is on a long way.
    Far,
}

/// Whether a state that far before a moment is kept: a copy of a large city takes as long as many records, so the farther back they are, the
/// farther they lie apart. Whoever goes on backwards finds one within twice as far.
const fn is_of_use(back: u64) -> bool {
    (back / NEAR).count_ones() <= 1 && back <= NEAR * KEPT as u64
}

fn things(state: &State) -> usize {
    let forces = state.units().len() + state.posts().len() + state.shifts().len();
    1 + forces + state.incidents().len() + state.areas().len() + state.timers().len()
}

impl States {
    /// The state after record `seq`, which must be there. It takes no longer than [`NEAR`] records take once somebody has asked for a
    /// moment close by.
    pub(super) fn at(
        &mut self,
        records: &dyn Records,
        seq: u64,
        ends: &AtomicBool,
    ) -> Result<Arc<Replayed>, ReviewError> {
        let near = self.near(seq);
        if let Some(known) = near.as_ref().filter(|near| near.head.seq == seq) {
            return Ok(known.clone());
        }
        let mut replayed = self.start(records, seq, near)?;
        while replayed.head.seq < seq {
            if ends.load(Ordering::Relaxed) {
                return Err(ReviewError::Stopped);
            }
            let next = seq.min((replayed.head.seq / NEAR + 1) * NEAR);
            replayed = replay_on(records, replayed, next)?;
            if replayed.head.seq < next {
                return Err(ReviewError::Missing { seq });
            }
            if next.is_multiple_of(FAR) {
                self.keep(Arc::new(replayed.clone()), Kind::Far);
            } else if next.is_multiple_of(NEAR) && is_of_use(seq - next) {
                self.keep(Arc::new(replayed.clone()), Kind::Near);
            }
        }
        let replayed = Arc::new(replayed);
        if !seq.is_multiple_of(NEAR) {
            self.keep(replayed.clone(), Kind::Asked);
        }
        Ok(replayed)
    }

    /// Forgets all states: they are not of the records as they are now.
    pub(super) fn clear(&mut self) {
        self.held.clear();
        self.snapshots.clear();
    }

    /// The last state that is kept at or before a record.
    fn near(&mut self, seq: u64) -> Option<Arc<Replayed>> {
        self.used += 1;
        let (_, held) = self.held.range_mut(..=seq).next_back()?;
        held.used = self.used;
        Some(held.replayed.clone())
    }

    /// Where to start: from what is kept, or from a snapshot that is nearer. It is read from the disk only where there may be one.
    fn start(
        &mut self,
        records: &dyn Records,
        seq: u64,
        near: Option<Arc<Replayed>>,
    ) -> Result<Replayed, ReviewError> {
        let known = near.as_ref().map_or(0, |near| near.head.seq);
        let newest = self.snapshots.range(seq..).next().map_or(seq, |(_, &newest)| newest);
        if seq - known > NEAR && newest > known {
            let snapshot = snapshots::load(records, seq)?;
            let newest = snapshot.as_ref().map_or(0, |snapshot| snapshot.head.seq);
            self.snapshots.insert(seq, newest);
            if let Some(snapshot) = snapshot.filter(|_| newest > known) {
                self.keep(Arc::new(snapshot.clone()), Kind::Far);
                return Ok(snapshot);
            }
        }
        match near {
            Some(near) => Ok((*near).clone()),
            None => Ok(precinct_engine::replay_all(records, 0)?),
        }
    }

    fn keep(&mut self, replayed: Arc<Replayed>, kind: Kind) {
        self.used += 1;
        let held = Held { replayed, used: self.used, kind };
        self.held.insert(held.replayed.head.seq, held);
        let of_kind = self.held.values().filter(|held| held.kind == kind).count();
        if of_kind > KEPT {
            self.drop_oldest(|held| held.kind == kind);
        }
        let count = || self.held.values().map(|held| things(&held.replayed.state)).sum::<usize>();
        let mut over = count().saturating_sub(THINGS);
        while over > 0 && self.held.len() > 1 {
            over = over.saturating_sub(self.drop_oldest(|_| true));
        }
    }

    /// Drops the state that was of no use for the longest time; how many things were in it.
    fn drop_oldest(&mut self, of: impl Fn(&Held) -> bool) -> usize {
        let oldest =
            self.held.iter().filter(|(_, held)| of(held)).min_by_key(|(_, held)| held.used);
        let Some(seq) = oldest.map(|(&seq, _)| seq) else { return 0 };
        self.held.remove(&seq).map_or(0, |held| things(&held.replayed.state))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::ops::ControlFlow;

    use precinct_base::{AreaLevel, Timestamp};
    use precinct_core::event::AreaSet;
    use precinct_core::{By, CommandId, Moment, Title};
    use precinct_engine::{Entry, replay_all};
    use precinct_journal::snapshot::Snapshot;
    use precinct_journal::{Head, ReadError, Row, seal};
    use proptest::prelude::*;

    use super::*;

    /// Records of one area that is described again and again, and how many of them were read.
    struct Many {
        records: Vec<precinct_journal::Record>,
        read: Cell<u64>,
    }

    impl Many {
        fn new(count: u64) -> Self {
            let mut head = Head::EMPTY;
            let mut records = Vec::new();
            for n in 1..=count {
                let title = Title { en: format!("Area {n}"), zh: String::new() };
                let area = precinct_base::AreaId(0);
                let set = AreaSet {
                    area,
                    parent: None,
                    level: AreaLevel::City,
                    grade: None,
                    reach: None,
                    title,
                };
                let at =
                    Moment { tick: precinct_base::Instant(n), wall: Timestamp(n.cast_signed()) };
                let id = CommandId(u128::from(n).to_be_bytes());
                let entry =
                    Entry { id, at, happened: None, by: By::SYSTEM, facts: vec![set.into()] };
                let record = seal(&entry.draft(), head);
                head = record.head();
                records.push(record);
            }
            Self { records, read: Cell::new(0) }
        }
    }

    impl Records for Many {
        fn read(
            &self,
            from: u64,
            visit: &mut dyn FnMut(&Row<'_>) -> ControlFlow<()>,
        ) -> Result<(), ReadError> {
            for record in self.records.iter().skip((from.max(1) - 1) as usize) {
                if visit(&record.as_row()).is_break() {
                    return Ok(());
                }
                self.read.set(self.read.get() + 1);
            }
            Ok(())
        }

        fn snapshot(&self, _: u64) -> Option<Snapshot> {
            None
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]

        #[test]
        fn any_moments_in_any_order_are_as_replay_has_them(asked in prop::collection::vec(1u64..3_000, 1..10)) {
            let (many, ends) = (Many::new(3_000), AtomicBool::new(false));
            let mut states = States::default();
            for seq in asked {
                let found = states.at(&many, seq, &ends).unwrap();
                let naive = replay_all(&many, seq).unwrap();
                prop_assert_eq!((&found.state, found.head), (&naive.state, naive.head));
                prop_assert!(states.held.len() <= 3 * KEPT);
                many.read.set(0);
                states.at(&many, seq.saturating_sub(1).max(1), &ends).unwrap();
                prop_assert!(many.read.get() <= NEAR, "{} were read again", many.read.get());
            }
        }
    }

    #[test]
    fn what_is_not_there_and_what_is_broken_off_says_so() {
        let many = Many::new(10);
        let (mut states, ends) = (States::default(), AtomicBool::new(false));
        let missing = states.at(&many, 11, &ends);
        assert!(matches!(missing, Err(ReviewError::Missing { seq: 11 })), "{missing:?}");
        assert!(states.at(&many, 5, &ends).is_ok());
        states.clear();
        ends.store(true, Ordering::Relaxed);
        assert!(matches!(states.at(&many, 5, &ends), Err(ReviewError::Stopped)));
    }
}
