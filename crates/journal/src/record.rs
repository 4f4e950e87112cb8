//! Records, and what becomes one.

use std::fmt;

use crate::{AppendError, Hash};

/// Longest actor in bytes.
pub const ACTOR_BYTES: usize = 64;
/// Longest body in bytes.
pub const BODY_BYTES: usize = 1 << 20;
/// Most records in one batch.
pub const BATCH_RECORDS: usize = 4_096;

/// The unique id of the command that a record is of; 32 hexadecimal digits in text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandKey(pub [u8; 16]);

impl fmt::Display for CommandKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The last record: where the journal ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its sequence number; 0 is an empty journal.
    pub seq: u64,
    /// Its hash; [`crate::GENESIS`] for an empty journal.
    pub hash: Hash,
}

/// What is to become a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The command it is of. No two records have the same.
    pub command: CommandKey,
    /// Milliseconds since 1970-01-01T00:00:00Z by the writer's calendar.
    pub instant: i64,
    /// Who, by staff number.
    pub actor: String,
    /// What: a JSON object that says which version of its form it has.
    pub body: String,
}

impl Draft {
    /// Whether it can be a record.
    pub(crate) fn check(&self) -> Result<(), AppendError> {
        let command = self.command;
        let long = |what, bytes, most| AppendError::TooLarge { command, what, bytes, most };
        if self.actor.len() > ACTOR_BYTES {
            return Err(long("actor", self.actor.len(), ACTOR_BYTES));
        }
        if self.body.len() > BODY_BYTES {
            return Err(long("body", self.body.len(), BODY_BYTES));
        }
        let object = self.body.starts_with('{')
            && serde_json::from_str::<serde::de::IgnoredAny>(&self.body).is_ok();
        if !object || self.body.contains(['\n', '\r']) {
            return Err(AppendError::NotAnObject { command });
        }
        Ok(())
    }
}

/// A record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its number, from 1.
    pub seq: u64,
    /// See [`Draft::instant`].
    pub instant: i64,
    /// See [`Draft::command`].
    pub command: CommandKey,
    /// See [`Draft::actor`].
    pub actor: String,
    /// See [`Draft::body`].
    pub body: String,
    /// The hash of the record before it.
    pub previous: Hash,
    /// Its hash; see [`crate::GENESIS`].
    pub hash: Hash,
}

/// A record as it is read, without copies of its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// Its number, from 1.
    pub seq: u64,
    /// See [`Draft::instant`].
    pub instant: i64,
    /// See [`Draft::command`].
    pub command: CommandKey,
    /// See [`Draft::actor`].
    pub actor: &'a str,
    /// See [`Draft::body`].
    pub body: &'a str,
    /// The hash of the record before it.
    pub previous: Hash,
    /// Its hash.
    pub hash: Hash,
}

impl Row<'_> {
    /// A copy to keep.
    pub fn to_record(&self) -> Record {
        Record {
            seq: self.seq,
            instant: self.instant,
            command: self.command,
            actor: self.actor.to_owned(),
            body: self.body.to_owned(),
            previous: self.previous,
            hash: self.hash,
        }
    }
}

impl Record {
    /// The record without a copy of its texts.
    pub fn as_row(&self) -> Row<'_> {
        Row {
            seq: self.seq,
            instant: self.instant,
            command: self.command,
            actor: &self.actor,
            body: &self.body,
            previous: self.previous,
            hash: self.hash,
        }
    }

    /// Where a journal ends that ends with this record.
    pub const fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash }
    }
}
