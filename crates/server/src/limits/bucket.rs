//! The counts: for each who and each class of door a bucket that fills steadily and is emptied by requests (GCRA, as `governor` has it).

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};

use governor::clock::{Clock, MonotonicClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use precinct_base::caps;
use precinct_core::StaffNo;
use precinct_engine::Chance as _;
use precinct_engine::live::SystemChance;

use super::Class;
use crate::door::Failure;
use precinct_wire::Coded;

/// Who comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Somebody with a session, or a device.
    Person,
    /// A machine with a key.
    Machine,
    /// Somebody who is not known, by address.
    Stranger,
}

const KINDS: [Kind; 3] = [Kind::Person, Kind::Machine, Kind::Stranger];
const CLASSES: [Class; 4] = [Class::Commands, Class::Reads, Class::Searches, Class::Positions];

/// How many a second, and how many at once after a pause.
fn rate(kind: Kind, class: Class) -> (u32, u32) {
    match (kind, class) {
        (Kind::Person, Class::Commands) => caps::PERSON_COMMANDS,
        (Kind::Person, Class::Reads) => caps::PERSON_READS,
        (Kind::Person, Class::Searches) => caps::PERSON_SEARCHES,
        (Kind::Person, Class::Positions) => caps::DEVICE_POSITIONS,
        (Kind::Machine, Class::Commands) => caps::MACHINE_COMMANDS,
        (Kind::Machine, Class::Reads) => caps::MACHINE_READS,
        (Kind::Machine, Class::Searches) => caps::MACHINE_SEARCHES,
        (Kind::Machine, Class::Positions) => caps::GATEWAY_FRAMES,
        (Kind::Stranger, _) => caps::STRANGERS,
    }
}

type Limiter<C> =
    RateLimiter<u64, HashMapStateStore<u64>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// Somebody whose session or key is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) kind: Kind,
    /// Whose it is, unless it is a device's.
    pub(crate) staff: Option<StaffNo>,
}

/// The counts. Of who comes they hold nothing but a hash that is another after every start.
pub(crate) struct Limits<C: Clock + Clone = MonotonicClock> {
    clock: C,
    limiters: BTreeMap<(Kind, Class), Limiter<C>>,
    known: Mutex<BTreeMap<u64, Known>>,
    /// Chance, so that nobody can work a number out.
    salt: [u8; 16],
}

impl<C: Clock + Clone> std::fmt::Debug for Limits<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Limits")
    }
}

impl Limits {
    pub(crate) fn new() -> Self {
        Self::with(MonotonicClock)
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn with(clock: C) -> Self {
        let limiter = |kind, class| {
            let (second, at_once) = rate(kind, class);
            let least = NonZeroU32::MIN;
            let quota = Quota::per_second(NonZeroU32::new(second).unwrap_or(least));
            let quota = quota.allow_burst(NonZeroU32::new(at_once).unwrap_or(least));
            RateLimiter::hashmap_with_clock(quota, clock.clone())
        };
        // Strangers are counted together, whatever they come for.
        let all = KINDS.iter().flat_map(|&kind| CLASSES.iter().map(move |&class| (kind, class)));
        let all = all.filter(|&(kind, class)| kind != Kind::Stranger || class == Class::Reads);
        let limiters = all.map(|(kind, class)| ((kind, class), limiter(kind, class))).collect();
        let mut salt = [0; 16];
        SystemChance.fill(&mut salt);
        Self { clock, limiters, known: Mutex::default(), salt }
    }

    /// A number for who comes, by which nobody is found.
    pub(crate) fn number(&self, of: impl Hash) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.salt, of).hash(&mut hasher);
        hasher.finish()
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<u64, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whose session or key has this number, if it is remembered.
    pub(crate) fn remembered(&self, number: u64) -> Option<Known> {
        self.known().get(&number).copied()
    }

    /// Remembers whose session or key has this number.
    pub(crate) fn remember(&self, number: u64, who: Known) {
        let mut known = self.known();
        if known.len() >= caps::REMEMBERED {
            known.clear();
        }
        known.insert(number, who);
    }

