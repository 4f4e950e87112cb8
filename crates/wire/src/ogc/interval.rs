//! The interval of a query: `datetime=BEGIN/END`, either end open (OGC 17-069r4, section 7.15.4).

use std::str::FromStr;

use precinct_base::Timestamp;

use crate::Time;

/// From an instant until another, both included; none is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    from: Option<Timestamp>,
    to: Option<Timestamp>,
}

/// A text that is no interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`datetime` is an instant such as 2024-01-08T08:00:00Z or two with a slash between, the earlier first; .. is an open end"
)]
pub struct NotAnInterval;

fn end(text: &str) -> Result<Option<Timestamp>, NotAnInterval> {
    match text {
        "" | ".." => Ok(None),
        _ => text.parse().map(|Time(at)| Some(at)).map_err(|_| NotAnInterval),
    }
}

impl FromStr for Interval {
    type Err = NotAnInterval;

    fn from_str(text: &str) -> Result<Self, NotAnInterval> {
        let Some((from, to)) = text.split_once('/') else {
            let at = text.parse().map(|Time(at)| Some(at)).map_err(|_| NotAnInterval)?;
            return Ok(Self { from: at, to: at });
        };
        let (from, to) = (end(from)?, end(to)?);
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(NotAnInterval);
        }
        Ok(Self { from, to })
    }
}

impl Interval {
    /// Whether it and what went on from `begun` until `ended`, or goes on, have an instant in common.
    pub fn meets(&self, begun: Timestamp, ended: Option<Timestamp>) -> bool {
        self.to.is_none_or(|to| begun <= to)
            && self.from.zip(ended).is_none_or(|(from, ended)| from <= ended)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_interval_is_refused() {
        for bad in ["", "..", "noon", "2024-01-08", "2024-01-08T08:00:00Z/noon", "a/b/c"] {
            assert_eq!(bad.parse::<Interval>(), Err(NotAnInterval), "{bad}");
        }
        let backwards = "2024-01-09T00:00:00Z/2024-01-08T00:00:00Z";
        assert_eq!(backwards.parse::<Interval>(), Err(NotAnInterval));
        let all: Interval = "../..".parse().unwrap();
        assert_eq!(all, "/".parse().unwrap());
        assert!(all.meets(Timestamp(0), Some(Timestamp(0))));
    }

    proptest! {
        #[test]
        fn they_meet_if_they_have_an_instant_in_common(
            from in prop::option::of(0i64..20), to in prop::option::of(0i64..20), begun in 0i64..20, lasts in prop::option::of(0i64..20),
        ) {
            prop_assume!(from.zip(to).is_none_or(|(from, to)| from <= to));
            let write = |at: Option<i64>| at.map_or_else(|| "..".to_owned(), |at| Time(Timestamp(at * 1_000)).to_string());
            let interval: Interval = format!("{}/{}", write(from), write(to)).parse().unwrap();
            let ended = lasts.map(|lasts| begun + lasts);
            let in_both = |at: i64| from.is_none_or(|from| from <= at) && to.is_none_or(|to| at <= to) && begun <= at && ended.is_none_or(|ended| at <= ended);
            let meet = interval.meets(Timestamp(begun * 1_000), ended.map(|ended| Timestamp(ended * 1_000)));
            prop_assert_eq!(meet, (0..50).any(in_both));
        }
    }
}
