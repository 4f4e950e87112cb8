//! What falls due, and when.

use std::collections::BTreeSet;

use precinct_base::{AreaId, Instant, PostId, UnitId};
use serde::{Deserialize, Serialize};

use super::Clock;
use super::running::Running;
use crate::{ContainmentId, IncidentId, RingId, StaffNo};

/// Something that falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timer {
    /// A clock that somebody has to answer.
    Clock(Clock),
    /// What was ordered for a post ends.
    Post(PostId),
    /// The duty level of an area ends.
    DutyLevel(AreaId),
    /// A lent unit goes back.
    Aid(UnitId),
    /// A closed incident leaves the board.
    Archive(IncidentId),
    /// Somebody acts within the policies again.
    Glass(StaffNo),
    /// The contact of an incident is erased.
    Contact(IncidentId),
    /// What was ordered for a ring ends.
    Ring(RingId),
    /// A containment ends.
    Containment(ContainmentId),
    /// The policy that is watched is watched no more.
    Shadow,
}

/// How far a clock has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// When it next falls due.
    pub due: Instant,
    /// How often somebody was told since it was last answered: 0 is not yet.
    pub told: u8,
}

/// Everything that will fall due, by instant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(Timer, Alarm)>", into = "Vec<(Timer, Alarm)>")]
pub struct Timers {
    running: Running,
    by_instant: BTreeSet<(Instant, Timer)>,
}

impl Timers {
    /// The next instant at which something falls due.
    pub fn next(&self) -> Option<Instant> {
        self.by_instant.first().map(|&(due, _)| due)
    }

    /// What has fallen due by `now`, the earliest first.
    pub fn due(&self, now: Instant) -> impl Iterator<Item = (Timer, Alarm)> {
        let until = self.by_instant.iter().take_while(move |&&(due, _)| due <= now);
        until.map(|&(due, timer)| (timer, self.get(timer).unwrap_or(Alarm { due, told: 0 })))
    }

    /// A timer, if it runs.
    pub fn get(&self, timer: Timer) -> Option<Alarm> {
        self.running.get(timer)
    }

    /// Clocks that have run out and were not answered, with how often somebody was told.
    pub fn ringing(&self) -> impl Iterator<Item = (Clock, u8)> {
        self.running.iter().filter_map(|(timer, alarm)| match timer {
            Timer::Clock(clock) if alarm.told > 0 => Some((clock, alarm.told)),
            _ => None,
        })
    }

    /// How many run.
    pub fn len(&self) -> usize {
        self.by_instant.len()
    }

    /// Whether none runs.
    pub fn is_empty(&self) -> bool {
        self.by_instant.is_empty()
    }

    /// Starts a timer, or starts it anew.
    pub(crate) fn set(&mut self, timer: Timer, due: Instant, told: u8) {
        if let Some(before) = self.running.insert(timer, Alarm { due, told }) {
            self.by_instant.remove(&(before.due, timer));
        }
        self.by_instant.insert((due, timer));
    }

    /// Stops a timer; one that does not run stays so.
    pub(crate) fn stop(&mut self, timer: Timer) {
        if let Some(before) = self.running.remove(timer) {
            self.by_instant.remove(&(before.due, timer));
        }
    }
}

impl From<Vec<(Timer, Alarm)>> for Timers {
    fn from(list: Vec<(Timer, Alarm)>) -> Self {
        let by_instant = list.iter().map(|&(timer, alarm)| (alarm.due, timer)).collect();
        Self { running: list.into_iter().collect(), by_instant }
    }
}

impl From<Timers> for Vec<(Timer, Alarm)> {
    fn from(timers: Timers) -> Self {
        timers.running.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn timer(n: u32) -> Timer {
        if n.is_multiple_of(2) {
            Timer::Archive(IncidentId(n))
        } else {
            Timer::Clock(Clock::Unanswered(IncidentId(n)))
        }
    }

    proptest! {
        /// Against a plain list of (timer, due, told).
        #[test]
        fn timers_are_what_a_list_says(steps in prop::collection::vec((0u32..6, 0u64..20, 0u8..3, any::<bool>()), 0..60)) {
            let mut timers = Timers::default();
            let mut list: Vec<(Timer, u64, u8)> = Vec::new();
            for (n, due, told, set) in steps {
                let which = timer(n);
                list.retain(|entry| entry.0 != which);
                if set {
                    timers.set(which, Instant(due), told);
                    list.push((which, due, told));
                } else {
                    timers.stop(which);
                }
                list.sort_by_key(|&(which, due, _)| (due, which));
                prop_assert_eq!(timers.next(), list.first().map(|entry| Instant(entry.1)));
                let due: Vec<_> = timers.due(Instant(9)).map(|(t, a)| (t, a.due.0, a.told)).collect();
                let expected: Vec<_> = list.iter().copied().filter(|e| e.1 <= 9).collect();
                prop_assert_eq!(due, expected);
                prop_assert_eq!((timers.len(), timers.is_empty()), (list.len(), list.is_empty()));
                let mut ringing: Vec<_> = list.iter().filter_map(|&(t, _, told)| match t {
                    Timer::Clock(clock) if told > 0 => Some((clock, told)),
                    _ => None,
                }).collect();
                ringing.sort();
                prop_assert_eq!(timers.ringing().collect::<Vec<_>>(), ringing);
                let json = serde_json::to_string(&timers).unwrap();
                prop_assert_eq!(serde_json::from_str::<Timers>(&json).unwrap(), timers.clone());
            }
        }
    }
}
