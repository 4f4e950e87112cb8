//! Saying how a checkpoint works, and entering what was counted there. An entry is corrected by a later one and never changed.

use precinct_base::{PostId, PostKind, caps};

use super::{Checkpoint, CheckpointRejection, Find, Tally};
use crate::catalogue::List;
use crate::decide::Decision;
use crate::event::{CheckpointCounted, CheckpointManned};
use crate::order::CheckpointOrder;
use crate::{CountId, Moment, Rejection, State, Thing, TooMany};

/// What becomes of an order for a checkpoint.
pub(crate) fn step(state: &State, at: Moment, post: PostId, order: &CheckpointOrder) -> Decision {
    let kind = state.post(post)?.kind;
    if kind != PostKind::Checkpoint {
        return Err(CheckpointRejection::Kind { post, kind }.into());
    }
    match *order {
        CheckpointOrder::Man { lanes, staff } => {
            number("lanes", lanes.into(), caps::CHECKPOINT_LANES)?;
            number("people at work", staff.into(), caps::CHECKPOINT_STAFF)?;
            Ok(vec![CheckpointManned { post, lanes, staff }.into()])
        }
        CheckpointOrder::Count { ref tally, corrects } => {
            let tally = checked(state, at, tally)?;
            let known = state.checkpoints.get(&post);
            if let Some(corrects) = corrects {
                corrected(known, post, corrects)?;
            }
            apart(known, &tally, corrects)?;
            let count = state.next_count;
            Ok(vec![CheckpointCounted { post, count, tally, corrects }.into()])
        }
    }
}

const fn number(what: &'static str, number: u32, most: u32) -> Result<(), CheckpointRejection> {
    if number <= most { Ok(()) } else { Err(CheckpointRejection::Number { what, number, most }) }
}

/// A tally that can be, its finds in order.
fn checked(state: &State, at: Moment, tally: &Tally) -> Result<Tally, Rejection> {
    let mut tally = tally.clone();
    let lasts = tally.until.0.saturating_sub(tally.from.0);
    if tally.until > at.wall || !(1..=i64::from(caps::COUNT_MS)).contains(&lasts) {
        return Err(CheckpointRejection::Time.into());
    }
    TooMany::check(Thing::Finds, tally.finds.len(), caps::CHECKPOINT_FINDS)?;
    tally.finds.sort_unstable_by_key(|find| find.kind);
    if let Some(twice) = tally.finds.windows(2).find(|two| two[0].kind == two[1].kind) {
        return Err(CheckpointRejection::Twice { kind: twice[0].kind }.into());
    }
    for &Find { kind, count } in &tally.finds {
        state.catalogue.need(List::Hazards, kind)?;
        number("finds", count, caps::CHECKPOINT_NUMBER)?;
    }
    number("vehicles", tally.vehicles, caps::CHECKPOINT_NUMBER)?;
    number("people", tally.people, caps::CHECKPOINT_NUMBER)?;
    number("vehicles that wait", tally.queue.unwrap_or(0), caps::CHECKPOINT_NUMBER)?;
    Ok(tally)
}

/// That an entry is at hand and no other is right in its place.
fn corrected(
    known: Option<&Checkpoint>,
    post: PostId,
    count: CountId,
) -> Result<(), CheckpointRejection> {
    let entry = known.and_then(|known| known.counts.iter().find(|one| one.count == count));
    let entry = entry.ok_or(CheckpointRejection::Unknown { post, count })?;
    entry.corrected.map_or(Ok(()), |by| Err(CheckpointRejection::Corrected { count, by }))
}

/// That nothing is counted twice: no other entry that holds is of a part of that time.
fn apart(
    known: Option<&Checkpoint>,
    tally: &Tally,
    but: Option<CountId>,
) -> Result<(), CheckpointRejection> {
    let mut others = known.into_iter().flat_map(Checkpoint::holding);
    let overlaps = others.find(|one| {
        Some(one.count) != but && one.tally.from < tally.until && tally.from < one.tally.until
    });
    overlaps.map_or(Ok(()), |one| Err(CheckpointRejection::Overlaps { count: one.count }))
}
