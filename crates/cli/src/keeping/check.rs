//! Whether the record in a folder is whole and can be replayed.

use std::path::Path;

use precinct_engine::replay_all;
use precinct_engine::snapshots::state_hash;
use precinct_journal::{Head, Reader, verify};

use super::KeepError;

/// A record that is whole.
pub(crate) struct Checked {
    /// Where it ends.
    pub(crate) head: Head,
    /// The hash of the state it gives.
    pub(crate) state_hash: String,
}

/// Reads every record of a folder and replays them all, from the first on. `anchors` are ends that the record must have had.
pub(crate) fn check(folder: &Path, anchors: &[Head]) -> Result<Checked, KeepError> {
    let report = verify(folder, anchors, &mut |_| {})?;
    if let Some(first) = report.faults.first() {
        return Err(KeepError::Faults {
            folder: folder.to_owned(),
            first: first.to_string(),
            count: report.count,
        });
    }
    let replayed = replay_all(&Reader::open(folder)?, u64::MAX)?;
    Ok(Checked { head: replayed.head, state_hash: state_hash(&replayed.state).to_string() })
}
