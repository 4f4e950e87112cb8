//! Checkpoints at work: lanes, staff, and what was counted. Counts are of vehicles, people and things: nobody who passes is known.

pub(crate) mod apply;
mod decide;
mod rejection;

use std::collections::BTreeMap;

use precinct_base::{Millis, Timestamp};
use serde::{Deserialize, Serialize};

pub(crate) use self::decide::step;
pub use self::rejection::CheckpointRejection;
use crate::{Code, CountId, Moment, StaffNo};

/// How many things of a type were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Find {
    /// What was found, a hazard of the catalogue: a thing, never a person.
    pub kind: Code,
    /// How many times.
    pub count: u32,
}

/// What was counted at a checkpoint from one instant to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// Vehicles that passed.
    pub vehicles: u32,
    /// People that passed, those in vehicles among them.
    pub people: u32,
    /// What was found, by rising type.
    pub finds: Vec<Find>,
    /// Vehicles that waited at the end; none is not counted.
    pub queue: Option<u32>,
}

/// An entry of what was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Its number.
    pub count: CountId,
    /// When it was entered.
    pub at: Moment,
    /// By whom.
    pub by: StaffNo,
    /// Lanes that were open when it was entered.
    pub lanes: u8,
    /// What was counted.
    pub tally: Tally,
    /// The later entry that is right in its place.
    pub corrected: Option<CountId>,
}

/// A checkpoint at work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Lanes that are open.
    pub lanes: u8,
    /// How many people work there.
    pub staff: u16,
    /// Since when it is so; none is that nobody has said.
    pub since: Option<Moment>,
    /// What was counted of late, in order of entry. What is older is in the record.
    pub counts: Vec<Count>,
}

impl Checkpoint {
    /// Entries that hold: those that no later one corrects.
    pub fn holding(&self) -> impl Iterator<Item = &Count> {
        self.counts.iter().filter(|count| count.corrected.is_none())
    }

    /// The last entry that holds and says how many vehicles waited.
    pub fn queued(&self) -> Option<&Count> {
        let known = self.holding().filter(|count| count.tally.queue.is_some());
        known.max_by_key(|count| count.tally.until)
    }

    /// What was found by the entries that hold, by rising type.
    pub fn finds(&self) -> impl Iterator<Item = Find> {
        let mut found: BTreeMap<Code, u32> = BTreeMap::new();
        for find in self.holding().flat_map(|count| &count.tally.finds) {
            let sum = found.entry(find.kind).or_default();
            *sum = sum.saturating_add(find.count);
        }
        found.into_iter().map(|(kind, count)| Find { kind, count })
    }

    /// How long who joins the queue waits, if vehicles pass as fast by lane as they did when it was counted; none where it cannot be told.
    pub fn wait(&self) -> Option<Millis> {
        let Count { lanes, tally, .. } = self.queued()?;
        let queue = tally.queue?;
        if queue == 0 {
            return Some(Millis::ZERO);
        }
        let lasted = u128::try_from(tally.until.0 - tally.from.0).ok()?;
        // Each of so many lanes let so many pass in that time.
        let lane_time = u128::from(queue) * lasted * u128::from(*lanes);
        let passed = u128::from(tally.vehicles) * u128::from(self.lanes);
        let wait = lane_time.checked_div(passed).filter(|_| *lanes > 0)?;
        u32::try_from(wait).ok().map(Millis)
    }
}
