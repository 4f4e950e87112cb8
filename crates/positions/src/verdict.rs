//! What became of a fix, and calls for help that no verdict can swallow.

use precinct_base::{LonLat, Metres, Millis, Timestamp, UnitId};

use crate::Fix;

/// What became of a fix's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the unit's latest now.
    Taken {
        /// Whether it agreed with one that was held back as a jump, so that the unit did move so far.
        jumped: bool,
    },
    /// No unit of this number was ever on duty here.
    UnknownUnit,
    /// The unit is not on duty, or was not yet when the fix was made: nothing of it is kept.
    OffDuty,
    /// It is dated after now; the device's clock is wrong.
    Future {
        /// By how much, at most 49 days.
        ahead: Millis,
    },
    /// The unit's latest is of the same instant.
    Duplicate,
    /// The unit has a later one; this one was sent late.
    Older {
        /// By how much, at most 49 days.
        by: Millis,
    },
    /// Nobody goes so far in that time. It is held back until the next fix agrees with it.
    Jump {
        /// How far it is from the latest.
        distance: Metres,
        /// The time from the latest, at most 49 days.
        within: Millis,
    },
}

impl Verdict {
    /// Whether the fix belongs to the track of its unit: it is the latest, or a true one that came late.
    pub const fn is_tracked(self) -> bool {
        matches!(self, Self::Taken { .. } | Self::Older { .. })
    }
}

/// A unit called for help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sos {
    /// Who called.
    pub unit: UnitId,
    /// Where the device said it was. It may be wrong: see the verdict that comes with it.
    pub at: LonLat,
    /// When, by the device; its clock may be wrong too.
    pub time: Timestamp,
    /// What became of the place it came with.
    pub verdict: Verdict,
}

impl Sos {
    pub(crate) const fn of(fix: &Fix, verdict: Verdict) -> Self {
        Self { unit: fix.unit, at: fix.at, time: fix.time, verdict }
    }
}

/// What was heard. There is no way to the answer that does not pass by the calls for help: a duplicate, a fix of a unit off duty or
/// one from next year still calls. Devices repeat a call until somebody answers it, so one call may come many times.
#[must_use = "somebody may be calling for help"]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard<T> {
    /// Nobody calls for help.
    Calm(T),
    /// Somebody does.
    Sos {
        /// Each call, in the order of the fixes; at least one.
        calls: Vec<Sos>,
        /// The answer otherwise.
        answer: T,
    },
}

impl<T> Heard<T> {
    pub(crate) fn new(calls: Vec<Sos>, answer: T) -> Self {
        if calls.is_empty() { Self::Calm(answer) } else { Self::Sos { calls, answer } }
    }
}

/// How many fixes had which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Became the latest.
    pub taken: u64,
    /// Of unknown units.
    pub unknown_unit: u64,
    /// Of units not on duty.
    pub off_duty: u64,
    /// Dated after now.
    pub future: u64,
    /// Of the same instant as the latest.
    pub duplicate: u64,
    /// Before the latest.
    pub older: u64,
    /// Held back as jumps.
    pub jump: u64,
}

impl Tally {
    /// How many there were.
    pub const fn all(&self) -> u64 {
        self.taken + self.left_out()
    }

    /// How many did not become the latest.
    pub const fn left_out(&self) -> u64 {
        let Self { unknown_unit, off_duty, future, duplicate, older, jump, .. } = *self;
        unknown_unit + off_duty + future + duplicate + older + jump
    }

    pub(crate) const fn count(&mut self, verdict: Verdict) {
        let counter = match verdict {
            Verdict::Taken { .. } => &mut self.taken,
            Verdict::UnknownUnit => &mut self.unknown_unit,
            Verdict::OffDuty => &mut self.off_duty,
            Verdict::Future { .. } => &mut self.future,
            Verdict::Duplicate => &mut self.duplicate,
            Verdict::Older { .. } => &mut self.older,
            Verdict::Jump { .. } => &mut self.jump,
        };
        *counter += 1;
    }

    pub(crate) const fn add(&mut self, other: &Self) {
        self.taken += other.taken;
        self.unknown_unit += other.unknown_unit;
        self.off_duty += other.off_duty;
        self.future += other.future;
        self.duplicate += other.duplicate;
        self.older += other.older;
        self.jump += other.jump;
    }
}