    /// Counts a request, or says when to come again.
    pub(crate) fn count(&self, kind: Kind, class: Class, number: u64) -> Result<(), Failure> {
        let class = if kind == Kind::Stranger { Class::Reads } else { class };
        let Some(limiter) = self.limiters.get(&(kind, class)) else { return Ok(()) };
        // Those for whom there is no room share one count.
        let number = if limiter.len() < caps::COUNTED { number } else { 0 };
        limiter.check_key(&number).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            let seconds = u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX);
            let (second, _) = rate(kind, class);
            metrics::counter!("precinct_held_up_total").increment(1);
            Failure::too_often(
                seconds.max(1),
                format!("these were more than {second} requests of one kind a second, for long: wait as Retry-After says"),
            )
            .coded(Coded::too_often(u64::from(seconds.max(1)) * 1_000))
        })
    }

    /// Forgets the counts that are as if nobody had come.
    pub(crate) fn forget(&self) {
        for limiter in self.limiters.values() {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::http::{StatusCode, header};
    use axum::response::IntoResponse as _;
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn passes(limits: &Limits<FakeRelativeClock>, kind: Kind, class: Class, number: u64) -> u32 {
        let mut passed = 0;
        while limits.count(kind, class, number).is_ok() {
            passed += 1;
        }
        passed
    }

    #[test]
    fn each_has_its_own_count_that_fills_again() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::with(clock.clone());
        let (second, at_once) = caps::PERSON_SEARCHES;
        let search = |number| passes(&limits, Kind::Person, Class::Searches, number);
        assert_eq!((search(1), search(1), search(2)), (at_once, 0, at_once));
        assert_eq!(passes(&limits, Kind::Person, Class::Commands, 1), caps::PERSON_COMMANDS.1);
        clock.advance(Duration::from_secs(3));
        assert_eq!(search(1), 3 * second);
        let refused = limits.count(Kind::Person, Class::Searches, 1).unwrap_err().into_response();
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.headers()[header::RETRY_AFTER], "1");
        // After a long pause nothing is left of it.
        clock.advance(Duration::from_hours(1));
        limits.forget();
        assert!(limits.limiters.values().all(Limiter::is_empty));
    }

    #[test]
    fn strangers_are_counted_by_address_whatever_they_come_for() {
        let limits = Limits::with(FakeRelativeClock::default());
        assert_eq!(passes(&limits, Kind::Stranger, Class::Commands, 1), caps::STRANGERS.1);
        assert!(limits.count(Kind::Stranger, Class::Reads, 1).is_err());
        assert!(limits.count(Kind::Stranger, Class::Reads, 2).is_ok());
    }

    /// What a nation sends, in frames of 500: 740,000 fixes a second for a minute.
    #[test]
    fn a_gateway_sends_the_fixes_of_a_nation() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::with(clock.clone());
        let frames = 740_000 / 500;
        for _ in 0..60 {
            for _ in 0..frames {
                limits.count(Kind::Machine, Class::Positions, 1).unwrap();
            }
            clock.advance(Duration::from_secs(1));
        }
        assert!(passes(&limits, Kind::Machine, Class::Positions, 1) <= caps::GATEWAY_FRAMES.1);
    }

    /// A control room behind one key, as `make load` is: 2,500 commands a second, advice for every seventh.
    #[test]
    fn a_control_room_works_under_one_key() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::with(clock.clone());
        for _ in 0..60 {
            for n in 0..2_500 {
                limits.count(Kind::Machine, Class::Commands, 1).unwrap();
                if n % 7 == 0 {
                    limits.count(Kind::Machine, Class::Searches, 1).unwrap();
                }
            }
            clock.advance(Duration::from_secs(1));
        }
    }

    #[test]
    fn what_is_remembered_has_an_end() {
        let limits = Limits::with(FakeRelativeClock::default());
        let known = Known { kind: Kind::Machine, staff: None };
        for number in 0..=caps::REMEMBERED as u64 {
            limits.remember(number, known);
        }
        assert_eq!(limits.remembered(caps::REMEMBERED as u64), Some(known));
        assert!(limits.known().len() <= caps::REMEMBERED);
        assert_eq!(limits.number("a"), limits.number("a"));
        assert_ne!(limits.number("a"), limits.number("b"));
    }
}
