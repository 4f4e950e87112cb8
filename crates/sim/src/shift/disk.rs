//! A disk that fails as disks do: what was written is in memory until it is flushed, and any call may be the last.

use std::collections::BTreeMap;
use std::io::{Error, ErrorKind};
use std::ops::ControlFlow;
use std::path::PathBuf;

use precinct_engine::{Records, Store};
use precinct_journal::keys::{KEY_BYTES, KeyError, NONCE_BYTES};
use precinct_journal::snapshot::Snapshot;
use precinct_journal::{
    AppendError, CommandKey, Draft, Head, OpenError, ReadError, Record, Row, disk_failure, seal,
};

use crate::rng::Rng;

/// What happens at a storage call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The process is killed: what was written stays with the system.
    Kill,
    /// The power fails: what was not flushed may be lost, and a batch half written is.
    PowerCut,
    /// The call fails, and nobody knows what it did.
    Error,
}

/// How the disk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Condition {
    Up,
    InDoubt,
    Down { power: bool },
}

/// A store in memory, with faults.
#[derive(Clone, Debug)]
pub struct SimDisk {
    /// Flushed.
    durable: Vec<Record>,
    /// Written and not flushed; whether the batch is whole.
    cached: Vec<Record>,
    cached_whole: bool,
    keys: BTreeMap<u64, Option<[u8; KEY_BYTES]>>,
    snapshots: Vec<Snapshot>,
    condition: Condition,
    /// Whether it is full.
    pub(super) full: bool,
    rng: Rng,
    calls: u64,
    /// How often in a hundred thousand calls the process is killed or the power fails, and a call fails.
    rates: (i64, i64),
    crash_at: Option<u64>,
    lying: bool,
    faults: u64,
}

impl SimDisk {
    pub(super) fn new(rng: Rng, rates: (i64, i64), crash_at: Option<u64>, lying: bool) -> Self {
        Self {
            durable: Vec::new(),
            cached: Vec::new(),
            cached_whole: true,
            keys: BTreeMap::new(),
            snapshots: Vec::new(),
            condition: Condition::Up,
            full: false,
            rng,
            calls: 0,
            rates,
            crash_at,
            lying,
            faults: 0,
        }
    }

    /// Storage calls so far.
    pub const fn calls(&self) -> u64 {
        self.calls
    }

    /// Calls that failed or were the last.
    pub const fn faults(&self) -> u64 {
        self.faults
    }

    /// Whether the process is gone.
    pub const fn is_down(&self) -> bool {
        matches!(self.condition, Condition::Down { .. })
    }

    /// Every record there is, flushed or not.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.durable.iter().chain(&self.cached)
    }

    /// Whether the key of a subject is there.
    pub fn has_key(&self, subject: u64) -> bool {
        self.keys.get(&subject).is_some_and(Option::is_some)
    }

    /// Puts a snapshot beside the records.
    pub(super) fn keep(&mut self, snapshot: Snapshot) {
        self.snapshots.push(snapshot);
    }

    /// One storage call.
    fn call(&mut self) -> Result<(), Fault> {
        let chance = self.rng.between(0, 99_999);
        let power = self.rng.chance(500);
        let this = self.calls;
        self.calls += 1;
        let (crash, error) = self.rates;
        let fault = if self.crash_at == Some(this) {
            Fault::PowerCut
        } else if chance < crash {
            if power { Fault::PowerCut } else { Fault::Kill }
        } else if chance < crash + error {
            Fault::Error
        } else {
            return Ok(());
        };
        self.faults += 1;
        self.condition = match fault {
            Fault::Error => Condition::InDoubt,
            Fault::Kill => Condition::Down { power: false },
            Fault::PowerCut => Condition::Down { power: true },
        };
        Err(fault)
    }

    /// Turns it on again after the process ended. What a power cut took is gone.
    pub(super) fn restart(&mut self) {
        if self.condition == (Condition::Down { power: true }) && self.rng.chance(600) {
            self.cached.clear();
        }
        self.condition = Condition::Up;
        self.recover();
    }

    /// What opening does: a batch that is not whole is dropped, and what is left is flushed before anybody relies on it.
    fn recover(&mut self) {
        if self.cached_whole {
            self.durable.append(&mut self.cached);
        }
        self.cached.clear();
        self.cached_whole = true;
    }

    fn up(&self) -> Result<(), ReadError> {
        if self.condition == Condition::Up { Ok(()) } else { Err(ReadError::Poisoned) }
    }

    fn unknown() -> AppendError {
        AppendError::Unknown { source: disk_failure() }
    }

    fn key_error() -> KeyError {
        KeyError::Database { path: PathBuf::from("keys.db"), source: disk_failure() }
    }

    fn written(&mut self, records: Vec<Record>) -> Result<(), AppendError> {
        let whole = self.call();
        if whole.is_err() {
            // Torn: some of it is there.
            let some = self.rng.index(records.len() + 1);
            self.cached_whole = some == records.len();
            self.cached = records.into_iter().take(some).collect();
            return Err(Self::unknown());
        }
        self.cached = records;
        self.cached_whole = true;
        if self.lying {
            // Said to be flushed, and left to luck.
            let _ = self.call();
            return Ok(());
        }
        if self.call().is_err() {
            // The system may have let go of what it could not write.
            if self.rng.chance(300) {
                self.cached.clear();
            }
            return Err(Self::unknown());
        }
        self.durable.append(&mut self.cached);
        Ok(())
    }

    fn end(&self) -> Head {
        self.records().last().map_or(Head::EMPTY, Record::head)
    }
}

