//! Containment: previews that an order can name, what is asked of those that go on, and plans made anew while somebody watches.
//!
//! Where whoever left was seen is held here, in memory, as long as the preview or the containment is of use, and in no record: no
//! movement of the public is. After a start anew a containment is reckoned from where its incident is.

mod ask;
mod solve;
mod units;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use precinct_base::{Millis, MultiPolygon, Timestamp, caps};
use precinct_containment::{Plan, Solver};
use precinct_core::{ContainmentId, IncidentId, SealPlan};
use precinct_roads::{Network, Scratch};
use precinct_wire::Coded;

pub(crate) use self::ask::{Ask, Seen};
pub(crate) use self::solve::{by_profile, version};
use crate::app::App;
use crate::door::Failure;

/// How old a plan may become, while somebody watches, before it is made anew.
pub(crate) const FRESH: Duration = Duration::from_secs(1);
/// How old a preview may be when it is ordered: its times are counted from when it was made.
const TO_ORDER: Duration = Duration::from_mins(2);
/// How long a preview, and what was seen, is held.
const HELD: Duration = Duration::from_mins(10);

/// What thinking needs and is kept from one question to the next.
#[derive(Debug)]
pub(crate) struct Memory {
    solver: Solver,
    scratch: Scratch,
    /// Streets, and the same for one who keeps to no one-way street.
    any_way: Option<(Arc<Network>, Arc<Network>)>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Solved {
    /// The instant it holds for.
    pub(crate) at: Timestamp,
    /// The record the board was at.
    pub(crate) seq: u64,
    /// As it would be recorded.
    pub(crate) plan: SealPlan,
    pub(crate) found: Plan,
    /// How far whoever left could be, after what time from now.
    pub(crate) spread: Vec<(Millis, MultiPolygon)>,
    /// When they left, or were certainly seen last.
    pub(crate) since: Timestamp,
    /// Units that were compared.
    pub(crate) units: u32,
    pub(crate) took: Millis,
}

/// An answer with the name it is kept under.
pub(crate) type Named = (String, Arc<Solved>);

#[derive(Debug)]
struct Kept {
    name: String,
    ask: Ask,
    solved: Arc<Solved>,
    made: Instant,
}

/// What is planned: a preview by what it asks, or a containment that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Preview(Box<Ask>),
    Containment(ContainmentId),
}

/// A place for the latest plan of one thing that is watched: who makes it holds it, and the others wait for what is made.
type Slot = Arc<Mutex<Option<(Instant, Named)>>>;

