//! Where the calls of a trial are from: the city's own record, or files of calls in the folder `calls` of its data.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use precinct_base::{Millis, Timestamp, caps};
use precinct_core::{Catalogue, Day, FileHash, Priority, Source};
use precinct_play::{Mapping, Origin, Zone, read_day};
use precinct_whatif::{Call, Piece, Recorded};
use precinct_wire::{CallSourceDoc, DayCallsDoc};

use super::record::{Counts, RecordCalls};
use crate::app::App;
use crate::ground::Ground;

/// What the city's own record is called among the sources.
pub(crate) const RECORD: &str = "record";
/// The folder of files.
const FOLDER: &str = "calls";
/// How the names of files end that are offered.
const ENDINGS: [&str; 2] = [".csv", ".csv.gz"];
/// How far before and after a day its calls keep units busy.
const EDGE_MS: i64 = 2 * 3_600_000;

/// When a file was written last, and its length: as long as both are the same, so is what was read of it.
type Version = (Option<SystemTime>, u64);

/// The calls of a file, in order of time; or why they cannot be read.
type FileCalls = Result<Arc<[Call]>, String>;

/// Where calls are from.
#[derive(Debug)]
pub(crate) struct Sources {
    folder: PathBuf,
    counts: Mutex<Counts>,
    read: Mutex<BTreeMap<String, (Version, FileCalls)>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn call_of(ground: &Ground, catalogue: &Catalogue, call: &precinct_play::Call) -> Call {
    let ms = |ms: Option<i64>| ms.and_then(|ms| u32::try_from(ms).ok()).map(Millis);
    let usual = || catalogue.kind(call.kind).map(|kind| kind.priority);
    let crew = |one: &precinct_play::Response| Recorded {
        turnout: ms(one.turnout_ms()),
        stay: ms(one.stay_ms()),
    };
    Call {
        key: Call::key(&call.id),
        source: match call.origin {
            Origin::Call => Source::Call,
            Origin::Alarm => Source::Alarm,
            Origin::Patrol => Source::Patrol,
        },
        received: call.received,
        kind: call.kind,
        priority: call.priority.or_else(usual).unwrap_or(Priority::HIGHEST),
        at: call.at,
        area: ground.area(call.at),
        handling: ms(call.handling_ms()),
        sent: ms(call.recorded_dispatch_ms()),
        there: ms(call.recorded_response_ms()),
        crews: call.responses.iter().map(crew).collect(),
    }
}

/// The local calendar of a city; that of UTC where its time zone is not known.
pub(super) fn zone(app: &App) -> Result<Zone, String> {
    let name = &app.ground.city.time_zone;
    let zone = Zone::named(name).or_else(|| Zone::named("UTC"));
    zone.ok_or_else(|| format!("the city's time zone {name} is unknown: mend its city.toml"))
}

/// A day counted from 1970, as records write it.
fn day(number: i64) -> Option<Day> {
    i32::try_from(number).ok().map(Day)
}

impl Sources {
    /// The sources of a data folder.
    pub(crate) fn new(data: &Path) -> Self {
        let (counts, read) = (Mutex::new(Counts::new(data)), Mutex::default());
        Self { folder: data.join(FOLDER), counts, read }
    }

    /// The files there are, in order; none if there is no folder.
    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> =
            names.filter(|name| ENDINGS.iter().any(|ending| name.ends_with(ending))).collect();
        names.sort_unstable();
        names.truncate(caps::CALL_FILES);
        names
    }

