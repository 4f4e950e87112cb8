//! The writer's side: tours, fixes and their verdicts.

use std::collections::BTreeMap;

use precinct_base::{LonLat, Millis, Timestamp, UnitId, caps};

use crate::columns::{Cold, Hot};
use crate::plausible::Stand;
use crate::publish::Publisher;
use crate::{Fix, Heard, OnStreet, Reader, Rules, Sos, Tally, Verdict};

/// Fixes of a batch whose units are looked up together.
const FEW: usize = 32;

/// A unit's number is beyond the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unit {unit} cannot have a place: units are numbered below {limit}", limit = caps::UNITS)]
pub struct UnitOutOfRange {
    /// Its number.
    pub unit: UnitId,
}

/// Since when a unit is on duty, in eight bytes. The two last instants stand for something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Duty(i64);

impl Duty {
    const NEVER: Self = Self(i64::MAX);
    const OFF: Self = Self(i64::MAX - 1);

    fn since(at: Timestamp) -> Self {
        Self(at.0.min(Self::OFF.0 - 1))
    }

    fn began(self) -> Option<Timestamp> {
        (self.0 < Self::OFF.0).then_some(Timestamp(self.0))
    }
}

/// The latest fix of every unit on duty, for one writer.
///
/// Readers have a [`Reader`] and see what was so at the last [`tick`](Positions::tick).
#[derive(Debug)]
pub struct Positions {
    rules: Rules,
    duty: Vec<Duty>,
    hot: Vec<Hot>,
    cold: Vec<Cold>,
    /// Fixes held back as jumps, one a unit at most.
    held: BTreeMap<UnitId, Stand>,
    tally: Tally,
    publisher: Publisher,
}

impl Positions {
    /// Nobody on duty yet.
    pub fn new(rules: Rules) -> Self {
        Self {
            rules,
            duty: Vec::new(),
            hot: Vec::new(),
            cold: Vec::new(),
            held: BTreeMap::new(),
            tally: Tally::default(),
            publisher: Publisher::default(),
        }
    }

    /// `unit` is on duty from `at` on. A tour it had before is over.
    pub fn begin_tour(&mut self, unit: UnitId, at: Timestamp) -> Result<(), UnitOutOfRange> {
        if unit.index() >= caps::UNITS {
            return Err(UnitOutOfRange { unit });
        }
        let count = self.duty.len().max(unit.index() + 1);
        self.duty.resize(count, Duty::NEVER);
        self.hot.resize(count, Hot::none());
        self.cold.resize(count, Cold::NONE);
        self.wipe(unit);
        self.duty[unit.index()] = Duty::since(at);
        Ok(())
    }

    /// `unit` is off duty: its place is wiped here now, and from what readers see at the next tick.
    pub fn end_tour(&mut self, unit: UnitId) {
        if self.began(unit).is_some() {
            self.wipe(unit);
            self.duty[unit.index()] = Duty::OFF;
        }
    }

    /// Since when `unit` is on duty; `None` if it is not.
    pub fn began(&self, unit: UnitId) -> Option<Timestamp> {
        self.duty.get(unit.index()).and_then(|duty| duty.began())
    }

    fn wipe(&mut self, unit: UnitId) {
        self.hot[unit.index()] = Hot::none();
        self.cold[unit.index()] = Cold::NONE;
        self.held.remove(&unit);
    }

    /// Hears a fix at `now`.
    pub fn accept(&mut self, now: Timestamp, fix: &Fix) -> Heard<Verdict> {
        let verdict = self.judge(now, fix);
        self.tally.count(verdict);
        let calls = if fix.sos { vec![Sos::of(fix, verdict)] } else { Vec::new() };
        Heard::new(calls, verdict)
    }

    /// Hears many fixes, in their order; `each` is told of every one with its verdict, for the track and for finding its street.
    pub fn accept_batch(
        &mut self,
        now: Timestamp,
        fixes: impl IntoIterator<Item = Fix>,
        mut each: impl FnMut(&Fix, Verdict),
    ) -> Heard<Tally> {
        let (mut tally, mut calls) = (Tally::default(), Vec::new());
        let (mut fixes, mut few) = (fixes.into_iter(), Vec::with_capacity(FEW));
        loop {
            few.extend(fixes.by_ref().take(FEW));
            if few.is_empty() {
                break;
            }
            self.look_ahead(&few);
            for fix in few.drain(..) {
                let verdict = self.judge(now, &fix);
                tally.count(verdict);
                if fix.sos {
                    calls.push(Sos::of(&fix, verdict));
                }
                each(&fix, verdict);
            }
        }
        self.tally.add(&tally);
        Heard::new(calls, tally)
    }

