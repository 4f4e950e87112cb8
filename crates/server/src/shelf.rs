//! Documents of plans and results of trials: files in `plans/`, each named after the SHA-256 of what is in it.
//!
//! A file is written first and named by a record after. One that no record names is swept at the next start, or within two hours. Since a
//! file is found by its hash, one that was altered is not the one that was recorded, and is never shown.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use precinct_base::caps;
use precinct_core::FileHash;
use precinct_journal::Hasher;

use crate::keep::{LEAVES, is_full, replace, room};

/// The name of the folder in a data folder.
const FOLDER: &str = "plans";
/// How a file's name ends.
const ENDING: &str = ".json";

/// Why a document is not kept or shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ShelfError {
    /// It is too large.
    #[error(
        "the document has {bytes} bytes and may have {most}: ask about less of the city, or fewer days"
    )]
    TooLarge {
        /// Its length.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// There is little room.
    #[error(
        "the disk is nearly full: plans are not taken until there is room, so that the record can be written on. Make room, and send it again"
    )]
    NoRoom,
    /// The file is not the one that was recorded.
    #[error(
        "{path} is not the file that was recorded: copy it from the newest backup that has it; `precinct doctor` looks at all of them"
    )]
    Altered {
        /// Which.
        path: PathBuf,
    },
    /// The file.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The hash of what a file is to have in it.
pub(crate) fn hash(bytes: &[u8]) -> FileHash {
    let mut hasher = Hasher::default();
    hasher.update(bytes);
    FileHash(hasher.finish().0)
}

/// The documents of a data folder.
#[derive(Debug)]
pub(crate) struct Shelf {
    folder: PathBuf,
    /// How much room there is, in bytes.
    room: fn(&Path) -> io::Result<u64>,
}

fn failed(path: &Path) -> impl Fn(io::Error) -> ShelfError {
    move |source| {
        if is_full(&source) {
            ShelfError::NoRoom
        } else {
            ShelfError::File { path: path.to_owned(), source }
        }
    }
}

/// The hash in a file's name.
fn read_name(name: &str) -> Option<FileHash> {
    name.strip_suffix(ENDING)?.parse().ok()
}

impl Shelf {
    /// The documents below a data folder.
    pub(crate) fn open(data: &Path) -> Result<Self, ShelfError> {
        let folder = data.join(FOLDER);
        fs::create_dir_all(&folder).map_err(failed(&folder))?;
        Ok(Self { folder, room })
    }

    fn path(&self, hash: FileHash) -> PathBuf {
        self.folder.join(format!("{hash}{ENDING}"))
    }

    /// Has a document on the disk when this returns, and says its hash. The same once more finds the file that is there.
    pub(crate) fn keep(&self, bytes: &[u8]) -> Result<FileHash, ShelfError> {
        let (length, most) = (bytes.len(), caps::PLAN_DOCUMENT_BYTES);
        if length > most {
            return Err(ShelfError::TooLarge { bytes: length, most });
        }
        let hash = hash(bytes);
        let path = self.path(hash);
        let failed = failed(&path);
        if fs::read(&path).is_ok_and(|there| there == bytes) {
            // It is on its way again: not to be swept before its record is there.
            let touched = fs::File::open(&path);
            touched.and_then(|file| file.set_modified(SystemTime::now())).map_err(failed)?;
            return Ok(hash);
        }
        if (self.room)(&self.folder).map_err(&failed)? < LEAVES + length as u64 {
            return Err(ShelfError::NoRoom);
        }
        let written = replace(&path, bytes);
        if written.is_err() {
            // What is left over is only in the way; the error that matters is the one above.
            let _ = fs::remove_file(path.with_extension("fresh"));
        }
        written.map_err(failed)?;
        Ok(hash)
    }

    /// A document as it was recorded.
    pub(crate) fn read(&self, recorded: FileHash) -> Result<Vec<u8>, ShelfError> {
        let path = self.path(recorded);
        let bytes = fs::read(&path).map_err(failed(&path))?;
        if hash(&bytes) == recorded { Ok(bytes) } else { Err(ShelfError::Altered { path }) }
    }

