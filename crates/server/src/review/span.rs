//! How much was recorded when: a picture behind a slider, kept up as records come.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use precinct_base::caps;
use precinct_engine::Records;

use super::ReviewError;

/// The finest bar: ten minutes.
const BAR_MS: i64 = 600_000;

/// Counts of records by ten minutes of the calendar.
#[derive(Debug, Default)]
pub(super) struct Span {
    counts: BTreeMap<i64, u64>,
    first: Option<(u64, i64)>,
    last: Option<(u64, i64)>,
}

/// How much was recorded when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spanned {
    /// Number and instant of the first record, and of the last.
    pub(crate) ends: Option<[(u64, i64); 2]>,
    /// Where the first bar begins.
    pub(crate) begins: i64,
    /// How long a bar is.
    pub(crate) bar_ms: i64,
    /// Records in each bar.
    pub(crate) counts: Vec<u64>,
}

impl Span {
    /// Takes over the records up to `head` that are not counted yet.
    pub(super) fn follow(
        &mut self,
        records: &dyn Records,
        head: u64,
        ends: &AtomicBool,
    ) -> Result<(), ReviewError> {
        let counted = self.last.map_or(0, |(seq, _)| seq);
        if counted >= head {
            return Ok(());
        }
        records.read(counted + 1, &mut |row| {
            if row.seq > head || ends.load(Ordering::Relaxed) {
                return ControlFlow::Break(());
            }
            *self.counts.entry(row.instant.div_euclid(BAR_MS)).or_default() += 1;
            self.last = Some((row.seq, row.instant));
            self.first = self.first.or(self.last);
            ControlFlow::Continue(())
        })?;
        if ends.load(Ordering::Relaxed) { Err(ReviewError::Stopped) } else { Ok(()) }
    }

    /// The picture, in bars that are as fine as [`caps::REVIEW_BARS`] of them allow: ten minutes, twenty, forty, …
    pub(super) fn picture(&self) -> Spanned {
        let ends = self.first.zip(self.last).map(|(first, last)| [first, last]);
        let edges = self.counts.first_key_value().zip(self.counts.last_key_value());
        let Some(((&low, _), (&high, _))) = edges else {
            return Spanned { ends, begins: 0, bar_ms: BAR_MS, counts: Vec::new() };
        };
        let mut wide = 1_i64;
        while high.div_euclid(wide) - low.div_euclid(wide) >= caps::REVIEW_BARS as i64 {
            wide = wide.saturating_mul(2);
        }
        let begins = low.div_euclid(wide);
        let mut counts = vec![0; (high.div_euclid(wide) - begins + 1) as usize];
        for (&at, count) in &self.counts {
            if let Some(bar) = counts.get_mut((at.div_euclid(wide) - begins) as usize) {
                *bar += count;
            }
        }
        let (begins, bar_ms) = (begins * wide * BAR_MS, wide * BAR_MS);
        Spanned { ends, begins, bar_ms, counts }
    }
}

#[cfg(test)]
mod tests {
    use precinct_journal::snapshot::Snapshot;
    use precinct_journal::{CommandKey, GENESIS, ReadError, Row};
    use proptest::prelude::*;

    use super::*;

    struct Instants(Vec<i64>);

    impl Records for Instants {
        fn read(
            &self,
            from: u64,
            visit: &mut dyn FnMut(&Row<'_>) -> ControlFlow<()>,
        ) -> Result<(), ReadError> {
            for (seq, &instant) in (1..).zip(&self.0).skip((from - 1) as usize) {
                let (command, hash) = (CommandKey([0; 16]), GENESIS);
                let row = Row { seq, instant, command, actor: "", body: "", previous: hash, hash };
                if visit(&row).is_break() {
                    break;
                }
            }
            Ok(())
        }

        fn snapshot(&self, _: u64) -> Option<Snapshot> {
            None
        }
    }

    proptest! {
        #[test]
        fn every_record_is_in_the_bar_of_its_instant(
            instants in prop::collection::vec(-2_000_000_000_000i64..2_000_000_000_000, 0..60),
            narrow in 1i64..100_000_000,
            until in 0usize..60,
        ) {
            let instants: Vec<i64> = instants.iter().map(|ms| ms / narrow).collect();
            let (records, ends) = (Instants(instants.clone()), AtomicBool::new(false));
            let mut span = Span::default();
            span.follow(&records, until.min(instants.len()) as u64, &ends).unwrap();
            span.follow(&records, instants.len() as u64, &ends).unwrap();
            let picture = span.picture();
            prop_assert!(picture.counts.len() <= caps::REVIEW_BARS);
            let mut naive = vec![0; picture.counts.len()];
            for instant in &instants {
                naive[((instant - picture.begins) / picture.bar_ms) as usize] += 1;
            }
            prop_assert_eq!(&picture.counts, &naive);
            let edge = |at: Option<&i64>, seq: usize| at.map(|&at| (seq as u64, at));
            let ends = edge(instants.first(), 1).zip(edge(instants.last(), instants.len()));
            prop_assert_eq!(picture.ends, ends.map(|(first, last)| [first, last]));
        }
    }
}
