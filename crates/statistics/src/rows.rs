//! What is kept of an incident and of a task: as little as figures need.

use std::collections::BTreeMap;

use precinct_base::{AreaId, Instant, Millis, UnitId};
use precinct_core::{Advice, Beside, Code, IncidentId, Priority, Source};

/// Types of incident by number, so that a row need not hold their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds {
    codes: Vec<Code>,
    numbers: BTreeMap<Code, u32>,
}

impl Kinds {
    /// The number of a type.
    pub(crate) fn number(&mut self, code: Code) -> u32 {
        *self.numbers.entry(code).or_insert_with(|| {
            self.codes.push(code);
            self.codes.len() as u32 - 1
        })
    }

    /// The type of a number that was given out.
    pub(crate) fn code(&self, number: u32) -> Option<Code> {
        self.codes.get(number as usize).copied()
    }
}

/// Where an incident is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    /// It goes on.
    Open,
    /// It goes on under another.
    Merged(IncidentId),
    /// It is over.
    Closed,
}

/// An incident. Steps are told since it was taken in; one that is missing is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: IncidentId,
    /// When it was entered: later than it was taken in, if that was on paper.
    pub(crate) entered: Instant,
    pub(crate) opened: Instant,
    pub(crate) area: AreaId,
    pub(crate) source: Source,
    /// Its type at intake, and now.
    pub(crate) kinds: [u32; 2],
    /// Its urgency at intake, and when it was entered that the first unit was sent; now, if none was.
    pub(crate) priorities: [Priority; 2],
    pub(crate) life: Life,
    /// When the first unit was sent.
    pub(crate) sent: Option<Millis>,
    /// When the first unit was there, sent or not.
    pub(crate) there: Option<Millis>,
    /// Of the units that were sent, when the first was there, and how long that was since it was sent.
    pub(crate) arrival: Option<(Millis, Millis)>,
}

/// Keeps the lesser of what is known and what is told.
pub(crate) fn least<T: Ord>(known: &mut Option<T>, told: T) {
    if known.as_ref().is_none_or(|known| told < *known) {
        *known = Some(told);
    }
}

/// What was on record of a recommendation when a unit was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Advised {
    /// Nothing.
    No,
    /// There was one, and what taking another unit cost cannot be told.
    Unknown {
        /// Whether the first of those recommended was taken.
        first: bool,
    },
    /// There was one.
    Known {
        /// Whether the first of those recommended was taken.
        first: bool,
        /// How much longer the unit taken was by road than the best then available.
        regret: Millis,
    },
}

impl From<Option<&Advice>> for Advised {
    fn from(advice: Option<&Advice>) -> Self {
        let Some(advice) = advice else { return Self::No };
        let first = advice.rank == Some(0);
        advice.regret().map_or(Self::Unknown { first }, |regret| Self::Known { first, regret })
    }
}

/// A task of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Task {
    pub(crate) incident: IncidentId,
    pub(crate) unit: UnitId,
    /// When that was entered.
    pub(crate) entered: Instant,
    /// When it was sent, or came upon it.
    pub(crate) at: Instant,
    /// Whether it came upon it by itself.
    pub(crate) on_view: bool,
    /// Whether it was sent to hold a point round its incident: where it arrives is not where that is.
    pub(crate) posted: bool,
    /// Where it was thought to be then.
    pub(crate) area: AreaId,
    /// The urgency that its incident is counted under.
    pub(crate) priority: Priority,
    /// How long until it had its task.
    pub(crate) acknowledged: Option<Millis>,
    /// How long until it set out.
    pub(crate) en_route: Option<Millis>,
    pub(crate) advised: Advised,
    /// What the policy that was watched would have done.
    pub(crate) beside: Option<Box<Beside>>,
}
