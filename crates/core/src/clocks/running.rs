//! Timers that run, by what they are of. Each sort has a list of its own: lists stay short, and are looked through by number alone.

use std::collections::BTreeMap;

use precinct_base::{AreaId, PostId, UnitId};

use super::{Alarm, Clock, Timer};
use crate::{ContainmentId, IncidentId, RingId, SosId, StaffNo};

/// The sorts of timer that are of something numbered, in the order of [`Timer`].
const SORTS: [fn(u32) -> Timer; 13] = [
    |id| Timer::Clock(Clock::Unanswered(IncidentId(id))),
    |id| Timer::Clock(Clock::Unacknowledged(UnitId(id))),
    |id| Timer::Clock(Clock::Overdue(UnitId(id))),
    |id| Timer::Clock(Clock::Welfare(UnitId(id))),
    |id| Timer::Clock(Clock::Sos(SosId(id))),
    |id| Timer::Post(PostId(id)),
    |id| Timer::DutyLevel(AreaId(id)),
    |id| Timer::Aid(UnitId(id)),
    |id| Timer::Archive(IncidentId(id)),
    |id| Timer::Contact(IncidentId(id)),
    |id| Timer::Ring(RingId(id)),
    |id| Timer::Containment(ContainmentId(id)),
    |_| Timer::Shadow,
];

/// How many of them come before those of somebody who acts beyond the policies.
const BEFORE_GLASS: usize = 9;

/// What a timer is of.
enum Of {
    /// A number, among those of a sort.
    Number(usize, u32),
    /// Somebody who acts beyond the policies.
    Staff(StaffNo),
}

impl From<Timer> for Of {
    fn from(timer: Timer) -> Self {
        match timer {
            Timer::Clock(Clock::Unanswered(incident)) => Self::Number(0, incident.0),
            Timer::Clock(Clock::Unacknowledged(unit)) => Self::Number(1, unit.0),
            Timer::Clock(Clock::Overdue(unit)) => Self::Number(2, unit.0),
            Timer::Clock(Clock::Welfare(unit)) => Self::Number(3, unit.0),
            Timer::Clock(Clock::Sos(sos)) => Self::Number(4, sos.0),
            Timer::Post(post) => Self::Number(5, post.0),
            Timer::DutyLevel(area) => Self::Number(6, area.0),
            Timer::Aid(unit) => Self::Number(7, unit.0),
            Timer::Archive(incident) => Self::Number(8, incident.0),
            Timer::Contact(incident) => Self::Number(9, incident.0),
            Timer::Ring(ring) => Self::Number(10, ring.0),
            Timer::Containment(containment) => Self::Number(11, containment.0),
            Timer::Shadow => Self::Number(12, 0),
            Timer::Glass(staff) => Self::Staff(staff),
        }
    }
}

/// Timers that run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Running {
    numbered: [BTreeMap<u32, Alarm>; SORTS.len()],
    glass: BTreeMap<StaffNo, Alarm>,
}

impl Running {
    pub(super) fn get(&self, timer: Timer) -> Option<Alarm> {
        match timer.into() {
            Of::Number(sort, id) => self.numbered[sort].get(&id),
            Of::Staff(staff) => self.glass.get(&staff),
        }
        .copied()
    }

    /// Puts a timer in; gives what was known of it before.
    pub(super) fn insert(&mut self, timer: Timer, alarm: Alarm) -> Option<Alarm> {
        match timer.into() {
            Of::Number(sort, id) => self.numbered[sort].insert(id, alarm),
            Of::Staff(staff) => self.glass.insert(staff, alarm),
        }
    }

    /// Takes a timer out; gives what was known of it.
    pub(super) fn remove(&mut self, timer: Timer) -> Option<Alarm> {
        match timer.into() {
            Of::Number(sort, id) => self.numbered[sort].remove(&id),
            Of::Staff(staff) => self.glass.remove(&staff),
        }
    }

    /// All of them, in the order of [`Timer`].
    pub(super) fn iter(&self) -> impl Iterator<Item = (Timer, Alarm)> {
        let of_sort = |sort: usize| {
            let list = self.numbered[sort].iter();
            list.map(move |(&id, &alarm)| (SORTS[sort](id), alarm))
        };
        let glass = self.glass.iter().map(|(&staff, &alarm)| (Timer::Glass(staff), alarm));
        let before = (0..BEFORE_GLASS).flat_map(of_sort);
        before.chain(glass).chain((BEFORE_GLASS..SORTS.len()).flat_map(of_sort))
    }
}

impl FromIterator<(Timer, Alarm)> for Running {
    fn from_iter<I: IntoIterator<Item = (Timer, Alarm)>>(timers: I) -> Self {
        let mut running = Self::default();
        for (timer, alarm) in timers {
            running.insert(timer, alarm);
        }
        running
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use precinct_base::Instant;
    use proptest::prelude::*;

    use super::*;
    use crate::Code;

    fn timer() -> impl Strategy<Value = Timer> {
        let id = prop_oneof![0u32..4, Just(u32::MAX)];
        let staff = prop::sample::select(vec!["A1", "A11", "B1"]).prop_map(Code::literal);
        prop_oneof![
            9 => (prop::sample::select(&SORTS[..]), id).prop_map(|(sort, id)| sort(id)),
            1 => staff.prop_map(Timer::Glass),
        ]
    }

    proptest! {
        /// Against one list of all.
        #[test]
        fn sorts_apart_are_one_list(steps in prop::collection::vec((timer(), 0u64..9, any::<bool>()), 0..80)) {
            let (mut running, mut list) = (Running::default(), BTreeMap::new());
            for (timer, due, put) in steps {
                let alarm = Alarm { due: Instant(due), told: 0 };
                prop_assert_eq!(running.get(timer), list.get(&timer).copied());
                if put {
                    prop_assert_eq!(running.insert(timer, alarm), list.insert(timer, alarm));
                } else {
                    prop_assert_eq!(running.remove(timer), list.remove(&timer));
                }
                // In the same order, too: it is how they are written down.
                let all: Vec<_> = running.iter().collect();
                prop_assert_eq!(&all, &list.clone().into_iter().collect::<Vec<_>>());
                prop_assert_eq!(all.into_iter().collect::<Running>(), running.clone());
            }
        }
    }
}
