//! A disk as it could be after a power cut: what was flushed is there, and of the rest any part may be.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::Failure;

/// A storage call, as the shim wrote it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    /// A file was made.
    Create(PathBuf),
    /// Bytes were written at an offset.
    Write(PathBuf, u64, Vec<u8>),
    /// The file was given a length.
    Truncate(PathBuf, u64),
    /// The file was flushed.
    Sync(PathBuf),
    /// The folder was flushed.
    SyncFolder(PathBuf),
    /// The file was given another name.
    Rename(PathBuf, PathBuf),
    /// The file was removed.
    Remove(PathBuf),
    /// A folder was made.
    Folder(PathBuf),
    /// The writer said something.
    Said(String),
}

/// Reads what the shim wrote down.
pub(crate) fn parse(mut log: &[u8]) -> Result<Vec<Call>, Failure> {
    let mut calls = Vec::new();
    while let Some((&kind, rest)) = log.split_first() {
        let (header, rest) = rest.split_first_chunk::<24>().ok_or("the log is cut")?;
        let (numbers, _) = header.as_chunks::<8>();
        let [path, offset, data] = [0, 1, 2].map(|at: usize| u64::from_ne_bytes(numbers[at]));
        let (path, rest) = rest.split_at_checked(path as usize).ok_or("the log is cut")?;
        let (data, rest) = rest.split_at_checked(data as usize).ok_or("the log is cut")?;
        log = rest;
        let path = PathBuf::from(std::str::from_utf8(path)?);
        calls.push(match kind {
            b'C' => Call::Create(path),
            b'W' => Call::Write(path, offset, data.to_vec()),
            b'T' => Call::Truncate(path, offset),
            b'S' => Call::Sync(path),
            b'D' => Call::SyncFolder(path),
            b'R' => Call::Rename(path, PathBuf::from(std::str::from_utf8(data)?)),
            b'U' => Call::Remove(path),
            b'M' => Call::Folder(path),
            b'A' => Call::Said(String::from_utf8(data.to_vec())?),
            other => return Err(format!("the log has a call {other}").into()),
        });
    }
    Ok(calls)
}

/// What a sector holds is written whole or not at all.
const SECTOR: usize = 512;

/// A file: what is surely on the disk, and what was written since the last flush.
#[derive(Clone, Debug, Default)]
struct File {
    surely: Vec<u8>,
    since: Vec<Change>,
}

#[derive(Clone, Debug)]
enum Change {
    Write(u64, Vec<u8>),
    Length(u64),
}

fn make(content: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Write(offset, bytes) => {
            let (from, to) = (*offset as usize, *offset as usize + bytes.len());
            if content.len() < to {
                content.resize(to, 0);
            }
            content[from..to].copy_from_slice(bytes);
        }
        Change::Length(length) => content.resize(*length as usize, 0),
    }
}

impl File {
    fn flush(&mut self) {
        for change in std::mem::take(&mut self.since) {
            make(&mut self.surely, &change);
        }
    }
}

/// Chance: `SplitMix64` (Steele, Lea, Flood, 2014).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit.max(1)
    }
}

/// Files by number, and which names lead to them: on the disk surely, and by now.
#[derive(Clone, Debug, Default)]
pub(crate) struct Disk {
    files: Vec<File>,
    surely: BTreeMap<PathBuf, usize>,
    now: BTreeMap<PathBuf, usize>,
    /// What the writer had said.
    pub(crate) said: String,
}

impl Disk {
    /// Goes on by a call.
    pub(crate) fn call(&mut self, call: &Call) {
        match call {
            Call::Create(path) => {
                self.files.push(File::default());
                self.now.insert(path.clone(), self.files.len() - 1);
            }
            Call::Write(path, offset, bytes) => {
                self.change(path, Change::Write(*offset, bytes.clone()));
            }
            Call::Truncate(path, length) => self.change(path, Change::Length(*length)),
            Call::Sync(path) => {
                if let Some(&file) = self.now.get(path) {
                    self.files[file].flush();
                }
            }
            Call::SyncFolder(folder) => self.sync_folder(folder),
            Call::Rename(from, to) => {
                if let Some(file) = self.now.remove(from) {
                    self.now.insert(to.clone(), file);
                }
            }
            Call::Remove(path) => _ = self.now.remove(path),
            Call::Folder(_) => {}
            Call::Said(text) => self.said += text,
        }
    }

    fn change(&mut self, path: &Path, change: Change) {
        if let Some(&file) = self.now.get(path) {
            self.files[file].since.push(change);
        }
    }

    /// Names in a folder last once the folder is flushed, and not before.
    fn sync_folder(&mut self, folder: &Path) {
        let inside = |path: &PathBuf| path.parent() == Some(folder);
        self.surely.retain(|path, _| !inside(path));
        let names = self.now.iter().filter(|(path, _)| inside(path));
        self.surely.extend(names.map(|(path, &file)| (path.clone(), file)));
    }

