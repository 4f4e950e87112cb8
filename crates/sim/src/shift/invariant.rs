//! What must always hold, by name; each is counted when it is looked at, so that one that is never looked at is seen.

use std::collections::BTreeMap;
use std::fmt;

macro_rules! invariants {
    ($($(#[$doc:meta])* $name:ident = $id:literal),+ $(,)?) => {
        /// Something that must always hold.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Invariant { $($(#[$doc])* $name),+ }

        impl Invariant {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in reports.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }
        }
    };
}

invariants! {
    /// No unit is on two scenes.
    OneScene = "one-scene",
    /// No unit holds two points, and nobody who was let go is left at one.
    OnePoint = "one-point",
    /// No incident that was taken in is lost: it is on the board, or it was closed and archived.
    NoIncidentLost = "no-incident-lost",
    /// Every acknowledged command is in the record, where and as it was acknowledged.
    AcknowledgedKept = "acknowledged-kept",
    /// No command has effect twice.
    Once = "once",
    /// The instants of a task rise along its life, and those of records along the journal.
    InstantsRise = "instants-rise",
    /// Every clock that should run runs, no other does, and none is left ringing without the next in line being told.
    ClocksAnswered = "clocks-answered",
    /// The state rebuilt from the records is the live one.
    ReplayIsLive = "replay-is-live",
    /// Every record follows on the one before.
    ChainWhole = "chain-whole",
    /// A text that the record says is erased has no key.
    ErasedIsGone = "erased-is-gone",
    /// An officer's call for help is never refused, and somebody is told in the same breath.
    SosAtOnce = "sos-at-once",
    /// No plan holds that was not tried on days it was not made from and approved by a second person.
    PlansProven = "plans-proven",
}

impl fmt::Display for Invariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// An invariant that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which.
    pub invariant: Invariant,
    /// When, in milliseconds since the shift began.
    pub at: u64,
    /// What was seen.
    pub what: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {} ms: {}", self.invariant, self.at, self.what)
    }
}

/// How often each was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<Invariant, u64>);

impl Counts {
    pub(super) fn add(&mut self, invariant: Invariant, count: u64) {
        *self.0.entry(invariant).or_default() += count;
    }

    /// How often it was looked at.
    pub fn of(&self, invariant: Invariant) -> u64 {
        self.0.get(&invariant).copied().unwrap_or_default()
    }

    /// Adds those of another shift.
    pub fn merge(&mut self, other: &Self) {
        for (&invariant, &count) in &other.0 {
            self.add(invariant, count);
        }
    }
}
