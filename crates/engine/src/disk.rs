//! The store of a data folder.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use precinct_journal::keys::{KEY_BYTES, KeyError, Keys, NONCE_BYTES};
use precinct_journal::snapshot::{self, Snapshot};
use precinct_journal::{
    AppendError, CommandKey, Draft, Head, Journal, OpenError, Options, ReadError, Record, Row,
};

use crate::{Records, Store};

/// The journal and keys of a data folder, open for writing.
#[derive(Debug)]
pub struct Disk {
    folder: PathBuf,
    options: Options,
    // None only while it is opened anew.
    journal: Option<Journal>,
    keys: Keys,
    before: Head,
}

impl Disk {
    /// Opens a data folder; makes it if there is none.
    pub fn open(folder: &Path, options: Options) -> Result<Self, OpenError> {
        let journal = Journal::open(folder, &options)?;
        let keys = Keys::open(folder)?;
        let before = journal.last();
        Ok(Self { folder: folder.to_owned(), options, journal: Some(journal), keys, before })
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn journal(&self) -> Result<&Journal, ReadError> {
        self.journal.as_ref().ok_or(ReadError::Poisoned)
    }
}

impl Records for Disk {
    fn read(
        &self,
        from: u64,
        visit: &mut dyn FnMut(&Row<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        self.journal()?.read(from, visit)
    }

    fn snapshot(&self, at_most: u64) -> Option<Snapshot> {
        snapshot::newest(&self.folder, at_most).0
    }
}

impl Store for Disk {
    fn last(&self) -> Head {
        self.journal.as_ref().map_or(self.before, Journal::last)
    }

    fn has_room(&mut self) -> bool {
        self.journal.as_mut().is_some_and(Journal::has_room)
    }

    fn append(&mut self, batch: &[Draft], expected: u64) -> Result<Head, AppendError> {
        self.journal.as_mut().ok_or(AppendError::Poisoned)?.append(batch, expected)
    }

    fn find(&self, command: CommandKey) -> Result<Option<Record>, ReadError> {
        self.journal()?.find(command)
    }

    fn reopen(&mut self) -> Result<(), OpenError> {
        self.before = self.last();
        // The lock must be let go before it can be taken again.
        self.journal = None;
        self.journal = Some(Journal::open(&self.folder, &self.options)?);
        self.keys = Keys::open(&self.folder)?;
        Ok(())
    }

    fn create_keys(&mut self, fresh: &[(u64, [u8; KEY_BYTES])]) -> Result<(), KeyError> {
        self.keys.create(fresh)
    }

    fn seal(
        &self,
        subject: u64,
        nonce: [u8; NONCE_BYTES],
        text: &str,
    ) -> Result<Vec<u8>, KeyError> {
        self.keys.seal(subject, nonce, text)
    }

    fn destroy_key(&mut self, subject: u64) -> Result<(), KeyError> {
        self.keys.destroy(subject)
    }
}