    /// What the columns of a file are, if a file of the same name that ends in `.toml` says so.
    fn mapping(&self, name: &str) -> Result<Option<Mapping>, String> {
        let bare = name.trim_end_matches(".gz").trim_end_matches(".csv");
        let path = self.folder.join(format!("{bare}.toml"));
        match fs::read_to_string(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("{bare}.toml: {error}")),
            Ok(text) => {
                Mapping::parse(&text).map(Some).map_err(|error| format!("{bare}.toml: {error}"))
            }
        }
    }

    /// The calls of a file, read once for as long as it stays as it is.
    fn file(&self, app: &App, name: &str) -> FileCalls {
        if !self.files().iter().any(|known| known == name) {
            return Err(format!("there is no file {name:?} in the folder `calls` of the data"));
        }
        let path = self.folder.join(name);
        let about = fs::metadata(&path).map_err(|error| format!("{name}: {error}"))?;
        let version = (about.modified().ok(), about.len());
        let mut read = lock(&self.read);
        if let Some((known, calls)) = read.get(name)
            && *known == version
        {
            return calls.clone();
        }
        let calls = self.mapping(name).and_then(|mapping| {
            read_day(&path, mapping).map_err(|error| format!("{name}: {error}"))
        });
        let catalogue = app.board.look(|state, _| state.catalogue().clone());
        let calls: FileCalls = calls.map(|day| {
            let mut calls: Vec<Call> =
                day.calls.iter().map(|call| call_of(&app.ground, &catalogue, call)).collect();
            calls.sort_by_key(|call| (call.received, call.key));
            calls.into()
        });
        read.insert(name.to_owned(), (version, calls.clone()));
        calls
    }

    /// Every source with its days. Reads what is new of the record and of files: not for a thread that others wait for.
    pub(crate) fn all(&self, app: &App) -> Result<Vec<CallSourceDoc>, String> {
        let zone = zone(app)?;
        let days = |counted: &BTreeMap<i64, u32>| {
            let one =
                |(&number, &calls): (&i64, &u32)| Some(DayCallsDoc { day: day(number)?, calls });
            counted.iter().filter_map(one).collect()
        };
        let mut counts = lock(&self.counts);
        let counted = counts.days(&|at| zone.day(at));
        let record = match counted {
            Ok(counted) => {
                CallSourceDoc { source: RECORD.to_owned(), days: days(counted), fault: None }
            }
            Err(fault) => {
                CallSourceDoc { source: RECORD.to_owned(), days: Vec::new(), fault: Some(fault) }
            }
        };
        drop(counts);
        let file = |name: String| match self.file(app, &name) {
            Ok(calls) => {
                let mut counted: BTreeMap<i64, u32> = BTreeMap::new();
                for call in calls.iter().filter(|call| !call.is_found()) {
                    *counted.entry(zone.day(call.received)).or_default() += 1;
                }
                CallSourceDoc { source: name, days: days(&counted), fault: None }
            }
            Err(fault) => CallSourceDoc { source: name, days: Vec::new(), fault: Some(fault) },
        };
        Ok(std::iter::once(record).chain(self.files().into_iter().map(file)).collect())
    }

    /// The days as pieces of time with their calls, each with those shortly before and after it.
    pub(crate) fn pieces(
        &self,
        app: &App,
        source: &str,
        days: &[Day],
        ends: &dyn Fn() -> bool,
    ) -> Result<Vec<Piece>, String> {
        let zone = zone(app)?;
        let begin = |day: i32| zone.begin(i64::from(day));
        let (first, last) = (days.iter().min(), days.iter().max());
        let (Some(first), Some(last)) = (first, last) else {
            return Err("no day is asked for".to_owned());
        };
        let window =
            (Timestamp(begin(first.0).0 - EDGE_MS), Timestamp(begin(last.0 + 1).0 + EDGE_MS));
        let calls: Arc<[Call]> = if source == RECORD {
            RecordCalls::read(&app.options.data, window, ends)?.into()
        } else {
            self.file(app, source)?
        };
        let piece = |day: &Day| {
            let (from, to) = (begin(day.0), begin(day.0 + 1));
            let near = calls.iter().filter(|call| {
                from.0 - EDGE_MS <= call.received.0 && call.received.0 < to.0 + EDGE_MS
            });
            let ahead_ms = zone.ahead_ms(from);
            let piece = Piece { from, to, ahead_ms, calls: near.cloned().collect() };
            let counts = piece.calls.iter().any(|call| piece.counts(call));
            counts.then_some(piece).ok_or_else(|| format!("{source} has no calls on {day}"))
        };
        days.iter().map(piece).collect()
    }
}

/// The hash of calls as they are used: of each its key, time, type, urgency and place.
pub(crate) fn hash(pieces: &[Piece]) -> FileHash {
    let mut hasher = precinct_journal::Hasher::default();
    for call in pieces.iter().flat_map(|piece| piece.calls.iter()) {
        let Call { key, received, kind, priority, at, .. } = call;
        let line = format!("{key} {} {kind} {} {at:?}\n", received.0, priority.number());
        hasher.update(line.as_bytes());
    }
    FileHash(hasher.finish().0)
}
