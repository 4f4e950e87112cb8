//! From instants of the calendar to records.

use std::ops::ControlFlow;

use precinct_base::Timestamp;
use precinct_engine::Records;

use super::ReviewError;

/// The instant of a record; none if it is not there.
pub(crate) fn instant(records: &dyn Records, seq: u64) -> Result<Option<Timestamp>, ReviewError> {
    let mut found = None;
    records.read(seq, &mut |row| {
        found = (row.seq == seq).then_some(Timestamp(row.instant));
        ControlFlow::Break(())
    })?;
    Ok(found)
}

/// The last of the first `head` records that is at or before an instant; none if the first is later.
///
/// It halves what is left until one is found, as in a record whose instants rise. Where the calendar was set back an instant was there
/// twice, and it is one of the two: at or before the instant, with the next one after it.
pub(crate) fn last_at(
    records: &dyn Records,
    head: u64,
    at: Timestamp,
) -> Result<Option<u64>, ReviewError> {
    // Record `low` is at or before the instant, if there is one; record `high` is not.
    let (mut low, mut high) = (0, head + 1);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        let instant = instant(records, middle)?.ok_or(ReviewError::Missing { seq: middle })?;
        if instant <= at {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok((low > 0).then_some(low))
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
            if let Some(&instant) = self.0.get((from - 1) as usize) {
                let (command, hash) = (CommandKey([0; 16]), GENESIS);
                let row =
                    Row { seq: from, instant, command, actor: "", body: "", previous: hash, hash };
                let _ = visit(&row);
            }
            Ok(())
        }

        fn snapshot(&self, _: u64) -> Option<Snapshot> {
            None
        }
    }

    proptest! {
        #[test]
        fn the_last_record_by_then_is_found(
            mut instants in prop::collection::vec(0i64..50, 0..40),
            at in -5i64..55,
        ) {
            instants.sort_unstable();
            let naive = instants.iter().rposition(|&instant| instant <= at).map(|at| at as u64 + 1);
            let head = instants.len() as u64;
            prop_assert_eq!(last_at(&Instants(instants), head, Timestamp(at)).unwrap(), naive);
        }

        #[test]
        fn where_the_calendar_was_set_back_it_is_a_record_by_then_before_one_that_is_not(
            instants in prop::collection::vec(0i64..50, 1..40),
            at in -5i64..55,
        ) {
            let head = instants.len() as u64;
            let found = last_at(&Instants(instants.clone()), head, Timestamp(at)).unwrap();
            let of = |seq: u64| instants.get((seq - 1) as usize);
            prop_assert!(found.is_none_or(|seq| of(seq).is_some_and(|&instant| instant <= at)));
            prop_assert!(of(found.unwrap_or(0) + 1).is_none_or(|&instant| instant > at));
        }
    }
}