    /// Reads what the judgement of these fixes will. Units report in any order, so a judgement mostly waits for memory: here the
    /// waits of all run at once.
    fn look_ahead(&self, fixes: &[Fix]) {
        let look = |fix: &Fix| {
            let index = fix.unit.index();
            let (hot, cold) = (self.hot.get(index), self.cold.get(index));
            let held = cold.is_some_and(Cold::is_held);
            self.began(fix.unit).is_some() & hot.is_some_and(Hot::is_some) & held
        };
        std::hint::black_box(fixes.iter().filter(|fix| look(fix)).count());
    }

    fn judge(&mut self, now: Timestamp, fix: &Fix) -> Verdict {
        let index = fix.unit.index();
        let Some(&duty) = self.duty.get(index).filter(|duty| **duty != Duty::NEVER) else {
            return Verdict::UnknownUnit;
        };
        let Some(began) = duty.began() else { return Verdict::OffDuty };
        if self.is_ahead(now, fix.time) {
            return Verdict::Future { ahead: between(now, fix.time) };
        }
        if fix.time < began || fix.time.0 == i64::MIN {
            return Verdict::OffDuty;
        }
        let latest = self.hot[index];
        // A latest that is ahead of now was taken before the system's own clock was set back. It may not hide what comes.
        let known = latest.is_some() && !self.is_ahead(now, latest.time);
        if known && latest.time >= fix.time {
            let by = between(fix.time, latest.time);
            return if by == Millis::ZERO { Verdict::Duplicate } else { Verdict::Older { by } };
        }
        let jump = if known { self.jump(&latest, fix) } else { None };
        let jumped = match jump {
            Some(_) if self.agrees_with_held(fix) => true,
            Some(jump) => return self.hold(fix, jump),
            None => false,
        };
        self.take(fix);
        Verdict::Taken { jumped }
    }

    const fn is_ahead(&self, now: Timestamp, time: Timestamp) -> bool {
        time.0 > now.0.saturating_add(self.rules.ahead.0 as i64)
    }

    fn jump(&self, latest: &Hot, fix: &Fix) -> Option<Verdict> {
        let accuracy = self.cold[fix.unit.index()].accuracy();
        let from = Stand { at: latest.at, time: latest.time, accuracy };
        let distance = from.jump(&stand(fix), &self.rules)?;
        Some(Verdict::Jump { distance, within: between(latest.time, fix.time) })
    }

    fn agrees_with_held(&self, fix: &Fix) -> bool {
        let held = self.held.get(&fix.unit);
        held.is_some_and(|held| {
            held.time < fix.time && held.jump(&stand(fix), &self.rules).is_none()
        })
    }

    fn hold(&mut self, fix: &Fix, jump: Verdict) -> Verdict {
        self.held.insert(fix.unit, stand(fix));
        self.cold[fix.unit.index()].set_held();
        jump
    }

    fn take(&mut self, fix: &Fix) {
        let cold = &mut self.cold[fix.unit.index()];
        if cold.is_held() {
            self.held.remove(&fix.unit);
        }
        cold.take(fix);
        self.hot[fix.unit.index()] = Hot { at: fix.at, time: fix.time };
    }

    /// The latest place of `unit` as the writer knows it.
    pub fn place(&self, unit: UnitId) -> Option<(LonLat, Timestamp)> {
        let hot = self.hot.get(unit.index()).filter(|hot| hot.is_some())?;
        Some((hot.at, hot.time))
    }

    /// Sets the street that the fix of `unit` at `time` is on; whether that fix is still its latest, or nothing is set.
    pub fn set_street(&mut self, unit: UnitId, time: Timestamp, street: OnStreet) -> bool {
        let latest = self.place(unit).is_some_and(|(_, latest)| latest == time);
        if latest {
            self.cold[unit.index()].set_street(street);
        }
        latest
    }

    /// The last street that was set for `unit` in this tour, be it of an earlier fix than the latest: where to look first.
    pub fn last_street(&self, unit: UnitId) -> Option<OnStreet> {
        self.cold.get(unit.index()).and_then(Cold::last_street)
    }

    /// Publishes what is known at `now`: readers see all of it at once, and what they look at already stays as it was.
    pub fn tick(&mut self, now: Timestamp) {
        self.publisher.publish(now, &self.hot, &self.cold);
    }

    /// A door for readers; as many as wanted, on any thread.
    pub fn reader(&self) -> Reader {
        self.publisher.reader()
    }

    /// How many fixes had which verdict since the start.
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }
}

fn stand(fix: &Fix) -> Stand {
    Stand { at: fix.at, time: fix.time, accuracy: fix.accuracy }
}

/// The time from `earlier` to `later`, which is not the earlier one; the longest there is where it is longer.
fn between(earlier: Timestamp, later: Timestamp) -> Millis {
    later.since(earlier).unwrap_or(Millis::MAX)
}

#[cfg(test)]
mod tests;