    /// Puts into `to` what could be found there after the power failed now; `from` is where the writer wrote.
    pub(crate) fn image(&self, from: &Path, to: &Path, chance: &mut Chance) -> Result<(), Failure> {
        // Of the names changed since, the first so many are there: a folder is written in order, as file systems with a journal do.
        let names = if chance.below(2) == 0 { &self.surely } else { &self.now };
        for (path, &file) in names {
            let place = to.join(path.strip_prefix(from)?);
            std::fs::create_dir_all(place.parent().unwrap_or(to))?;
            std::fs::write(place, self.content(file, chance))?;
        }
        Ok(())
    }

    /// What a file could hold: nothing of what is not flushed, all of it up to a point, or any of it, sector by sector.
    fn content(&self, file: usize, chance: &mut Chance) -> Vec<u8> {
        let File { surely, since } = &self.files[file];
        let mut content = surely.clone();
        match chance.below(4) {
            0 => {}
            1 => {
                let some = chance.below(since.len() as u64 + 1) as usize;
                since[..some].iter().for_each(|change| make(&mut content, change));
            }
            how => {
                for change in since {
                    if chance.below(2) == 0 {
                        continue;
                    }
                    match change {
                        Change::Write(offset, bytes) if how == 3 => {
                            torn(&mut content, *offset, bytes, chance);
                        }
                        whole => make(&mut content, whole),
                    }
                }
            }
        }
        content
    }
}

/// Some sectors of a write.
fn torn(content: &mut Vec<u8>, offset: u64, bytes: &[u8], chance: &mut Chance) {
    let mut from = 0;
    while from < bytes.len() {
        let place = offset as usize + from;
        let to = bytes.len().min(from + SECTOR - place % SECTOR);
        if chance.below(2) == 0 {
            make(content, &Change::Write(place as u64, bytes[from..to].to_vec()));
        }
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_contents(disk: &Disk, name: &str) -> std::collections::BTreeSet<Option<Vec<u8>>> {
        let mut chance = Chance(1);
        let folder = tempfile::tempdir().unwrap();
        (0..200)
            .map(|n| {
                let to = folder.path().join(n.to_string());
                disk.image(Path::new("/d"), &to, &mut chance).unwrap();
                std::fs::read(to.join(name)).ok()
            })
            .collect()
    }

    #[test]
    fn what_is_flushed_is_there_and_the_rest_may_be() {
        let path = || PathBuf::from("/d/a");
        let mut disk = Disk::default();
        disk.call(&Call::Create(path()));
        disk.call(&Call::Write(path(), 0, b"one".to_vec()));
        disk.call(&Call::Sync(path()));
        // The content lasts, its name does not yet.
        let found = all_contents(&disk, "a");
        assert!(
            found.contains(&None) && found.contains(&Some(b"one".to_vec())) && found.len() == 2
        );
        disk.call(&Call::SyncFolder(PathBuf::from("/d")));
        assert_eq!(
            all_contents(&disk, "a").into_iter().collect::<Vec<_>>(),
            [Some(b"one".to_vec())]
        );
        disk.call(&Call::Write(path(), 1, b"NE!".to_vec()));
        let found = all_contents(&disk, "a");
        assert!(found.contains(&Some(b"one".to_vec())) && found.contains(&Some(b"oNE!".to_vec())));
        disk.call(&Call::Rename(path(), PathBuf::from("/d/b")));
        assert!(all_contents(&disk, "b").contains(&None), "the name is not flushed");
        disk.call(&Call::SyncFolder(PathBuf::from("/d")));
        assert!(all_contents(&disk, "a").into_iter().all(|content| content.is_none()));
        disk.call(&Call::Truncate(PathBuf::from("/d/b"), 2));
        disk.call(&Call::Sync(PathBuf::from("/d/b")));
        assert_eq!(
            all_contents(&disk, "b").into_iter().collect::<Vec<_>>(),
            [Some(b"oN".to_vec())]
        );
        disk.call(&Call::Remove(PathBuf::from("/d/b")));
        disk.call(&Call::SyncFolder(PathBuf::from("/d")));
        assert!(all_contents(&disk, "b").into_iter().all(|content| content.is_none()));
    }

    #[test]
    fn a_torn_write_has_some_of_its_sectors() {
        let mut seen = std::collections::BTreeSet::new();
        let mut chance = Chance(3);
        for _ in 0..64 {
            let mut content = vec![0; 1_536];
            torn(&mut content, 0, &[1; 1_536], &mut chance);
            assert!(
                content.chunks(SECTOR).all(|sector| sector.iter().all(|byte| *byte == sector[0]))
            );
            seen.insert([content[0], content[512], content[1_024]]);
        }
        assert_eq!(seen.len(), 8);
    }

    #[test]
    fn a_log_that_is_cut_is_refused() {
        let mut log = vec![b'W'];
        for number in [2_u64, 5, 3] {
            log.extend(number.to_ne_bytes());
        }
        log.extend(b"/axyz");
        assert_eq!(parse(&log).unwrap(), [Call::Write("/a".into(), 5, b"xyz".to_vec())]);
        assert!((1..log.len()).all(|at| parse(&log[..at]).is_err()));
        log[0] = b'?';
        assert!(parse(&log).is_err());
    }
}
