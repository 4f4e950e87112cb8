//! Snapshots of states: made beside the writer, believed only when everything about them fits.

use std::ops::ControlFlow;

use precinct_core::State;
use precinct_journal::snapshot::{self, Snapshot, SnapshotError};
use precinct_journal::{Hash, Hasher, Head, ReadError, Reader};

use crate::Records;
use crate::replay::{ReplayError, Replayed, replay};

/// The version of how a state is written down. It rises whenever [`State`] or anything in it changes; a test says so.
pub const FORM: u32 = 6;

/// How many snapshots are kept: the newest, and two more in case it turns out damaged.
const KEPT: usize = 3;

/// The hash of a state: two states that are equal have the same, on every machine.
pub fn state_hash(state: &State) -> Hash {
    let mut hasher = Hasher::default();
    // A hasher takes all bytes, and a state has nothing that could not be written down.
    let _ = postcard::to_io(state, &mut hasher);
    hasher.finish()
}

/// A state as a snapshot.
pub fn take(state: &State, head: Head) -> Snapshot {
    let bytes = postcard::to_extend(state, FORM.to_be_bytes().to_vec()).unwrap_or_default();
    Snapshot { seq: head.seq, hash: head.hash, state_hash: state_hash(state), bytes }
}

/// The state of a snapshot, if it is of this program's form and has the hash that was stored with it.
fn state(snapshot: &Snapshot) -> Option<State> {
    let bytes = snapshot.bytes.strip_prefix(&FORM.to_be_bytes())?;
    let (state, rest) = postcard::take_from_bytes::<State>(bytes).ok()?;
    (rest.is_empty() && state_hash(&state) == snapshot.state_hash).then_some(state)
}

/// The newest snapshot at or before record `until` that is of these very records. One that is in doubt is passed over.
pub fn load(records: &dyn Records, until: u64) -> Result<Option<Replayed>, ReadError> {
    let mut at_most = until;
    while let Some(snapshot) = records.snapshot(at_most) {
        if of_these(records, snapshot.head())?
            && let Some(state) = state(&snapshot)
        {
            return Ok(Some((state, snapshot.head()).into()));
        }
        let Some(before) = snapshot.seq.checked_sub(1) else { break };
        at_most = before;
    }
    Ok(None)
}

/// Whether the record that `head` names has that hash.
fn of_these(records: &dyn Records, head: Head) -> Result<bool, ReadError> {
    let mut same = false;
    records.read(head.seq, &mut |row| {
        same = row.head() == head;
        ControlFlow::Break(())
    })?;
    Ok(same)
}

/// Why no snapshot was made.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum MakeError {
    /// The records cannot be replayed.
    Replay(#[from] ReplayError),
    /// The snapshot cannot be written.
    Write(#[from] SnapshotError),
}

/// Makes a snapshot of the journal as it is by now, from the last one and the records since, and removes old ones. It reads beside the
/// writer and holds nothing up; run it on a thread of its own. Returns where the newest snapshot now is.
pub fn make(reader: &Reader) -> Result<Head, MakeError> {
    let replayed = replay(reader, u64::MAX)?;
    if replayed.records > 0 {
        take(&replayed.state, replayed.head).write(reader.folder())?;
        snapshot::prune(reader.folder(), KEPT)?;
    }
    Ok(replayed.head)
}
