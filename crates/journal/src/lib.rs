//! The only durable writer: records in a chain, in a file that keeps what was acknowledged.
//!
//! A record is acknowledged when [`Journal::append`] returns, and then it is on the disk. The journal takes bytes: what a body means
//! is its writer's business. It reads no clock and draws no lots; instants, keys and nonces are given to it.
//!
//! A data folder holds `journal.db` (records), `keys.db` (keys of sealed texts), `snapshots/`, `reserve` (room kept for a full disk)
//! and `writer.lock`.

mod append;
mod backup;
mod chain;
pub mod database;
mod error;
mod export;
mod files;
mod hash;
mod journal;
pub mod keys;
mod reader;
mod record;
mod reserve;
pub mod snapshot;
mod verify;

pub use backup::{BackupError, backup, backup_keys, copy};
pub use chain::{Broken, GENESIS, seal};
pub use error::{AppendError, OpenError, ReadError, disk_failure};
pub use export::{ExportError, json_lines};
pub use hash::{Hash, Hasher, NotAHash};
pub use journal::{Journal, Options, RESERVE_BYTES, is_written};
pub use reader::Reader;
pub use record::{ACTOR_BYTES, BATCH_RECORDS, BODY_BYTES, CommandKey, Draft, Head, Record, Row};
pub use verify::{Fault, Report, VerifyError, verify};
