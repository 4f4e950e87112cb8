//! Tracks on disk: what units drove, an hour a file, kept for thirty days and no longer (charter 5).
//!
//! Fixes wait in memory for a minute and then become a small block; when an hour is over its blocks become one. All files are written
//! whole or not at all. What a crash loses is the last minute: fixes are no events.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use precinct_base::{Timestamp, UnitId};
use precinct_positions::{Fix, track};
use tracing::warn;

use crate::keep::replace;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// How long fixes wait in memory.
const FLUSH_MS: i64 = 60_000;
/// Days that tracks are kept; a city may set fewer, never more.
pub(crate) const KEPT_DAYS: i64 = 30;
/// Hours that late fixes are waited for before the blocks of an hour become one.
const LATE_HOURS: i64 = 1;

/// Tracks of a data folder.
#[derive(Clone, Debug)]
pub(crate) struct Tracks(Arc<Mutex<Store>>);

#[derive(Debug)]
struct Store {
    folder: PathBuf,
    waiting: Vec<Fix>,
    /// Fixes that are on their way to the disk.
    writing: Arc<[Fix]>,
    flushed: i64,
    pruned: i64,
    blocks: u64,
}

/// Why a track cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TrackFault {
    /// A file.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What is in it.
    #[error("{path}: {source}")]
    Block {
        /// Which.
        path: PathBuf,
        /// Why.
        source: track::TrackError,
    },
}

/// A file: its hour, the number of its block; a whole hour has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    hour: i64,
    block: Option<u64>,
}

impl Name {
    fn read(name: &str) -> Option<Self> {
        let stem = name.strip_suffix(".track")?;
        let (hour, block) = match stem.split_once('-') {
            Some((hour, block)) => (hour, Some(block.parse().ok()?)),
            None => (stem, None),
        };
        Some(Self { hour: hour.parse().ok()?, block })
    }

    fn path(self, folder: &Path) -> PathBuf {
        let Self { hour, block } = self;
        folder.join(match block {
            Some(block) => format!("{hour:010}-{block}.track"),
            None => format!("{hour:010}.track"),
        })
    }
}

impl Tracks {
    /// The tracks below a data folder.
    pub(crate) fn open(data: &Path) -> io::Result<Self> {
        let folder = data.join("tracks");
        fs::create_dir_all(&folder)?;
        let blocks = names(&folder)?.iter().filter_map(|name| name.block).max();
        let blocks = blocks.map_or(0, |last| last + 1);
        let (flushed, pruned) = (i64::MIN, i64::MIN);
        Ok(Self(Arc::new(Mutex::new(Store {
            folder,
            waiting: Vec::new(),
            writing: Arc::default(),
            flushed,
            pruned,
            blocks,
        }))))
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a fix.
    pub(crate) fn keep(&self, fix: &Fix) {
        self.store().waiting.push(*fix);
    }

    /// Writes what has waited long enough, and removes what is too old. May wait for the disk; nobody waits for it.
    pub(crate) fn tick(&self, now: Timestamp) {
        let (flushes, tidies) = {
            let mut store = self.store();
            let tidies = now.0.saturating_sub(store.pruned) >= HOUR_MS;
            if tidies {
                store.pruned = now.0;
            }
            (now.0.saturating_sub(store.flushed) >= FLUSH_MS, tidies)
        };
        if flushes {
            self.close(now);
        }
        if tidies {
            let folder = Folder(self.store().folder.clone());
            folder.tidy(now);
        }
    }

    /// Writes all that waits.
    pub(crate) fn close(&self, now: Timestamp) {
        let (folder, fixes, first) = self.store().flush(now);
        let folder = Folder(folder);
        for (fixes, block) in fixes.chunk_by(of_one_hour).zip(first..) {
            let name = Name { hour: hour(fixes[0].time), block: Some(block) };
            if let Err(error) = folder.put(name, fixes.to_vec()) {
                warn!(%error, fixes = fixes.len(), "a minute of tracks is lost");
            }
        }
        self.store().writing = Arc::default();
    }

    /// Where `unit` was between two instants, both included, in order of time.
    pub(crate) fn read(
        &self,
        unit: UnitId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Fix>, TrackFault> {
        self.read_all(&BTreeSet::from([unit]), from, to)
    }

    /// The same of several units, unit by unit.
    pub(crate) fn read_all(
        &self,
        units: &BTreeSet<UnitId>,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Fix>, TrackFault> {
        let store = self.store();
        let within = |fix: &&Fix| units.contains(&fix.unit) && from <= fix.time && fix.time <= to;
        let in_memory = store.waiting.iter().chain(store.writing.iter());
        let mut found: Vec<Fix> = in_memory.filter(within).copied().collect();
        let (folder, hours) = (store.folder.clone(), hour(from)..=hour(to));
        drop(store);
        let failed = |path: PathBuf| move |source| TrackFault::File { path, source };
        for name in names(&folder).map_err(failed(folder.clone()))? {
            if !hours.contains(&name.hour) {
                continue;
            }
            let path = name.path(&folder);
            // A block that has become part of its hour meanwhile is read there.
            let Ok(bytes) = fs::read(&path) else { continue };
            let all = track::Partition::open(&bytes).and_then(|block| {
                let of = |&unit: &UnitId| block.unit(unit, from, to);
                units.iter().map(of).collect::<Result<Vec<_>, _>>()
            });
            let all = all.map_err(|source| TrackFault::Block { path, source })?;
            found.extend(all.into_iter().flatten());
        }
        found.sort_unstable_by_key(|fix| (fix.unit, fix.time, *fix));
        found.dedup();
        Ok(found)
    }
}

const fn hour(at: Timestamp) -> i64 {
    at.0.div_euclid(HOUR_MS)
}

fn names(folder: &Path) -> io::Result<Vec<Name>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        found.extend(entry?.file_name().to_str().and_then(Name::read));
    }
    found.sort_unstable();
    Ok(found)
}

fn of_one_hour(one: &Fix, other: &Fix) -> bool {
    hour(one.time) == hour(other.time)
}

impl Store {
    /// Takes out what waits, in order of time; it is looked at here until it is written. And the number of its first block.
    fn flush(&mut self, now: Timestamp) -> (PathBuf, Arc<[Fix]>, u64) {
        self.flushed = now.0;
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_unstable_by_key(|fix| fix.time);
        let first = self.blocks;
        self.blocks += waiting.chunk_by(of_one_hour).count() as u64;
        self.writing = Arc::from(waiting);
        (self.folder.clone(), self.writing.clone(), first)
    }
}

/// The folder of tracks.
struct Folder(PathBuf);

impl Folder {
    fn put(&self, name: Name, fixes: Vec<Fix>) -> io::Result<()> {
        let bytes = track::encode(fixes).map_err(io::Error::other)?;
        replace(&name.path(&self.0), &bytes)
    }

