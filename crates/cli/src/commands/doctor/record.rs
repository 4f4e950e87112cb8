//! The record of a data folder and the keys of its texts.

use std::path::Path;

use precinct_base::Timestamp;
use precinct_core::{Incident, State};
use precinct_engine::{Replayed, replay};
use precinct_journal::keys::{KeyError, Keys};
use precinct_journal::{Reader, snapshot, verify};

use super::{Found, beside};
use crate::board::utc;
use crate::keeping::{DRILL, KEYS};
use crate::text::numbers::grouped;

/// Records that may be read at a start before it is worth saying.
const MANY: u64 = 200_000;
/// How far the clock may be behind the last record, in milliseconds.
const BEHIND_MS: i64 = 5_000;
/// How old the last record may be before it is worth saying, in milliseconds.
const LONG_MS: i64 = 30 * 24 * 3_600_000;

/// Looks at the record; all of it, or its last records. Says when the last one was written, if it can be told.
pub(super) fn look(data: &Path, last: Option<u64>, found: &mut Found) -> Option<Timestamp> {
    let reader = match Reader::open(data) {
        Ok(reader) => reader,
        Err(error) => {
            found.failed("record", &error);
            return None;
        }
    };
    mode(&reader, found);
    chain(&reader, last, found);
    match replay(&reader, u64::MAX) {
        Ok(replayed) => {
            start(data, &replayed, found);
            keys(&reader, &replayed.state, found);
            beside::look(&reader, &replayed.state, last.is_none(), found);
            let wall = replayed.last.wall;
            clock(data, (replayed.head.seq > 0).then_some(wall), found);
            Some(wall)
        }
        Err(error) => {
            found.failed("start", &error);
            None
        }
    }
}

/// The writer refuses to start where its settings do not hold; what can be seen from here is how the file is written.
fn mode(reader: &Reader, found: &mut Found) {
    match reader.journal_mode() {
        Ok(mode) if mode == "wal" => found.ok("settings", "journal.db is written ahead (WAL)"),
        Ok(mode) => found.note(
            "settings",
            format!("journal.db is in mode {mode}"),
            "so it is in a copy; the first start sets WAL and synchronous = FULL, and refuses to go on if they do not hold",
        ),
        Err(error) => found.failed("settings", &error),
    }
}

fn chain(reader: &Reader, last: Option<u64>, found: &mut Found) {
    let restore = "stop the city, keep this folder, and restore the newest backup that is whole: `precinct restore`";
    let Some(last) = last else {
        return match verify(reader.folder(), &[], &mut |_| {}) {
            Err(error) => found.failed("chain", &error),
            Ok(report) => match report.faults.first() {
                None => found.ok(
                    "chain",
                    format!(
                        "all {} records are whole and in their places",
                        grouped(report.records)
                    ),
                ),
                Some(first) => {
                    let says = format!("{first}; {} faults in all", grouped(report.count));
                    found.fault("chain", says, restore);
                }
            },
        };
    };
    match reader.check_end(last) {
        Ok(head) => {
            let count = grouped(last.min(head.seq));
            found.ok(
                "chain",
                format!(
                    "the last {count} records are whole; the end is {}:{}",
                    head.seq, head.hash
                ),
            );
        }
        Err(error) => found.fault("chain", error.to_string(), restore),
    }
}

/// How much a start has to read, and whether a snapshot shortens it.
fn start(data: &Path, replayed: &Replayed, found: &mut Found) {
    let newest = snapshot::list(data).ok().and_then(|all| all.last().copied());
    let records = grouped(replayed.records);
    match newest {
        Some(newest) if newest != replayed.from => found.note(
            "snapshot",
            format!(
                "the snapshot after record {newest} is not used; a start reads {records} records"
            ),
            "it is damaged or of another form of states: the server makes a new one by itself",
        ),
        _ if replayed.records > MANY => found.note(
            "snapshot",
            format!("a start reads {records} records"),
            "the server makes snapshots while it runs: look for warnings about them in its log",
        ),
        _ => {
            found
                .ok("snapshot", format!("a start reads {records} records after {}", replayed.from));
        }
    }
}

fn has_text(incident: &Incident) -> bool {
    let places = incident.earlier_places.iter().chain([&incident.place]);
    let more = !incident.notes.is_empty() || !incident.media.is_empty();
    more || places.into_iter().any(|place| place.address.is_some())
}

/// The texts on the board that cannot be read for want of a key, and the keys that should be gone.
fn count(keys: &Keys, state: &State) -> Result<(u64, u64, u64), KeyError> {
    let (mut texts, mut lost, mut left) = (0, 0, 0);
    for (id, incident) in state.incidents() {
        let has = keys.has(u64::from(id.0))?;
        if incident.erased {
            left += u64::from(has);
        } else if has_text(incident) {
            texts += 1;
            lost += u64::from(!has);
        }
    }
    Ok((texts, lost, left))
}

/// The same; where something seems amiss, by the newest record: a text may have been erased since this state.
fn counted(keys: &Keys, reader: &Reader, state: &State) -> Result<(u64, u64, u64), KeyError> {
    let counted = count(keys, state)?;
    if counted.1 == 0 {
        return Ok(counted);
    }
    replay(reader, u64::MAX).map_or(Ok(counted), |newer| count(keys, &newer.state))
}

fn keys(reader: &Reader, state: &State, found: &mut Found) {
    let data = reader.folder();
    let back = "stop the city and put the keys.db of this record back: `precinct restore --keys`";
    if !data.join(KEYS).is_file() {
        let texts = state.incidents().values().filter(|one| !one.erased && has_text(one)).count();
        return match texts {
            0 => found.ok("keys", "there is no keys.db, and no text on the board"),
            n => {
                found.fault(
                    "keys",
                    format!("there is no keys.db; texts on the board that cannot be read: {n}"),
                    back,
                );
            }
        };
    }
    match Keys::reader(data).map_err(KeyError::from).and_then(|keys| counted(&keys, reader, state)) {
        Err(error) => found.failed("keys", &error),
        Ok((_, lost @ 1.., _)) => {
            found.fault("keys", format!("texts on the board without a key: {}", grouped(lost)), back);
        }
        Ok((_, _, left @ 1..)) => found.fault(
            "keys",
            format!("keys are there of texts that were erased: {}", grouped(left)),
            "this keys.db is older than its record: make a backup --with-keys and restore it, which destroys them",
        ),
        Ok((texts, ..)) => {
            found.ok("keys", format!("all {} texts on the board have theirs", grouped(texts)));
        }
    }
}

fn clock(data: &Path, last: Option<Timestamp>, found: &mut Found) {
    let now = jiff::Timestamp::now().as_millisecond();
    match last {
        None => found.ok("clock", "nothing is recorded yet"),
        Some(_) if data.join(DRILL).exists() => found.ok("clock", "a drill has a time of its own"),
        Some(last) if now.saturating_add(BEHIND_MS) < last.0 => found.fault(
            "clock",
            format!("the last record is of {}, and it is {} now", utc(last), utc(Timestamp(now))),
            "set the clock of this machine, and let it be kept by NTP or a time source of your own",
        ),
        Some(last) if now.saturating_sub(last.0) > LONG_MS => found.note(
            "clock",
            format!("the last record is of {}", utc(last)),
            "if the city was not at rest since then, check the clock of this machine",
        ),
        Some(last) => found.ok("clock", format!("the last record is of {}", utc(last))),
    }
}
