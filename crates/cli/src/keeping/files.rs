//! The files of a data folder, and copying those that are no databases.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use precinct_core::{FileHash, IncidentId, MediaId};
use precinct_journal::{Hash, Hasher};

use super::{Item, KeepError};

/// The record.
pub(crate) const JOURNAL: &str = "journal.db";
/// The keys of sealed texts.
pub(crate) const KEYS: &str = "keys.db";
/// Accounts, keys of machines and devices.
pub(crate) const ACCOUNTS: &str = "accounts.db";
/// How to reach who reported incidents, sealed.
pub(crate) const CONTACTS: &str = precinct_contacts::FILE;
/// The folder of pictures, sealed.
pub(crate) const MEDIA: &str = "media";
/// The folder of plans and their trials.
pub(crate) const PLANS: &str = "plans";
/// The city's own policies.
pub(crate) const POLICIES: &str = "policies.cedar";
/// Marks a drill's folder.
pub(crate) const DRILL: &str = "drill";
/// The folder of presence by the hour.
pub(crate) const PRESENCE: &str = "presence";
/// The folder of tracks.
pub(crate) const TRACKS: &str = "tracks";

/// Bytes copied in one go.
const BLOCK: usize = 1 << 16;

fn failed(path: &Path) -> impl Fn(io::Error) -> KeepError {
    move |source| KeepError::File { path: path.to_owned(), source }
}

/// Makes sure that a file, or what a folder lists, is on the disk.
pub(crate) fn sync(path: &Path) -> Result<(), KeepError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(failed(path))
}

/// Reads a file to its end, hands each block on, and says how long it is and its hash.
fn through(
    path: &Path,
    hand_on: &mut dyn FnMut(&[u8]) -> Result<(), KeepError>,
) -> Result<(u64, Hash), KeepError> {
    let mut file = File::open(path).map_err(failed(path))?;
    let (mut block, mut hasher, mut bytes) = (vec![0; BLOCK], Hasher::default(), 0);
    loop {
        let read = match file.read(&mut block) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read.map_err(failed(path))?,
        };
        if read == 0 {
            return Ok((bytes, hasher.finish()));
        }
        hasher.update(&block[..read]);
        hand_on(&block[..read])?;
        bytes += read as u64;
    }
}

/// Copies a file to where there is none, for its owner only, and to the disk. Says how long it is and its hash.
pub(crate) fn copy_file(from: &Path, to: &Path) -> Result<(u64, Hash), KeepError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut copy = options.open(to).map_err(failed(to))?;
    let copied = through(from, &mut |block| copy.write_all(block).map_err(failed(to)))?;
    copy.sync_all().map_err(failed(to))?;
    Ok(copied)
}

/// Copies a file of that name, if there is one.
pub(crate) fn copy_if_there(from: &Path, to: &Path, name: &str) -> Result<(), KeepError> {
    let from = from.join(name);
    if from.is_file() { copy_file(&from, &to.join(name)).map(|_| ()) } else { Ok(()) }
}

/// The length and hash of a file.
pub(crate) fn file_hash(path: &Path) -> Result<(u64, Hash), KeepError> {
    through(path, &mut |_| Ok(()))
}

/// Where the sealed file of a picture is.
pub(crate) fn media_path(data: &Path, incident: IncidentId, media: MediaId) -> PathBuf {
    data.join(MEDIA).join(format!("{:010}-{media}.sealed", incident.0))
}

/// Where a document of a plan is.
pub(crate) fn plan_path(data: &Path, file: FileHash) -> PathBuf {
    data.join(PLANS).join(format!("{file}.json"))
}

/// The files of tracks in a data folder, in order.
fn tracks(data: &Path) -> Result<Vec<PathBuf>, KeepError> {
    ending(&data.join(TRACKS), "track")
}

/// The sealed files of pictures in a data folder, in order.
fn media(data: &Path) -> Result<Vec<PathBuf>, KeepError> {
    ending(&data.join(MEDIA), "sealed")
}

