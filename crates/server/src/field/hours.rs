//! Presence on disk: an hour a file, of streets and hot spots and never of units, kept for 400 days. What is not over yet is beside them in
//! one file that is written anew each minute, so that a restart loses a minute at most.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use precinct_base::{SegmentId, Timestamp, UnitId, caps};
use precinct_journal::Hash;
use precinct_positions::presence::{Hour, OpenPasses, OpenStreet, OpenVisit};
use serde::{Deserialize, Serialize};
use tracing::warn;

use crate::keep::replace;

/// Milliseconds of an hour.
pub(super) const HOUR_MS: i64 = 3_600_000;

/// A stay that is over, by the key of its hot spot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Ended {
    pub(super) spot: String,
    pub(super) came: i64,
    pub(super) left: i64,
}

/// When somebody was at a hot spot last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Last {
    /// The end of the last visit.
    pub(crate) visit: Option<i64>,
    /// The end of the last that was as long as planned.
    pub(crate) dosed: Option<i64>,
}

/// A stay that is not over: which unit it is of is known only as long as it lasts.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Going {
    unit: u32,
    spot: String,
    came: i64,
    last: i64,
    away: Option<i64>,
}

/// What is not over yet, as it is written down. Streets are a list for each hour: number, minutes, passes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Open {
    roads: String,
    closed_to: Option<i64>,
    watched: BTreeMap<i64, u64>,
    streets: BTreeMap<i64, Vec<(u32, u64, u16)>>,
    going: Vec<Going>,
    pub(super) ended: Vec<Ended>,
    pub(super) last: BTreeMap<String, Last>,
}

impl Open {
    /// What is to be written down. `keys` are those of the hot spots by their numbers.
    pub(super) fn new(
        roads: [u8; 32],
        passes: &OpenPasses,
        going: &BTreeMap<(UnitId, u32), OpenVisit>,
        keys: &[String],
    ) -> Self {
        let streets = passes.hours.iter().map(|(&hour, streets)| {
            let street =
                |(segment, of): (&SegmentId, &OpenStreet)| (segment.0, of.minutes, of.passes);
            (hour, streets.iter().map(street).collect())
        });
        let going = going.iter().filter_map(|(&(unit, spot), visit)| {
            let OpenVisit { came, last, away } = *visit;
            let spot = keys.get(spot as usize)?.clone();
            let (came, last, away) = (came.0, last.0, away.map(|away| away.0));
            Some(Going { unit: unit.0, spot, came, last, away })
        });
        Self {
            roads: Hash(roads).to_string(),
            closed_to: Some(passes.closed_to),
            watched: passes.watched.clone(),
            streets: streets.collect(),
            going: going.collect(),
            ..Self::default()
        }
    }

    /// What was counted on streets; those of another road file are nothing on this one.
    pub(super) fn passes(&self, roads: [u8; 32]) -> OpenPasses {
        let closed_to = self.closed_to.unwrap_or(i64::MIN);
        if self.roads != Hash(roads).to_string() {
            if !self.streets.is_empty() {
                warn!(
                    "the city has other streets than before: passes of the hours that are not over are left out"
                );
            }
            return OpenPasses { closed_to, ..OpenPasses::default() };
        }
        let street = |&(segment, minutes, passes): &(u32, u64, u16)| {
            (SegmentId(segment), OpenStreet { minutes, passes })
        };
        let hours = self.streets.iter();
        let hours = hours.map(|(&hour, streets)| (hour, streets.iter().map(street).collect()));
        OpenPasses { closed_to, watched: self.watched.clone(), hours: hours.collect() }
    }

    /// The stays that went on.
    pub(super) fn going(&self, keys: &[String]) -> Vec<((UnitId, u32), OpenVisit)> {
        let of = |going: &Going| {
            let spot = keys.iter().position(|key| *key == going.spot)?;
            let away = going.away.map(Timestamp);
            let visit =
                OpenVisit { came: Timestamp(going.came), last: Timestamp(going.last), away };
            Some(((UnitId(going.unit), spot as u32), visit))
        };
        self.going.iter().filter_map(of).collect()
    }
}

/// The folder of presence.
#[derive(Clone, Debug)]
pub(super) struct Hours {
    folder: PathBuf,
}

impl Hours {
    /// The folder below a data folder.
    pub(super) fn open(data: &Path) -> io::Result<Self> {
        let folder = data.join("presence");
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    fn open_file(&self) -> PathBuf {
        self.folder.join("open.json")
    }

    /// What was not over when it was last written down; nothing if there is none that can be read.
    pub(super) fn read_open(&self) -> Open {
        let path = self.open_file();
        let Ok(bytes) = fs::read(&path) else { return Open::default() };
        serde_json::from_slice(&bytes).unwrap_or_else(|error| {
            warn!(%error, path = %path.display(), "what was counted of the last hours cannot be read: it is counted anew");
            Open::default()
        })
    }

    /// Writes down what is not over.
    pub(super) fn write_open(&self, open: &Open) {
        let written = serde_json::to_vec(open).map_err(io::Error::other);
        if let Err(error) = written.and_then(|bytes| replace(&self.open_file(), &bytes)) {
            warn!(%error, "a minute of presence is lost if the server ends now");
        }
    }

    fn file(&self, hour: i64) -> PathBuf {
        self.folder.join(format!("{hour:010}.hour"))
    }

    /// Writes an hour that is over.
    pub(super) fn write(&self, hour: &Hour) {
        let path = self.file(hour.begins.0.div_euclid(HOUR_MS));
        if let Err(error) = replace(&path, &hour.encode()) {
            warn!(%error, path = %path.display(), "an hour of presence is lost");
        }
    }

    /// The numbers of the hours there are, rising.
    pub(super) fn numbers(&self) -> io::Result<Vec<i64>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            let stem = name.to_str().and_then(|name| name.strip_suffix(".hour"));
            found.extend(stem.and_then(|stem| stem.parse::<i64>().ok()));
        }
        found.sort_unstable();
        Ok(found)
    }

    /// An hour; why not if it cannot be read.
    pub(super) fn read(&self, hour: i64) -> Result<Hour, String> {
        let path = self.file(hour);
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let bytes = fs::read(&path).map_err(|error| failed(&error))?;
        let found = Hour::decode(&bytes).map_err(|error| failed(&error))?;
        if found.begins.0.div_euclid(HOUR_MS) == hour {
            Ok(found)
        } else {
            Err(failed(&"it is of another hour than its name"))
        }
    }

    /// Removes what is too old at `now`.
    pub(super) fn prune(&self, now: Timestamp) {
        let oldest = now.0.saturating_sub(caps::PRESENCE_KEPT_MS).div_euclid(HOUR_MS);
        let old = self.numbers().map(|all| all.into_iter().filter(|&hour| hour < oldest).collect());
        let pruned = old.and_then(|old: Vec<i64>| {
            old.into_iter().try_for_each(|hour| fs::remove_file(self.file(hour)))
        });
        if let Err(error) = pruned {
            warn!(%error, "old hours of presence are not removed: they are looked at again in an hour");
        }
    }
}
