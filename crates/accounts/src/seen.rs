//! When sessions and keys were last in use, until it is written down: whoever looks one up waits for no disk.

use std::collections::BTreeMap;

use precinct_base::Timestamp;
use precinct_core::StaffNo;
use rusqlite::{Transaction, params};

/// What is not written down yet. There is no more of it than there are sessions and keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    sessions: BTreeMap<String, Timestamp>,
    keys: BTreeMap<StaffNo, Timestamp>,
}

impl Seen {
    pub(crate) fn is_empty(&self) -> bool {
        self.sessions.is_empty() && self.keys.is_empty()
    }

    /// When a session was last in use, as far as it is not written down.
    pub(crate) fn session(&self, id: &str) -> Timestamp {
        self.sessions.get(id).copied().unwrap_or(Timestamp(i64::MIN))
    }

    /// The day a key was last used on, as far as it is not written down.
    pub(crate) fn key(&self, holder: StaffNo) -> Option<Timestamp> {
        self.keys.get(&holder).copied()
    }

    pub(crate) fn see_session(&mut self, id: &str, now: Timestamp) {
        self.sessions.insert(id.to_owned(), now);
    }

    pub(crate) fn see_key(&mut self, holder: StaffNo, day: Timestamp) {
        self.keys.insert(holder, day);
    }

    /// Writes it down.
    pub(crate) fn write(&self, on: &Transaction<'_>) -> rusqlite::Result<()> {
        for (id, seen) in &self.sessions {
            let set = "UPDATE sessions SET seen = max(seen, ?) WHERE id = ?";
            on.execute(set, params![seen.0, id])?;
        }
        for (holder, day) in &self.keys {
            let set = "UPDATE keys SET used = ? WHERE holder = ?";
            on.execute(set, params![day.0, holder.as_str()])?;
        }
        Ok(())
    }

    /// Forgets what was written down, and not what came meanwhile.
    pub(crate) fn forget(&mut self, written: &Self) {
        self.sessions.retain(|id, seen| written.sessions.get(id) != Some(seen));
        self.keys.retain(|holder, day| written.keys.get(holder) != Some(day));
    }
}