/// The documents of plans in a data folder, in order.
fn plans(data: &Path) -> Result<Vec<PathBuf>, KeepError> {
    ending(&data.join(PLANS), "json")
}

/// The hours of presence in a data folder, in order. What is not over yet is no part of it: it still knows which unit is where.
fn presence(data: &Path) -> Result<Vec<PathBuf>, KeepError> {
    ending(&data.join(PRESENCE), "hour")
}

/// The files in a folder whose names end so, in order; none if there is no folder.
fn ending(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, KeepError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed(folder))?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed(folder))?.path();
        if path.extension().is_some_and(|is| is == ending) {
            found.push(path);
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// The hours that there are tracks of, counted from 1970, rising.
pub(crate) fn track_hours(data: &Path) -> Result<Vec<i64>, KeepError> {
    let hour = |path: &PathBuf| path.file_stem()?.to_str()?.split('-').next()?.parse().ok();
    let mut hours: Vec<i64> = tracks(data)?.iter().filter_map(hour).collect();
    hours.sort_unstable();
    hours.dedup();
    Ok(hours)
}

/// Copies the tracks. Once an hour their blocks become one file: if one goes while they are copied, all are copied anew.
pub(crate) fn copy_tracks(data: &Path, to: &Path) -> Result<(), KeepError> {
    let to = to.join(TRACKS);
    loop {
        let found = tracks(data)?;
        if found.is_empty() {
            return Ok(());
        }
        fs::create_dir(&to).map_err(failed(&to))?;
        let copy = |path: &PathBuf| {
            copy_file(path, &to.join(path.file_name().unwrap_or_default())).map(|_| ())
        };
        match found.iter().try_for_each(copy) {
            Err(KeepError::File { path, source })
                if source.kind() == ErrorKind::NotFound && path.starts_with(data) =>
            {
                fs::remove_dir_all(&to).map_err(failed(&to))?;
            }
            Err(error) => return Err(error),
            Ok(()) => return sync(&to),
        }
    }
}

/// Copies the sealed pictures. One that goes while they are copied was erased, and is not wanted.
pub(crate) fn copy_media(data: &Path, to: &Path) -> Result<(), KeepError> {
    copy_all(data, media(data)?, &to.join(MEDIA))
}

/// Copies the documents of plans. One that goes while they are copied was named by no record.
pub(crate) fn copy_plans(data: &Path, to: &Path) -> Result<(), KeepError> {
    copy_all(data, plans(data)?, &to.join(PLANS))
}

/// Copies presence by the hour. One that goes while they are copied was too old.
pub(crate) fn copy_presence(data: &Path, to: &Path) -> Result<(), KeepError> {
    copy_all(data, presence(data)?, &to.join(PRESENCE))
}

/// Copies files into a folder that is made for them, but those that go meanwhile.
fn copy_all(data: &Path, files: Vec<PathBuf>, to: &Path) -> Result<(), KeepError> {
    for path in files {
        if !to.exists() {
            fs::create_dir(to).map_err(failed(to))?;
        }
        let copy = to.join(path.file_name().unwrap_or_default());
        match copy_file(&path, &copy) {
            Err(KeepError::File { path, source })
                if source.kind() == ErrorKind::NotFound && path.starts_with(data) =>
            {
                fs::remove_file(&copy).map_err(failed(&copy))?;
            }
            copied => _ = copied?,
        }
    }
    if to.exists() { sync(to) } else { Ok(()) }
}

/// What is in a backup: its files with their lengths and hashes, in order.
pub(crate) fn items(folder: &Path) -> Result<Vec<Item>, KeepError> {
    let single = [JOURNAL, KEYS, ACCOUNTS, CONTACTS, POLICIES, DRILL].map(|name| folder.join(name));
    let there = single.into_iter().filter(|path| path.is_file());
    let mut items = Vec::new();
    let inner = [media(folder)?, plans(folder)?, presence(folder)?, tracks(folder)?];
    for path in there.chain(inner.into_iter().flatten()) {
        let (bytes, hash) = file_hash(&path)?;
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        items.push(Item { name, bytes, sha256: hash.to_string() });
    }
    Ok(items)
}