impl Records for SimDisk {
    fn read(
        &self,
        from: u64,
        visit: &mut dyn FnMut(&Row<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        self.up()?;
        let skip = from.saturating_sub(1) as usize;
        for record in self.records().skip(skip) {
            if visit(&record.as_row()).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn snapshot(&self, at_most: u64) -> Option<Snapshot> {
        self.snapshots.iter().rev().find(|snapshot| snapshot.seq <= at_most).cloned()
    }
}

impl Store for SimDisk {
    fn last(&self) -> Head {
        self.end()
    }

    fn has_room(&mut self) -> bool {
        !self.full
    }

    fn append(&mut self, batch: &[Draft], expected: u64) -> Result<Head, AppendError> {
        if self.condition != Condition::Up {
            return Err(AppendError::Poisoned);
        }
        let mut head = self.end();
        if head.seq != expected {
            return Err(AppendError::Moved { expected, found: head.seq });
        }
        if batch.is_empty() {
            return Ok(head);
        }
        if self.full {
            return Err(AppendError::Full);
        }
        if self.lying {
            self.durable.append(&mut self.cached);
        }
        let mut records = Vec::with_capacity(batch.len());
        for draft in batch {
            let record = seal(draft, head);
            head = record.head();
            records.push(record);
        }
        self.written(records)?;
        Ok(head)
    }

    fn find(&self, command: CommandKey) -> Result<Option<Record>, ReadError> {
        self.up()?;
        Ok(self.records().find(|record| record.command == command).cloned())
    }

    fn reopen(&mut self) -> Result<(), OpenError> {
        let failed = || OpenError::File {
            path: PathBuf::from("journal.db"),
            source: Error::from(ErrorKind::Other),
        };
        if self.is_down() {
            return Err(failed());
        }
        self.call().map_err(|_| failed())?;
        self.condition = Condition::Up;
        self.recover();
        Ok(())
    }

    fn create_keys(&mut self, fresh: &[(u64, [u8; KEY_BYTES])]) -> Result<(), KeyError> {
        self.up().map_err(|_| Self::key_error())?;
        if self.call().is_err() {
            self.only_down();
            return Err(Self::key_error());
        }
        for &(subject, key) in fresh {
            self.keys.entry(subject).or_insert(Some(key));
        }
        Ok(())
    }

    /// A toy cipher: sealing is not what is proved here.
    fn seal(
        &self,
        subject: u64,
        nonce: [u8; NONCE_BYTES],
        text: &str,
    ) -> Result<Vec<u8>, KeyError> {
        match self.keys.get(&subject) {
            None => Err(KeyError::Missing { subject, path: PathBuf::from("keys.db") }),
            Some(None) => Err(KeyError::Destroyed { subject }),
            Some(Some(key)) => {
                let sealed = text.bytes().zip(key.iter().cycle()).map(|(byte, key)| byte ^ key);
                Ok(nonce.into_iter().chain(sealed).collect())
            }
        }
    }

    fn destroy_key(&mut self, subject: u64) -> Result<(), KeyError> {
        self.up().map_err(|_| Self::key_error())?;
        if self.call().is_err() {
            self.only_down();
            return Err(Self::key_error());
        }
        self.keys.insert(subject, None);
        Ok(())
    }
}

impl SimDisk {
    /// A failed call of the key file leaves the records as they are.
    fn only_down(&mut self) {
        if self.condition == Condition::InDoubt {
            self.condition = Condition::Up;
        }
    }
}
