//! What becomes of checkpoints.

use precinct_base::caps;

use super::Count;
use crate::event::{CheckpointCounted, CheckpointManned};
use crate::{CountId, Moment, StaffNo, State};

pub(crate) fn manned(state: &mut State, fact: &CheckpointManned, at: Moment) {
    let CheckpointManned { post, lanes, staff } = *fact;
    let checkpoint = state.checkpoints.entry(post).or_default();
    (checkpoint.lanes, checkpoint.staff, checkpoint.since) = (lanes, staff, Some(at));
}

/// The oldest entries make room for new ones: they stay in the record.
pub(crate) fn counted(state: &mut State, fact: &CheckpointCounted, at: Moment, by: StaffNo) {
    let CheckpointCounted { post, count, ref tally, corrects } = *fact;
    let checkpoint = state.checkpoints.entry(post).or_default();
    let earlier = checkpoint.counts.iter_mut().find(|one| Some(one.count) == corrects);
    if let Some(earlier) = earlier {
        earlier.corrected = Some(count);
    }
    let over = (checkpoint.counts.len() + 1).saturating_sub(caps::CHECKPOINT_COUNTS);
    checkpoint.counts.drain(..over);
    let (lanes, tally) = (checkpoint.lanes, tally.clone());
    checkpoint.counts.push(Count { count, at, by, lanes, tally, corrected: None });
    state.next_count = state.next_count.max(CountId(count.0.saturating_add(1)));
}
