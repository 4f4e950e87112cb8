//! Snapshots: a shortcut past records already read, never more than that. One that is not whole is as if it were not there.
//!
//! A file holds, in this order: 8 bytes `PRECSNP1`; sequence number, big-endian, 8 bytes; hash of that record, 32; hash of the state, 32;
//! length of the state, big-endian, 8; the state; SHA-256 of all before it, 32.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::files::{self, SNAPSHOTS};
use crate::{Hash, Hasher, Head};

const MAGIC: &[u8; 8] = b"PRECSNP1";
const HEADER: usize = 8 + 8 + 32 + 32 + 8;
const ENDING: &str = "snap";

/// A state as it was after a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The number of the record.
    pub seq: u64,
    /// Its hash: the snapshot is of no journal that has another there.
    pub hash: Hash,
    /// The hash of the state itself, however it is written down.
    pub state_hash: Hash,
    /// The state, in whatever form its writer chose.
    pub bytes: Vec<u8>,
}

/// Why a snapshot is not used.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// It cannot be read or written.
    #[error("{path}: {source}: check that it exists and may be read and written")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is not whole.
    #[error("{path}: this snapshot is damaged: it is left out, and the records are read instead")]
    Damaged {
        /// Which.
        path: PathBuf,
    },
}

impl Snapshot {
    /// Where the journal ended.
    pub const fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash }
    }

    /// Puts it into a data folder, whole or not at all.
    pub fn write(&self, folder: &Path) -> Result<(), SnapshotError> {
        let path = path(folder, self.seq);
        let failed = |source| SnapshotError::File { path: path.clone(), source };
        fs::create_dir_all(folder.join(SNAPSHOTS)).map_err(failed)?;
        files::sync_folder(folder).map_err(failed)?;
        let length = (self.bytes.len() as u64).to_be_bytes();
        let seq = self.seq.to_be_bytes();
        let parts: [&[u8]; 6] =
            [MAGIC, &seq, &self.hash.0, &self.state_hash.0, &length, &self.bytes];
        let mut hasher = Hasher::default();
        for part in parts {
            hasher.update(part);
        }
        let sum = hasher.finish();
        let [a, b, c, d, e, f] = parts;
        files::replace(&path, &[a, b, c, d, e, f, &sum.0]).map_err(failed)
    }
}

fn path(folder: &Path, seq: u64) -> PathBuf {
    folder.join(SNAPSHOTS).join(format!("{seq:020}.{ENDING}"))
}

/// The numbers of the records that snapshots were made after, rising.
pub fn list(folder: &Path) -> Result<Vec<u64>, SnapshotError> {
    let folder = folder.join(SNAPSHOTS);
    let failed = |source| SnapshotError::File { path: folder.clone(), source };
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let name = entry.map_err(failed)?.file_name();
        let seq = name.to_str().and_then(|name| name.strip_suffix(ENDING)?.strip_suffix('.'));
        found.extend(seq.and_then(|seq| seq.parse::<u64>().ok()));
    }
    found.sort_unstable();
    Ok(found)
}

/// The snapshot made after record `seq`.
pub fn read(folder: &Path, seq: u64) -> Result<Snapshot, SnapshotError> {
    let path = path(folder, seq);
    let bytes = fs::read(&path);
    let bytes = bytes.map_err(|source| SnapshotError::File { path: path.clone(), source })?;
    parse(bytes).filter(|snapshot| snapshot.seq == seq).ok_or(SnapshotError::Damaged { path })
}

fn parse(mut bytes: Vec<u8>) -> Option<Snapshot> {
    let (content, sum) = bytes.split_last_chunk::<32>()?;
    let mut hasher = Hasher::default();
    hasher.update(content);
    if hasher.finish().0 != *sum {
        return None;
    }
    let (header, state) = content.split_at_checked(HEADER)?;
    let rest = header.strip_prefix(MAGIC)?;
    let (seq, rest) = rest.split_first_chunk::<8>()?;
    let (hash, rest) = rest.split_first_chunk::<32>()?;
    let (state_hash, length) = rest.split_first_chunk::<32>()?;
    let (hash, state_hash) = (Hash(*hash), Hash(*state_hash));
    let seq = u64::from_be_bytes(*seq);
    if u64::from_be_bytes(length.try_into().ok()?) != state.len() as u64 {
        return None;
    }
    bytes.truncate(bytes.len() - 32);
    bytes.drain(..HEADER);
    Some(Snapshot { seq, hash, state_hash, bytes })
}

/// The newest whole snapshot made after record `at_most` or earlier, and those newer ones that are not whole.
pub fn newest(folder: &Path, at_most: u64) -> (Option<Snapshot>, Vec<SnapshotError>) {
    let mut left_out = Vec::new();
    let found = match list(folder) {
        Ok(found) => found,
        Err(error) => return (None, vec![error]),
    };
    for seq in found.into_iter().rev().filter(|&seq| seq <= at_most) {
        match read(folder, seq) {
            Ok(snapshot) => return (Some(snapshot), left_out),
            Err(error) => left_out.push(error),
        }
    }
    (None, left_out)
}

/// Removes all but the newest `keep`.
pub fn prune(folder: &Path, keep: usize) -> Result<(), SnapshotError> {
    let found = list(folder)?;
    for &seq in &found[..found.len().saturating_sub(keep)] {
        let path = path(folder, seq);
        fs::remove_file(&path).map_err(|source| SnapshotError::File { path, source })?;
    }
    Ok(())
}

/// Removes one, such as one whose state was found wrong.
pub fn discard(folder: &Path, seq: u64) -> Result<(), SnapshotError> {
    let path = path(folder, seq);
    fs::remove_file(&path).map_err(|source| SnapshotError::File { path, source })
}

#[cfg(test)]
mod tests;
