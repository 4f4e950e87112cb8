//! Pictures of incidents: files in `media/`, each sealed under its incident's own key and there whole or not at all.
//!
//! A file is written first and taken up by a record after, which has its hash. One that no record took up is an orphan: it is removed at the
//! next start, or within two hours. Whoever erases an incident's text destroys the key of its pictures with it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use precinct_base::caps;
use precinct_core::{FileHash, IncidentId, MediaId};
use precinct_engine::Chance as _;
use precinct_engine::live::SystemChance;
use precinct_journal::keys::{KEY_BYTES, KeyError, Keys, NONCE_BYTES, SEAL_BYTES};
use precinct_journal::{Hasher, OpenError};

use crate::keep::{LEAVES, is_full, replace, room};

/// The name of the folder in a data folder.
const FOLDER: &str = "media";
/// How a sealed file's name ends.
const ENDING: &str = ".sealed";
/// Why a picture is not kept or shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AlbumError {
    /// It is too large.
    #[error("the picture has {bytes} bytes and may have {most}: send a smaller one")]
    TooLarge {
        /// Its length.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// There is little room.
    #[error(
        "the disk is nearly full: pictures are not taken until there is room, so that the record can be written on. Make room, and send it again"
    )]
    NoRoom,
    /// Its incident's key is gone.
    #[error("what was written and shown of {incident} was erased at the end of its time")]
    Erased {
        /// Which.
        incident: IncidentId,
    },
    /// The file is not the one that was recorded.
    #[error("{path} is not the file that was recorded: `precinct doctor` looks at all of them")]
    Altered {
        /// Which.
        path: PathBuf,
    },
    /// A key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The file.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// A file that is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SealedFile {
    /// Its length.
    pub(crate) bytes: u32,
    /// Its hash.
    pub(crate) hash: FileHash,
}

impl SealedFile {
    fn of(sealed: &[u8]) -> Self {
        let mut hasher = Hasher::default();
        hasher.update(sealed);
        Self { bytes: sealed.len() as u32, hash: FileHash(hasher.finish().0) }
    }
}

/// Pictures of a data folder. Whoever writes one holds the keys, so that no two write the same file.
#[derive(Debug)]
pub(crate) struct Album {
    folder: PathBuf,
    keys: Mutex<Keys>,
    /// How much room there is, in bytes.
    room: fn(&Path) -> io::Result<u64>,
}

fn name(incident: IncidentId, media: MediaId) -> String {
    format!("{:010}-{media}{ENDING}", incident.0)
}

/// The incident and picture of a file's name.
fn read_name(name: &str) -> Option<(IncidentId, MediaId)> {
    let (incident, media) = name.strip_suffix(ENDING)?.split_once('-')?;
    Some((IncidentId(incident.parse().ok()?), media.parse().ok()?))
}

impl Album {
    /// The pictures below a data folder.
    pub(crate) fn open(data: &Path) -> Result<Self, OpenError> {
        let folder = data.join(FOLDER);
        let made = fs::create_dir_all(&folder);
        made.map_err(|source| OpenError::File { path: folder.clone(), source })?;
        Ok(Self { folder, keys: Mutex::new(Keys::open(data)?), room })
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, incident: IncidentId, media: MediaId) -> PathBuf {
        self.folder.join(name(incident, media))
    }

    fn failed(path: &Path) -> impl Fn(io::Error) -> AlbumError {
        move |source| {
            if is_full(&source) {
                AlbumError::NoRoom
            } else {
                AlbumError::File { path: path.to_owned(), source }
            }
        }
    }