/// Previews, what containments ask, and who watches.
#[derive(Debug)]
pub(crate) struct Seals {
    kept: Mutex<(u64, VecDeque<Kept>)>,
    asked: Mutex<Vec<(IncidentId, Instant, Ask)>>,
    slots: Mutex<VecDeque<(What, Slot)>>,
    /// One thinks at a time: each may take all of a processor.
    memory: Mutex<Memory>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Seals {
    pub(crate) fn new() -> Self {
        Self {
            kept: Mutex::default(),
            asked: Mutex::default(),
            slots: Mutex::default(),
            memory: Mutex::new(Memory::new()),
        }
    }

    /// Answers at once. Takes a while: not for a thread that others wait for.
    pub(crate) fn solve(&self, app: &App, what: &What) -> Result<Named, Failure> {
        let (ask, containment) = match what {
            What::Preview(ask) => (Ask::clone(ask), None),
            What::Containment(id) => (self.asked(app, *id)?, Some(*id)),
        };
        let solved = {
            let mut memory = lock(&self.memory);
            solve::solve(app, &mut memory, &ask, containment)?
        };
        Ok(self.keep(ask, Arc::new(solved)))
    }

    /// The plan as it is now, or was not longer ago than it stays fresh: made once for all who watch the same.
    pub(crate) fn fresh(&self, app: &App, what: &What) -> Result<Named, Failure> {
        let slot = self.slot(what);
        let mut slot = lock(&slot);
        if let Some((made, named)) = &*slot
            && made.elapsed() < FRESH
        {
            return Ok(named.clone());
        }
        let made = Instant::now();
        let named = self.solve(app, what)?;
        *slot = Some((made, named.clone()));
        Ok(named)
    }

    fn slot(&self, what: &What) -> Slot {
        let mut slots = lock(&self.slots);
        if let Some(index) = slots.iter().position(|(known, _)| known == what)
            && let Some(found) = slots.remove(index)
        {
            let slot = found.1.clone();
            slots.push_back(found);
            return slot;
        }
        if slots.len() >= caps::SEALS_WATCHED {
            slots.pop_front();
        }
        let slot = Slot::default();
        slots.push_back((what.clone(), slot.clone()));
        slot
    }

    fn keep(&self, ask: Ask, solved: Arc<Solved>) -> Named {
        let mut kept = lock(&self.kept);
        let (made, all) = &mut *kept;
        *made += 1;
        let name = format!("V-{}-{made}", solved.seq);
        all.retain(|one| one.made.elapsed() < HELD);
        if all.len() >= caps::SEALS_KEPT {
            all.pop_front();
        }
        let named = (name.clone(), solved.clone());
        all.push_back(Kept { name, ask, solved, made: Instant::now() });
        named
    }

    fn kept<T>(&self, name: &str, take: impl FnOnce(&Kept) -> T) -> Option<T> {
        lock(&self.kept).1.iter().rev().find(|kept| kept.name == name).map(take)
    }

    /// What a preview asks; none if it is not known any more.
    pub(crate) fn of_preview(&self, name: &str) -> Option<Ask> {
        self.kept(name, |kept| kept.ask.clone())
    }

    /// The plan of a preview, to be ordered.
    pub(crate) fn to_order(&self, name: &str) -> Result<(Ask, SealPlan), Failure> {
        let known = self.kept(name, |kept| {
            let fresh = kept.made.elapsed() < TO_ORDER;
            fresh.then(|| (kept.ask.clone(), kept.solved.plan.clone()))
        });
        known.flatten().ok_or_else(|| {
            Failure::conflict(format!(
                "{name} is no preview of the last two minutes: its times do not hold any more; ask anew"
            ))
            .coded(Coded::seal_preview())
        })
    }

    /// From now on the containment of that incident asks this.
    pub(crate) fn takes_over(&self, app: &App, ask: Ask) {
        let goes_on =
            |incident| app.board.look(|state, _| state.containment_of(incident).is_some());
        let mut asked = lock(&self.asked);
        // What is over is forgotten; what was ordered just now may not be on the board yet.
        asked.retain(|(incident, made, _)| {
            *incident != ask.incident && (made.elapsed() < TO_ORDER || goes_on(*incident))
        });
        asked.push((ask.incident, Instant::now(), ask));
    }

    /// What a containment that goes on asks: what its order did, else what the record says.
    pub(crate) fn asked(&self, app: &App, id: ContainmentId) -> Result<Ask, Failure> {
        let recorded = app.board.look(|state, _| {
            let known = state.containments().get(&id);
            known.map(|known| Ask::recorded(state, known))
        });
        let over = || {
            Failure::missing(format!("{id} does not go on: it was never ordered, or it is over"))
        };
        let recorded = recorded.ok_or_else(over)??;
        let asked = lock(&self.asked);
        let known = asked.iter().find(|(incident, ..)| *incident == recorded.incident);
        Ok(known.map_or(recorded, |(.., ask)| ask.clone()))
    }

    /// Forgets what was asked for incidents that are not sealed off any more.
    pub(crate) fn forget(&self, app: &App) {
        lock(&self.kept).1.retain(|one| one.made.elapsed() < HELD);
        let goes_on =
            |incident| app.board.look(|state, _| state.containment_of(incident).is_some());
        let mut asked = lock(&self.asked);
        asked.retain(|(incident, made, _)| made.elapsed() < TO_ORDER || goes_on(*incident));
        drop(asked);
        lock(&self.slots).retain(|(_, slot)| {
            let Ok(slot) = slot.try_lock() else { return true };
            slot.as_ref().is_some_and(|(made, _)| made.elapsed() < HELD)
        });
    }
}
