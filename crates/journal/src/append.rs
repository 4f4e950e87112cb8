//! Appending: many records, one trip to the disk; all of them or none.

use std::collections::BTreeSet;

use rusqlite::{Connection, ErrorCode, params};

use crate::database::is_full;
use crate::{AppendError, BATCH_RECORDS, Draft, Head, Journal, Record, chain};

/// How writing ended.
enum Failed {
    /// Before the commit: nothing was written, for certain.
    Before(rusqlite::Error),
    /// In it: nobody knows.
    InDoubt(rusqlite::Error),
}

impl Journal {
    /// Appends `batch` after record `expected`, and returns where the journal ends when all of it is on the disk.
    ///
    /// The batch is written whole or not at all. Only [`AppendError::Unknown`] leaves a doubt; then the journal refuses everything until it
    /// is opened anew and asked, by [`Journal::find`], what became of the commands.
    pub fn append(&mut self, batch: &[Draft], expected: u64) -> Result<Head, AppendError> {
        self.check(batch, expected)?;
        if batch.is_empty() {
            return Ok(self.head);
        }
        if !self.has_room() {
            return Err(AppendError::Full);
        }
        self.check_new(batch)?;
        let mut head = self.head;
        let records: Vec<Record> = batch
            .iter()
            .map(|draft| {
                let record = chain::seal(draft, head);
                head = record.head();
                record
            })
            .collect();
        match write(&self.connection, &records, head) {
            Ok(()) => {
                self.head = head;
                Ok(head)
            }
            Err(failed) => Err(self.failed(failed)),
        }
    }

    fn check(&self, batch: &[Draft], expected: u64) -> Result<(), AppendError> {
        if self.poisoned {
            return Err(AppendError::Poisoned);
        }
        if expected != self.head.seq {
            return Err(AppendError::Moved { expected, found: self.head.seq });
        }
        if batch.len() > BATCH_RECORDS {
            return Err(AppendError::Batch { records: batch.len() });
        }
        let mut seen = BTreeSet::new();
        for draft in batch {
            draft.check()?;
            if !seen.insert(draft.command) {
                return Err(AppendError::Repeated { command: draft.command });
            }
        }
        Ok(())
    }

    /// That none of the commands has a record.
    fn check_new(&self, batch: &[Draft]) -> Result<(), AppendError> {
        let known = "SELECT 1 FROM records WHERE command = ?";
        let known = self.connection.prepare_cached(known);
        let mut known = known.map_err(|source| AppendError::Unreadable { source })?;
        for draft in batch {
            let there = known.exists([draft.command.0]);
            if there.map_err(|source| AppendError::Unreadable { source })? {
                return Err(AppendError::Repeated { command: draft.command });
            }
        }
        Ok(())
    }

    fn failed(&mut self, failed: Failed) -> AppendError {
        let source = match failed {
            Failed::Before(source) => {
                // Undone by now, or undone here. If it cannot be undone, the connection is of no more use.
                let undone = self.connection.is_autocommit()
                    || self.connection.execute_batch("ROLLBACK").is_ok();
                match (source.sqlite_error_code(), undone) {
                    (Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked), true) => {
                        return AppendError::Busy;
                    }
                    (Some(ErrorCode::DiskFull), true) => {
                        self.full = true;
                        // If it cannot be given up there is no more room than before.
                        let _ = self.reserve.give_up();
                        return AppendError::Full;
                    }
                    _ => source,
                }
            }
            Failed::InDoubt(source) => {
                if is_full(&source) {
                    let _ = self.reserve.give_up();
                }
                source
            }
        };
        self.poisoned = true;
        AppendError::Unknown { source }
    }
}

fn write(connection: &Connection, records: &[Record], head: Head) -> Result<(), Failed> {
    insert(connection, records, head).map_err(Failed::Before)?;
    connection.execute_batch("COMMIT").map_err(Failed::InDoubt)
}

fn insert(connection: &Connection, records: &[Record], head: Head) -> rusqlite::Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let mut insert = connection.prepare_cached("INSERT INTO records VALUES (?,?,?,?,?,?,?)")?;
    for record in records {
        let Record { seq, instant, command, actor, body, previous, hash } = record;
        insert.execute(params![
            seq.cast_signed(),
            instant,
            command.0,
            actor,
            body,
            previous.0,
            hash.0
        ])?;
    }
    let mut update = connection.prepare_cached("UPDATE head SET seq = ?, hash = ?")?;
    update.execute(params![head.seq.cast_signed(), head.hash.0])?;
    Ok(())
}

#[cfg(test)]
mod tests;