    /// Hours that are over become one file; those that are too old go.
    fn tidy(&self, now: Timestamp) {
        if let Err(error) = self.try_tidy(hour(now)) {
            warn!(%error, "tracks are not tidy: they are looked at again in an hour");
        }
    }

    fn try_tidy(&self, now: i64) -> io::Result<()> {
        let oldest = now - KEPT_DAYS * DAY_MS / HOUR_MS;
        let names = names(&self.0)?;
        for hour in names.chunk_by(|a, b| a.hour == b.hour) {
            let blocks = hour.iter().any(|name| name.block.is_some());
            if hour[0].hour < oldest {
                hour.iter().try_for_each(|name| fs::remove_file(name.path(&self.0)))?;
            } else if hour[0].hour + LATE_HOURS < now && blocks {
                self.join(hour)?;
            }
        }
        Ok(())
    }

    fn join(&self, files: &[Name]) -> io::Result<()> {
        let mut fixes = Vec::new();
        for name in files {
            let bytes = fs::read(name.path(&self.0))?;
            let block = track::Partition::open(&bytes).and_then(|block| block.all());
            fixes.extend(block.map_err(io::Error::other)?);
        }
        fixes.sort_unstable_by_key(|fix| (fix.unit, fix.time, *fix));
        fixes.dedup();
        self.put(Name { block: None, ..files[0] }, fixes)?;
        let blocks = files.iter().filter(|name| name.block.is_some());
        blocks.into_iter().try_for_each(|name| fs::remove_file(name.path(&self.0)))
    }
}

#[cfg(test)]
mod tests {
    use precinct_base::LonLat;

    use super::*;

    const START: i64 = 472_222 * HOUR_MS;

    fn fix(unit: u32, ms: i64) -> Fix {
        let at = LonLat::new(1_135_439_000, 221_987_000).unwrap();
        Fix::new(UnitId(unit), at, Timestamp(START + ms))
    }

    fn times(tracks: &Tracks, unit: u32, from: i64, to: i64) -> Vec<i64> {
        let at = |ms| Timestamp(START + ms);
        let found = tracks.read(UnitId(unit), at(from), at(to)).unwrap();
        found.iter().map(|fix| fix.time.0 - START).collect()
    }

    #[test]
    fn a_track_is_read_from_memory_blocks_and_hours_and_is_gone_after_thirty_days() {
        let data = tempfile::tempdir().unwrap();
        let tracks = Tracks::open(data.path()).unwrap();
        let at = |ms| Timestamp(START + ms);
        tracks.tick(at(0));
        for ms in [10, 20, HOUR_MS + 5] {
            tracks.keep(&fix(1, ms));
            tracks.keep(&fix(2, ms));
        }
        assert_eq!(times(&tracks, 1, 0, 15), [10]);
        tracks.tick(at(FLUSH_MS));
        tracks.keep(&fix(1, 30));
        assert_eq!(times(&tracks, 1, 0, 2 * HOUR_MS), [10, 20, 30, HOUR_MS + 5]);
        tracks.close(at(FLUSH_MS + 1));
        assert_eq!(names(&data.path().join("tracks")).unwrap().len(), 3);
        drop(tracks);
        let tracks = Tracks::open(data.path()).unwrap();
        tracks.tick(at(2 * HOUR_MS + 1));
        assert_eq!(times(&tracks, 1, 0, 2 * HOUR_MS), [10, 20, 30, HOUR_MS + 5]);
        let left = names(&data.path().join("tracks")).unwrap();
        assert_eq!(left.iter().filter(|name| name.block.is_none()).count(), 1, "{left:?}");
        assert_eq!(times(&tracks, 2, 15, HOUR_MS), [20]);
        tracks.tick(at(30 * DAY_MS + HOUR_MS));
        assert_eq!(times(&tracks, 1, 0, 2 * HOUR_MS), [HOUR_MS + 5]);
        tracks.tick(at(31 * DAY_MS));
        assert!(names(&data.path().join("tracks")).unwrap().is_empty());
    }

    #[test]
    fn a_block_that_was_altered_is_named() {
        let data = tempfile::tempdir().unwrap();
        let tracks = Tracks::open(data.path()).unwrap();
        tracks.keep(&fix(1, 10));
        tracks.close(Timestamp(START));
        let folder = data.path().join("tracks");
        let path = names(&folder).unwrap()[0].path(&folder);
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&path, bytes).unwrap();
        let error = tracks.read(UnitId(1), Timestamp(START), Timestamp(START + 20)).unwrap_err();
        assert!(error.to_string().contains(".track: "), "{error}");
    }
}
