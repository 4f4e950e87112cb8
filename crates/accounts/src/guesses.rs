//! Guessing is slow: each wrong guess for an account from one source makes the next from there wait longer. From elsewhere the right
//! password is taken at once, so nobody can lock a colleague out.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use precinct_base::{Millis, Timestamp, caps};
use precinct_core::StaffNo;

/// Wrong guesses that cost nothing: people mistype.
const FREE: u32 = 3;
/// The first wait; it doubles with each guess.
const FIRST: Millis = Millis::from_seconds(1);
/// The longest wait.
const LONGEST: Millis = Millis::from_minutes(15);
/// After how long without a guess all is forgotten.
const FORGOTTEN: Millis = Millis::from_minutes(60);

/// Where a guess comes from: an IPv4 address, or the 64-bit network of an IPv6 one, of which one subscriber has all addresses. It is
/// kept in memory only.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source([u8; 16]);

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Source")
    }
}

impl Source {
    /// The source of an address.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(four) => Self(four.to_ipv6_mapped().octets()),
            IpAddr::V6(six) => {
                let mut octets = six.octets();
                octets[8..].fill(0);
                Self(octets)
            }
        }
    }
}

/// Too many wrong guesses from there: wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many wrong tries from here: try again in {for_ms}, or from another place")]
pub struct Wait {
    /// For how long.
    pub for_ms: Millis,
}

type Pair = (StaffNo, Source);

#[derive(Clone, Copy, Debug)]
struct Guessed {
    wrong: u32,
    last: Timestamp,
}

/// Wrong guesses by account and source, at most [`caps::GUESSERS`]; the oldest are forgotten first.
#[derive(Debug, Default)]
pub(crate) struct Guesses {
    by_pair: BTreeMap<Pair, Guessed>,
    by_age: BTreeSet<(Timestamp, Pair)>,
}

/// How long to wait after so many wrong guesses.
fn delay(wrong: u32) -> Millis {
    let Some(doublings) = wrong.checked_sub(FREE + 1) else { return Millis::ZERO };
    let delay = 1_u32.checked_shl(doublings).and_then(|times| FIRST.0.checked_mul(times));
    delay.map_or(LONGEST, |delay| Millis(delay.min(LONGEST.0)))
}

/// How long ago; a calendar that went back counts as no time.
fn ago(now: Timestamp, then: Timestamp) -> i64 {
    now.0.saturating_sub(then.0).max(0)
}

impl Guesses {
    /// A guess begins. It counts as wrong until it is said to be right, so that many at once gain nothing.
    pub(crate) fn begin(&mut self, now: Timestamp, pair: Pair) -> Result<(), Wait> {
        let before = self.by_pair.get(&pair).copied();
        let before = before.filter(|before| ago(now, before.last) <= i64::from(FORGOTTEN.0));
        if let Some(Guessed { wrong, last }) = before {
            let left = i64::from(delay(wrong).0) - ago(now, last);
            if left > 0 {
                return Err(Wait { for_ms: Millis(left as u32) });
            }
        }
        let wrong = before.map_or(0, |before| before.wrong).saturating_add(1);
        self.put(pair, Some(Guessed { wrong, last: now }));
        Ok(())
    }

    /// It was right.
    pub(crate) fn right(&mut self, pair: Pair) {
        self.put(pair, None);
    }

    /// It was not wrong, as far as it went.
    pub(crate) fn not_wrong(&mut self, pair: Pair) {
        let before = self.by_pair.get(&pair).copied();
        self.put(
            pair,
            before.map(|before| Guessed { wrong: before.wrong.saturating_sub(1), ..before }),
        );
    }

    fn put(&mut self, pair: Pair, guessed: Option<Guessed>) {
        if let Some(before) = self.by_pair.remove(&pair) {
            self.by_age.remove(&(before.last, pair));
        }
        let Some(guessed) = guessed else { return };
        if self.by_pair.len() >= caps::GUESSERS
            && let Some((_, oldest)) = self.by_age.pop_first()
        {
            self.by_pair.remove(&oldest);
        }
        self.by_pair.insert(pair, guessed);
        self.by_age.insert((guessed.last, pair));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(staff: &str, last: u8) -> Pair {
        (staff.parse().unwrap(), Source::of(IpAddr::from([192, 0, 2, last])))
    }

    /// How long one has to wait, if at all.
    fn wait(guesses: &mut Guesses, seconds: i64, pair: Pair) -> Option<u32> {
        guesses.begin(Timestamp(seconds * 1_000), pair).err().map(|wait| wait.for_ms.0 / 1_000)
    }

    #[test]
    fn guessing_is_slower_each_time_and_only_from_there() {
        let mut guesses = Guesses::default();
        let (here, there) = (pair("A1", 1), pair("A1", 2));
        for _ in 0..3 {
            assert_eq!(wait(&mut guesses, 0, here), None);
        }
        let mut now = 0;
        for delay in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900] {
            assert_eq!(wait(&mut guesses, now, here), None);
            assert_eq!(wait(&mut guesses, now, here), Some(delay));
            assert_eq!(wait(&mut guesses, now, there), None, "the right one from elsewhere");
            guesses.right(there);
            now += i64::from(delay);
        }
        // Asking while one has to wait makes it no longer, and right is right.
        assert_eq!(wait(&mut guesses, now, here), None);
        guesses.right(here);
        assert_eq!(wait(&mut guesses, now, here), None);
        assert!(guesses.by_pair.len() == 1 && guesses.by_age.len() == 1);
    }

    #[test]
    fn it_is_forgotten_after_an_hour_and_a_calendar_that_goes_back_locks_nobody_out_for_long() {
        let mut guesses = Guesses::default();
        let here = pair("A1", 1);
        for _ in 0..20 {
            let _ = guesses.begin(Timestamp(0), here);
        }
        assert_eq!(wait(&mut guesses, 0, here), Some(1));
        assert_eq!(wait(&mut guesses, -1_000_000, here), Some(1));
        assert_eq!(wait(&mut guesses, 3_601, here), None);
        assert_eq!(wait(&mut guesses, 3_601, here), None);
    }

    #[test]
    fn what_was_not_wrong_does_not_count() {
        let mut guesses = Guesses::default();
        let here = pair("A1", 1);
        for _ in 0..50 {
            assert_eq!(wait(&mut guesses, 0, here), None);
            guesses.not_wrong(here);
        }
        guesses.not_wrong(pair("A2", 9));
        assert_eq!(guesses.by_pair.len(), 1);
    }

    #[test]
    fn memory_has_an_end_and_the_oldest_goes() {
        let mut guesses = Guesses::default();
        let of = |n: usize| pair(&format!("A{n}"), 1);
        for n in 0..caps::GUESSERS + 10 {
            guesses.begin(Timestamp(n as i64), of(n)).unwrap();
        }
        assert_eq!((guesses.by_pair.len(), guesses.by_age.len()), (caps::GUESSERS, caps::GUESSERS));
        assert!(!guesses.by_pair.contains_key(&of(9)) && guesses.by_pair.contains_key(&of(10)));
    }

    #[test]
    fn a_source_is_an_address_or_a_network() {
        let of = |text: &str| Source::of(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.2"), of("192.0.2.1"));
        assert_eq!(format!("{:?}", of("192.0.2.2")), "Source");
    }

    #[test]
    fn waits_double_and_never_overflow() {
        assert!((0..100).map(delay).is_sorted());
        assert_eq!((delay(3), delay(4), delay(u32::MAX)), (Millis::ZERO, FIRST, LONGEST));
    }
}