    /// Seals a picture into a file that is on the disk when this returns. The same once more finds the file that is there.
    pub(crate) fn keep(
        &self,
        incident: IncidentId,
        media: MediaId,
        picture: &[u8],
    ) -> Result<SealedFile, AlbumError> {
        let (bytes, most) = (picture.len(), caps::MEDIA_BYTES - SEAL_BYTES);
        if bytes > most {
            return Err(AlbumError::TooLarge { bytes, most });
        }
        let path = self.path(incident, media);
        let failed = Self::failed(&path);
        let mut keys = self.keys();
        match fs::read(&path) {
            Ok(sealed) => {
                // It is on its way again.
                let touched =
                    fs::File::open(&path).and_then(|file| file.set_modified(SystemTime::now()));
                return touched.map(|()| SealedFile::of(&sealed)).map_err(failed);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
        if (self.room)(&self.folder).map_err(&failed)? < LEAVES + bytes as u64 {
            return Err(AlbumError::NoRoom);
        }
        let subject = u64::from(incident.0);
        let (mut key, mut nonce) = ([0; KEY_BYTES], [0; NONCE_BYTES]);
        SystemChance.fill(&mut key);
        SystemChance.fill(&mut nonce);
        keys.create(&[(subject, key)])?;
        let sealed = match keys.seal_bytes(subject, nonce, picture) {
            Err(KeyError::Destroyed { .. }) => return Err(AlbumError::Erased { incident }),
            sealed => sealed?,
        };
        let written = replace(&path, &sealed);
        if written.is_err() {
            // What is left over is only in the way; the error that matters is the one above.
            let _ = fs::remove_file(path.with_extension("fresh"));
        }
        written.map_err(failed)?;
        Ok(SealedFile::of(&sealed))
    }

    /// A picture as it was recorded.
    pub(crate) fn read(
        &self,
        incident: IncidentId,
        media: MediaId,
        file: SealedFile,
    ) -> Result<Vec<u8>, AlbumError> {
        if self.keys().is_destroyed(u64::from(incident.0))? {
            return Err(AlbumError::Erased { incident });
        }
        let path = self.path(incident, media);
        let sealed = fs::read(&path).map_err(Self::failed(&path))?;
        if SealedFile::of(&sealed) != file {
            return Err(AlbumError::Altered { path });
        }
        let picture = self.keys().unseal_bytes(u64::from(incident.0), &sealed)?;
        picture.ok_or(AlbumError::Erased { incident })
    }

    /// Removes a file, if it is there.
    pub(crate) fn remove(&self, incident: IncidentId, media: MediaId) -> Result<(), AlbumError> {
        let path = self.path(incident, media);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Self::failed(&path)(error))
            }
            _ => Ok(()),
        }
    }

    /// Removes every file of an incident: its key is destroyed.
    pub(crate) fn forget(&self, incident: IncidentId) -> Result<(), AlbumError> {
        for name in self.names()? {
            if let Some((of, media)) = read_name(&name)
                && of == incident
            {
                self.remove(incident, media)?;
            }
        }
        Ok(())
    }

    fn names(&self) -> Result<Vec<String>, AlbumError> {
        let failed = Self::failed(&self.folder);
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(&failed)? {
            names.push(entry.map_err(&failed)?.file_name().to_string_lossy().into_owned());
        }
        Ok(names)
    }

    /// Removes the files that nobody holds, those whose key is destroyed, and what a stop left half written; says how many. Files younger
    /// than `before` are left alone, since their record may be on its way; none is, at a start. Of an incident that left the board every
    /// file is held until its key is destroyed.
    pub(crate) fn sweep(
        &self,
        before: Option<SystemTime>,
        held: &dyn Fn(IncidentId, MediaId) -> bool,
    ) -> Result<usize, AlbumError> {
        let failed = Self::failed(&self.folder);
        let keys = self.keys();
        let mut removed = 0;
        for name in self.names()? {
            let path = self.folder.join(&name);
            let stays = match read_name(&name) {
                None => path.extension().is_none_or(|ending| ending != "fresh"),
                Some((incident, media)) => {
                    held(incident, media) && !keys.is_destroyed(u64::from(incident.0))?
                }
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

    const ONE: MediaId = MediaId([1; 16]);
    const TWO: MediaId = MediaId([2; 16]);
    const INCIDENT: IncidentId = IncidentId(7);

    fn open() -> (tempfile::TempDir, Album) {
        let folder = tempfile::tempdir().unwrap();
        let album = Album::open(folder.path()).unwrap();
        (folder, album)
    }

    fn files(album: &Album) -> usize {
        fs::read_dir(&album.folder).unwrap().count()
    }

    #[test]
    fn a_picture_is_sealed_kept_once_and_shown_as_it_was() {
        let (_folder, album) = open();
        let file = album.keep(INCIDENT, ONE, b"a picture").unwrap();
        assert_eq!(file.bytes as usize, b"a picture".len() + SEAL_BYTES);
        assert_eq!(album.keep(INCIDENT, ONE, b"another").unwrap(), file, "the same once more");
        assert_eq!(album.read(INCIDENT, ONE, file).unwrap(), b"a picture");
        let bytes = fs::read(album.path(INCIDENT, ONE)).unwrap();
        assert!(!bytes.windows(7).any(|window| window == b"picture"));
        fs::write(album.path(INCIDENT, ONE), [&bytes[..], b"x"].concat()).unwrap();
        assert!(matches!(album.read(INCIDENT, ONE, file), Err(AlbumError::Altered { .. })));
        let large = album.keep(INCIDENT, TWO, &vec![0; caps::MEDIA_BYTES - SEAL_BYTES + 1]);
        assert!(matches!(large, Err(AlbumError::TooLarge { .. })));
    }

    #[test]
    fn pictures_leave_room_to_the_record() {
        let (_folder, mut album) = open();
        album.room = |_| Ok(LEAVES + 8);
        assert!(matches!(album.keep(INCIDENT, ONE, b"nine byte"), Err(AlbumError::NoRoom)));
        assert_eq!(files(&album), 0);
        album.keep(INCIDENT, ONE, b"8 bytes.").unwrap();
        album.room = |_| Err(io::ErrorKind::StorageFull.into());
        assert!(matches!(album.keep(INCIDENT, TWO, b""), Err(AlbumError::NoRoom)));
    }

    #[test]
    fn a_file_that_cannot_be_put_in_its_place_leaves_nothing_behind() {
        let (_folder, album) = open();
        fs::create_dir_all(album.path(INCIDENT, ONE).with_extension("fresh").join("x")).unwrap();
        assert!(matches!(album.keep(INCIDENT, ONE, b"x"), Err(AlbumError::File { .. })));
        assert!(!album.path(INCIDENT, ONE).exists());
    }

    #[test]
    fn a_picture_goes_with_its_incidents_key() {
        let (folder, album) = open();
        let file = album.keep(INCIDENT, ONE, b"x").unwrap();
        album.keep(IncidentId(8), ONE, b"y").unwrap();
        let copy = fs::read(album.path(INCIDENT, ONE)).unwrap();
        Keys::open(folder.path()).unwrap().destroy(u64::from(INCIDENT.0)).unwrap();
        assert!(matches!(album.read(INCIDENT, ONE, file), Err(AlbumError::Erased { .. })));
        assert!(matches!(album.keep(INCIDENT, TWO, b"z"), Err(AlbumError::Erased { .. })));
        assert_eq!(album.sweep(None, &|_, _| true).unwrap(), 1);
        // A backup has the file still, and today's keys do not open it.
        fs::write(album.path(INCIDENT, ONE), copy).unwrap();
        assert!(matches!(album.read(INCIDENT, ONE, file), Err(AlbumError::Erased { .. })));
        assert_eq!(files(&album), 2);
    }

    #[test]
    fn what_no_record_took_up_is_swept_and_what_may_be_on_its_way_is_not() {
        let (_folder, album) = open();
        album.keep(INCIDENT, ONE, b"x").unwrap();
        album.keep(INCIDENT, TWO, b"y").unwrap();
        fs::write(album.folder.join("0000000009-half.fresh"), "z").unwrap();
        fs::write(album.folder.join("of somebody else"), "z").unwrap();
        let held = |_, media| media == ONE;
        assert_eq!(album.sweep(Some(SystemTime::UNIX_EPOCH), &held).unwrap(), 0);
        assert_eq!(album.sweep(None, &held).unwrap(), 2);
        assert!(
            album.path(INCIDENT, ONE).exists() && album.folder.join("of somebody else").exists()
        );
        album.remove(INCIDENT, ONE).unwrap();
        album.remove(INCIDENT, ONE).unwrap();
        assert_eq!(files(&album), 1);
    }
}
