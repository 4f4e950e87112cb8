//! The file, and what is done with an entry of it.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use precinct_base::{Timestamp, caps};
use precinct_core::ContactId;
use precinct_journal::database::{Form, beside, read_only};
use precinct_journal::keys::{KEY_BYTES, KeyError, Keys, NONCE_BYTES, Opened, SEAL_BYTES};
use precinct_journal::{BackupError, OpenError, copy};
use rusqlite::{Connection, OptionalExtension, Params, params};

/// The name of the file in a data folder.
pub const FILE: &str = "contacts.db";
/// Marks the file as ours: "Prco" in ASCII. No version came before the layout below.
const FORM: Form = Form { application: 0x5072_636f, oldest: 1, newest: 1 };

/// Every column is in `golden/columns.txt`, with its purpose and retention. There is no column of an incident: no query leads from one to
/// the other but through the record.
const LAYOUT: &str = "
CREATE TABLE contacts (
  contact BLOB PRIMARY KEY,
  command BLOB NOT NULL UNIQUE,
  made INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
";

/// Chance: keys, nonces and numbers.
pub trait Chance {
    /// Fills `bytes` so that nobody can guess them.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// Why a contact was not kept, read or erased.
#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    /// It is too long.
    #[error("a contact may have {most} bytes and this one has {bytes}: shorten it")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// The files cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The database failed.
    #[error("contacts.db: {0}: check that there is room on the disk")]
    Database(#[from] rusqlite::Error),
}

/// The contacts of a data folder. Any number of threads may use them at once.
#[derive(Debug)]
pub struct Contacts {
    path: PathBuf,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    connection: Connection,
    keys: Keys,
    /// Whether the last write failed: what the connection believes of the file is then in doubt, and it is opened anew.
    doubtful: bool,
}

impl Contacts {
    /// Opens the contacts of a data folder; makes the file if there is none.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join(FILE);
        let connection = beside(&path, FORM, LAYOUT)?;
        let keys = Keys::open(folder)?;
        Ok(Self { path, inner: Mutex::new(Inner { connection, keys, doubtful: false }) })
    }

    fn inner(&self) -> Result<MutexGuard<'_, Inner>, ContactError> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.doubtful {
            inner.connection = beside(&self.path, FORM, LAYOUT)?;
            inner.doubtful = false;
        }
        Ok(inner)
    }

    /// Keeps a text under a fresh key, for a command that a record is to follow; the same command again keeps it once. It is on the disk
    /// when this returns. `now` is the calendar of the machine.
    pub fn keep(
        &self,
        command: [u8; 16],
        text: &str,
        now: Timestamp,
        chance: &mut dyn Chance,
    ) -> Result<ContactId, ContactError> {
        let (bytes, most) = (text.len() + SEAL_BYTES, caps::CONTACT_BYTES);
        if bytes > most {
            return Err(ContactError::TooLong { bytes, most });
        }
        let mut inner = self.inner()?;
        if let Some(known) = inner.of_command(command)? {
            if inner.keys.has(known.subject())? {
                // It is on its way again.
                inner.write(
                    "UPDATE contacts SET made = ? WHERE contact = ?",
                    params![now.0, known.0],
                )?;
                return Ok(known);
            }
            inner.remove(known)?;
        }
        let (mut id, mut key, mut nonce) = ([0; 8], [0; KEY_BYTES], [0; NONCE_BYTES]);
        chance.fill(&mut id);
        chance.fill(&mut key);
        chance.fill(&mut nonce);
        let contact = ContactId(id);
        inner.keys.create(&[(contact.subject(), key)])?;
        let sealed = inner.keys.seal(contact.subject(), nonce, text)?;
        let row = params![id, command, now.0, sealed];
        let written = inner.write("INSERT INTO contacts VALUES (?, ?, ?, ?)", row);
        if written.is_err() {
            // Nothing is under that key; the fault above is the one to tell.
            let _ = inner.keys.destroy(contact.subject());
        }
        written.map(|()| contact)
    }

    /// What a contact says; none if it was erased, or is not in this file.
    pub fn read(&self, contact: ContactId) -> Result<Option<String>, ContactError> {
        let inner = self.inner()?;
        let find = "SELECT sealed FROM contacts WHERE contact = ?";
        let row = inner.connection.query_row(find, [contact.0], |row| row.get(0)).optional()?;
        let Some(sealed): Option<Vec<u8>> = row else { return Ok(None) };
        match inner.keys.unseal(contact.subject(), &sealed) {
            Ok(Opened::Text(text)) => Ok(Some(text)),
            Ok(Opened::Erased) | Err(KeyError::Missing { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Erases a contact: first its key, then what was under it. One that is gone stays so.
    pub fn erase(&self, contact: ContactId) -> Result<(), ContactError> {
        let mut inner = self.inner()?;
        if inner.keys.has(contact.subject())? {
            inner.keys.destroy(contact.subject())?;
        }
        inner.remove(contact)
    }

    /// Erases every contact, and every key of one, that no record holds, and says how many there were. Those that came after `before` are
    /// left alone, since their record may be on its way; none is, at a start.
    pub fn sweep(
        &self,
        before: Option<Timestamp>,
        held: &dyn Fn(ContactId) -> bool,
    ) -> Result<usize, ContactError> {
        let (orphans, rows) = {
            let inner = self.inner()?;
            let rows = inner.rows()?;
            let late = |made: i64| before.is_some_and(|before| made > before.0);
            let orphan = |&&(contact, made): &&(ContactId, i64)| !held(contact) && !late(made);
            let orphans: Vec<ContactId> = rows.iter().filter(orphan).map(|row| row.0).collect();
            (orphans, rows)
        };
        for &contact in &orphans {
            self.erase(contact)?;
        }
        // A key without an entry is of one that was being written when the machine stopped.
        let alone = if before.is_none() { self.keys_alone(&rows)? } else { 0 };
        Ok(orphans.len() + alone)
    }

    fn keys_alone(&self, rows: &[(ContactId, i64)]) -> Result<usize, ContactError> {
        let mut inner = self.inner()?;
        let mut known: Vec<u64> = rows.iter().map(|(contact, _)| contact.subject()).collect();
        known.sort_unstable();
        let mut alone = inner.keys.alive(1 << 63, u64::MAX)?;
        alone.retain(|subject| known.binary_search(subject).is_err());
        alone.iter().try_for_each(|&subject| inner.keys.destroy(subject))?;
        Ok(alone.len())
    }

    /// Writes a copy into the folder `to`, where there is none yet, while everything goes on. Its keys are not in it.
    pub fn backup(folder: &Path, to: &Path) -> Result<(), BackupError> {
        let connection = read_only(&folder.join(FILE), FORM)?;
        copy(&connection, &to.join(FILE))
    }

    /// The contacts in a data folder, and whether each has a key, without changing anything.
    pub fn list(folder: &Path) -> Result<Vec<(ContactId, bool)>, ContactError> {
        let connection = read_only(&folder.join(FILE), FORM)?;
        let keys = Keys::reader(folder)?;
        let with_key = |(contact, _): (ContactId, i64)| Ok((contact, keys.has(contact.subject())?));
        rows(&connection)?.into_iter().map(with_key).collect()
    }
}

fn rows(connection: &Connection) -> rusqlite::Result<Vec<(ContactId, i64)>> {
    let mut list = connection.prepare_cached("SELECT contact, made FROM contacts")?;
    list.query_map([], |row| Ok((ContactId(row.get(0)?), row.get(1)?)))?.collect()
}

impl Inner {
    fn rows(&self) -> Result<Vec<(ContactId, i64)>, ContactError> {
        Ok(rows(&self.connection)?)
    }

    fn of_command(&self, command: [u8; 16]) -> Result<Option<ContactId>, ContactError> {
        let find = "SELECT contact FROM contacts WHERE command = ?";
        let found = self.connection.query_row(find, [command], |row| row.get(0)).optional()?;
        Ok(found.map(ContactId))
    }

    fn remove(&mut self, contact: ContactId) -> Result<(), ContactError> {
        self.write("DELETE FROM contacts WHERE contact = ?", [contact.0])
    }

    fn write(&mut self, what: &str, row: impl Params) -> Result<(), ContactError> {
        let written = self.connection.execute(what, row);
        self.doubtful = written.is_err();
        written?;
        Ok(())
    }
}
