//! Sign-ins that are under way: begun here, not yet come back. They are in memory, so a restart ends them.

use std::collections::BTreeMap;

use precinct_accounts::Vouched;
use precinct_base::{Millis, Timestamp, caps};

/// How long somebody may take at the provider, or with the code of the second factor.
pub(crate) const LASTS: Millis = Millis::from_minutes(10);

/// A sign-in that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Begun {
    /// What the identity token has to say again.
    pub(crate) nonce: String,
    /// What the code is exchanged with (PKCE, RFC 7636).
    pub(crate) verifier: String,
    /// The cookie of the browser it was begun in.
    pub(crate) browser: String,
}

/// Things under way by their names, each taken once and in time; where there are too many, the oldest goes.
#[derive(Debug)]
pub(crate) struct Pending<T> {
    most: usize,
    next: u64,
    by_name: BTreeMap<String, (u64, Timestamp, T)>,
    by_age: BTreeMap<u64, String>,
}

impl<T> Pending<T> {
    pub(crate) fn new() -> Self {
        Self { most: caps::SIGN_INS, next: 0, by_name: BTreeMap::new(), by_age: BTreeMap::new() }
    }

    /// Puts something under a name that nobody can guess.
    pub(crate) fn put(&mut self, now: Timestamp, name: String, what: T) {
        while self.by_name.len() >= self.most {
            let Some((_, oldest)) = self.by_age.pop_first() else { break };
            self.by_name.remove(&oldest);
        }
        let until = now.checked_add(LASTS).unwrap_or(now);
        self.by_age.insert(self.next, name.clone());
        self.by_name.insert(name, (self.next, until, what));
        self.next += 1;
    }

    /// What is under a name, which stays there.
    pub(crate) fn look(&self, now: Timestamp, name: &str) -> Option<&T> {
        self.by_name.get(name).filter(|(_, until, _)| now < *until).map(|(_, _, what)| what)
    }

    /// Takes what is under a name, if its time is not up.
    pub(crate) fn take(&mut self, now: Timestamp, name: &str) -> Option<T> {
        let (age, until, what) = self.by_name.remove(name)?;
        self.by_age.remove(&age);
        (now < until).then_some(what)
    }
}

/// Those who are who the provider says, and have to show their second factor here.
pub(crate) type Proved = Pending<Vouched>;

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000);

    #[test]
    fn each_is_taken_once_and_in_time() {
        let mut pending = Pending::new();
        for name in ["a", "b"] {
            pending.put(NOW, name.to_owned(), name.len());
        }
        let end = Timestamp(NOW.0 + i64::from(LASTS.0));
        assert_eq!((pending.look(NOW, "a"), pending.look(end, "a")), (Some(&1), None));
        assert_eq!(pending.take(Timestamp(end.0 - 1), "a"), Some(1));
        assert_eq!(pending.take(NOW, "a"), None, "once");
        assert_eq!(pending.take(end, "b"), None, "in time");
        assert!(pending.by_name.is_empty() && pending.by_age.is_empty());
    }

    #[test]
    fn where_there_are_too_many_the_oldest_goes() {
        let mut pending = Pending { most: 3, ..Pending::new() };
        (0..5).for_each(|n| pending.put(NOW, n.to_string(), n));
        assert_eq!((pending.by_name.len(), pending.by_age.len()), (3, 3));
        let left: Vec<_> = (0..5).filter_map(|n| pending.take(NOW, &n.to_string())).collect();
        assert_eq!(left, [2, 3, 4]);
    }
}
