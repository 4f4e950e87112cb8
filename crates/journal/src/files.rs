//! Files that are there whole or not at all, and names of what a data folder holds.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The records.
pub(crate) const JOURNAL: &str = "journal.db";
/// The keys of sealed texts.
pub(crate) const KEYS: &str = "keys.db";
/// Room kept for a full disk.
pub(crate) const RESERVE: &str = "reserve";
/// Held by who writes.
pub(crate) const LOCK: &str = "writer.lock";
/// Snapshots.
pub(crate) const SNAPSHOTS: &str = "snapshots";

/// Makes sure that what the folder lists is on the disk.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Writes a file so that after a crash it is there whole, or as it was before: beside it, to the disk, and then in its place.
pub(crate) fn replace(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let beside = beside(path);
    let written = write(&beside, parts).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // What is left over is only in the way; the error that matters is the one above.
        let _ = fs::remove_file(&beside);
    }
    written.and_then(|()| sync_folder(folder))
}

/// Where a file is written before it is put in its place.
pub(crate) fn beside(path: &Path) -> PathBuf {
    path.with_added_extension("new")
}

fn write(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let mut file = File::create(path)?;
    parts.iter().try_for_each(|part| file.write_all(part))?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.snap");
        replace(&path, &[b"one"]).unwrap();
        replace(&path, &[b"tw", b"o"]).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        // A folder of that name cannot be replaced by a file.
        let taken = folder.path().join("taken");
        fs::create_dir_all(taken.join("inner")).unwrap();
        assert!(replace(&taken, &[b"x"]).is_err());
        assert!(!beside(&taken).exists());
    }
}
