//! Files that are there whole or not at all, whatever happens while they are written.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use precinct_journal::RESERVE_BYTES;

/// Room that what is beside the record leaves to it, in bytes: what `precinct doctor` calls a fault when it is gone.
pub(crate) const LEAVES: u64 = 4 * RESERVE_BYTES;

/// Writes `bytes` in the place of what is at `path`: beside it first, on the disk, then renamed, and the folder on the disk too.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = path.with_extension("fresh");
    fs::write(&fresh, bytes)?;
    File::open(&fresh)?.sync_all()?;
    fs::rename(&fresh, path)?;
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// How much room there is on the disk of a folder, in bytes.
#[cfg(unix)]
pub(crate) fn room(folder: &Path) -> io::Result<u64> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Where it cannot be told, a write that fails says so.
#[cfg(not(unix))]
pub(crate) fn room(_: &Path) -> io::Result<u64> {
    Ok(u64::MAX)
}

/// Whether the disk, or the share of it that may be used, is full.
pub(crate) fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.track");
        for bytes in [&b"one"[..], b"two"] {
            replace(&path, bytes).unwrap();
            assert_eq!(fs::read(&path).unwrap(), bytes);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(replace(&folder.path().join("none/a"), b"").is_err());
    }
}