    /// Removes what no record names, but for what changed after `before`; how many files.
    pub(crate) fn sweep(
        &self,
        before: Option<SystemTime>,
        named: &dyn Fn(FileHash) -> bool,
    ) -> Result<usize, ShelfError> {
        let failed = failed(&self.folder);
        let mut removed = 0;
        for entry in fs::read_dir(&self.folder).map_err(&failed)? {
            let path = entry.map_err(&failed)?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let stays = match read_name(name) {
                None => path.extension().is_none_or(|ending| ending != "fresh"),
                Some(hash) => named(hash),
            };
            let young = before.is_some_and(|before| {
                let changed = fs::metadata(&path).and_then(|file| file.modified());
                changed.is_ok_and(|changed| changed > before)
            });
            if !stays && !young {
                fs::remove_file(&path).map_err(&failed)?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open() -> (tempfile::TempDir, Shelf) {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(folder.path()).unwrap();
        (folder, shelf)
    }

    fn files(shelf: &Shelf) -> usize {
        fs::read_dir(&shelf.folder).unwrap().count()
    }

    #[test]
    fn a_document_is_found_by_what_is_in_it_and_by_nothing_else() {
        let (_folder, shelf) = open();
        let kept = shelf.keep(b"{}").unwrap();
        // SHA-256 of `{}` (FIPS 180-4).
        let known = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        assert_eq!(kept.to_string(), known);
        assert_eq!((shelf.keep(b"{}").unwrap(), files(&shelf)), (kept, 1), "the same once more");
        assert_eq!(shelf.read(kept).unwrap(), b"{}");
        fs::write(shelf.path(kept), "{ }").unwrap();
        assert!(matches!(shelf.read(kept), Err(ShelfError::Altered { .. })));
        assert_eq!(shelf.keep(b"{}").unwrap(), kept, "what was altered is mended");
        assert_eq!(shelf.read(kept).unwrap(), b"{}");
        assert!(matches!(shelf.read(FileHash([7; 32])), Err(ShelfError::File { .. })));
    }

    #[test]
    fn documents_leave_room_to_the_record() {
        let (_folder, mut shelf) = open();
        let large = vec![b' '; caps::PLAN_DOCUMENT_BYTES + 1];
        assert!(matches!(shelf.keep(&large), Err(ShelfError::TooLarge { .. })));
        shelf.room = |_| Ok(LEAVES + 8);
        assert!(matches!(shelf.keep(b"nine byte"), Err(ShelfError::NoRoom)));
        assert_eq!(files(&shelf), 0);
        shelf.keep(b"8 bytes.").unwrap();
        shelf.room = |_| Err(io::ErrorKind::StorageFull.into());
        assert!(matches!(shelf.keep(b""), Err(ShelfError::NoRoom)));
    }

    #[test]
    fn a_file_that_cannot_be_put_in_its_place_leaves_nothing_behind() {
        let (_folder, shelf) = open();
        fs::create_dir_all(shelf.path(hash(b"x")).with_extension("fresh").join("y")).unwrap();
        assert!(matches!(shelf.keep(b"x"), Err(ShelfError::File { .. })));
        assert!(!shelf.path(hash(b"x")).exists());
    }

    #[test]
    fn what_no_record_names_is_swept_and_what_may_be_on_its_way_is_not() {
        let (_folder, shelf) = open();
        let (one, two) = (shelf.keep(b"1").unwrap(), shelf.keep(b"2").unwrap());
        fs::write(shelf.folder.join("half.fresh"), "z").unwrap();
        fs::write(shelf.folder.join("of somebody else"), "z").unwrap();
        let named = |hash| hash == one;
        assert_eq!(shelf.sweep(Some(SystemTime::UNIX_EPOCH), &named).unwrap(), 0);
        assert_eq!(shelf.sweep(None, &named).unwrap(), 2);
        assert!(shelf.read(one).is_ok() && shelf.read(two).is_err());
        assert_eq!(files(&shelf), 2);
    }
}
