//! A data folder besides its record: room, who writes, accounts, policies, tracks.

use std::fs;
use std::path::Path;

use precinct_accounts::Accounts;
use precinct_base::Timestamp;
use precinct_core::Role;
use precinct_journal::{RESERVE_BYTES, is_written};

use super::Found;
use crate::board::utc;
use crate::keeping::{
    ACCOUNTS, CONTACTS, DRILL, KEYS, MEDIA, PLANS, POLICIES, TRACKS, track_hours,
};

/// What a data folder holds.
const OURS: &[&str] = &[
    "journal.db",
    "journal.db-wal",
    "journal.db-shm",
    KEYS,
    "keys.db-journal",
    ACCOUNTS,
    "accounts.db-journal",
    "accounts.db-wal",
    "accounts.db-shm",
    CONTACTS,
    "contacts.db-wal",
    "contacts.db-shm",
    MEDIA,
    PLANS,
    "calls",
    POLICIES,
    DRILL,
    TRACKS,
    "reserve",
    "snapshots",
    "writer.lock",
];
/// Room below which it is a fault, in bytes: the record could not be tidied.
const LEAST_ROOM: u64 = 4 * RESERVE_BYTES;
/// Room below which it is worth saying, in bytes.
const LITTLE_ROOM: u64 = 1 << 30;
const HOUR_MS: i64 = 3_600_000;
/// Hours that tracks are kept, and one in which the server removes them.
const KEPT_HOURS: i64 = 30 * 24 + 1;

/// Whether there is a folder, and what is in it that is not ours.
pub(super) fn is_there(data: &Path, found: &mut Found) -> bool {
    let entries = match fs::read_dir(data) {
        Ok(entries) => entries,
        Err(error) => {
            let says = format!("{}: {error}", data.display());
            found.fault(
                "folder",
                says,
                "check the path, and run this as the user the server runs as",
            );
            return false;
        }
    };
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut others: Vec<String> = names.filter(|name| !OURS.contains(&name.as_str())).collect();
    others.sort_unstable();
    if others.is_empty() {
        let what = if data.join(DRILL).exists() { "a drill's" } else { "of a city at work" };
        found.ok("folder", format!("{what}; nothing is in it that is not Precinct's"));
    } else {
        let says = format!("in it, and not Precinct's: {}", others.join(", "));
        found.note("folder", says, "keep other files elsewhere: a backup does not have them");
    }
    true
}

/// Looks at the rest; `last` is when the last record was written.
pub(super) fn look(data: &Path, last: Option<Timestamp>, found: &mut Found) {
    writer(data, found);
    reserve(data, found);
    room(data, found);
    accounts(data, found);
    policies(data, found);
    let now = Timestamp(jiff::Timestamp::now().as_millisecond());
    let drill = data.join(DRILL).exists();
    tracks(data, last.filter(|_| drill).unwrap_or(now), found);
}

fn writer(data: &Path, found: &mut Found) {
    match is_written(data) {
        Ok(true) => found.ok("writer", "the city is served at this moment"),
        Ok(false) => found.ok("writer", "the city is not served at this moment"),
        Err(error) => found.failed("writer", &format!("writer.lock: {error}")),
    }
}

fn reserve(data: &Path, found: &mut Found) {
    let bytes = fs::metadata(data.join("reserve")).map_or(0, |file| file.len());
    if bytes == RESERVE_BYTES {
        found.ok("reserve", "16 MiB are kept back for a full disk");
    } else {
        found.note(
            "reserve",
            format!("{bytes} bytes of {RESERVE_BYTES} are kept back for a full disk"),
            "the server takes the room when it starts, or when the disk is no longer full",
        );
    }
}

#[cfg(unix)]
fn room(data: &Path, found: &mut Found) {
    let free = match rustix::fs::statvfs(data) {
        Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize),
        Err(error) => return found.failed("room", &error),
    };
    let says = format!("{} MiB are free on this disk", free >> 20);
    match free {
        0..LEAST_ROOM => {
            found.fault("room", says, "make room now: when it is gone nothing is recorded");
        }
        LEAST_ROOM..LITTLE_ROOM => found.note("room", says, "make room, or move to a larger disk"),
        _ => found.ok("room", says),
    }
}

#[cfg(not(unix))]
fn room(_: &Path, found: &mut Found) {
    found.note("room", "how much is free cannot be told here", "look with the system's own tools");
}

fn accounts(data: &Path, found: &mut Found) {
    let begin = "serve the city: the first start prints a link for the first administrator";
    if !data.join(ACCOUNTS).is_file() {
        return found.note("accounts", "there are none yet", begin);
    }
    let read = Accounts::open(data)
        .map_err(|error| error.to_string())
        .and_then(|accounts| accounts.accounts(None).map_err(|error| error.to_string()));
    match read {
        Err(error) => found.failed("accounts", &error),
        Ok(all) if all.is_empty() => found.note("accounts", "there are none yet", begin),
        Ok(all) => {
            let runs = |role: &Role| *role == Role::Administrator;
            let administrators = all
                .iter()
                .filter(|one| !one.disabled && one.grants.iter().any(|grant| runs(&grant.role)));
            let administrators = administrators.count();
            found.ok(
                "accounts",
                format!("accounts.db can be read; administrators: {administrators}"),
            );
        }
    }
}

fn policies(data: &Path, found: &mut Found) {
    match precinct_server::own_policies(data) {
        Ok(true) => found.ok("policies", "the city's own, and in order"),
        Ok(false) => found.ok("policies", "those that Precinct brings"),
        Err(error) => found.failed("policies", &error),
    }
}

fn tracks(data: &Path, now: Timestamp, found: &mut Found) {
    let hours = match track_hours(data) {
        Ok(hours) => hours,
        Err(error) => return found.failed("tracks", &error),
    };
    let Some(&oldest) = hours.first() else { return found.ok("tracks", "there are none") };
    let says = format!("from {} on", utc(Timestamp(oldest.saturating_mul(HOUR_MS))));
    if oldest < now.0.div_euclid(HOUR_MS) - KEPT_HOURS {
        let mend = "serve the city, which removes what is older than thirty days within the hour; if it is served, look for warnings in its log";
        found.fault("tracks", says, mend);
    } else {
        found.ok("tracks", says);
    }
}
