//! Keys of sealed texts. Whoever destroys a key erases what was sealed with it, in every copy of the journal.
//!
//! A text is sealed with XChaCha20-Poly1305 under the key of its subject, which is bound in as associated data: 24 bytes nonce, the text
//! as ciphertext, 16 bytes tag. Keys and nonces are drawn by the caller.
//!
//! Destroyed keys are overwritten in the file (`secure_delete`), and nothing of them is left in any file of the folder. What a disk keeps
//! of blocks that were overwritten or freed is beyond a program: keep data folders on an encrypted disk, and copies of `keys.db` apart from
//! those of the journal and no longer than texts may be kept.

use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use rusqlite::{Connection, OptionalExtension, params};

use crate::OpenError;
use crate::database::{Form, PATIENCE, need, ours, pragma, read_only};
use crate::files::KEYS;

/// Bytes of a nonce.
pub const NONCE_BYTES: usize = 24;
/// Bytes of a key.
pub const KEY_BYTES: usize = 32;
/// How much longer a sealed text is than the text.
pub const SEAL_BYTES: usize = NONCE_BYTES + 16;

const APPLICATION: i64 = 0x5072_6b79;
/// Version 1 is as the file was before it said its version.
const VERSION: i64 = 1;
const FORM: Form = Form { application: APPLICATION, oldest: 0, newest: VERSION };

/// The keys of a data folder.
#[derive(Debug)]
pub struct Keys {
    connection: Connection,
    path: PathBuf,
    /// Whether the last write failed: what the connection believes of the file is then in doubt, and it is opened anew.
    doubtful: bool,
}

/// What a sealed text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The text.
    Text(String),
    /// Its key was destroyed at the end of its time.
    Erased,
}

/// Why a text cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The key was destroyed; none is ever made again.
    #[error(
        "the key of {subject} was destroyed at the end of its time: nothing more is sealed under it"
    )]
    Destroyed {
        /// Whose.
        subject: u64,
    },
    /// There never was a key.
    #[error(
        "there is no key of {subject} in {path}: this folder's keys are not those of its journal"
    )]
    Missing {
        /// Whose.
        subject: u64,
        /// Where.
        path: PathBuf,
    },
    /// The text was altered, or is another subject's.
    #[error("the sealed text is not of {subject}, or was altered")]
    Altered {
        /// Whose it should be.
        subject: u64,
    },
    /// The file cannot be opened anew after a write that failed.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error("{path}: {source}")]
    Database {
        /// Which.
        path: PathBuf,
        /// How.
        source: rusqlite::Error,
    },
}

impl Keys {
    /// Opens the keys of a data folder; makes the file if there is none.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join(KEYS);
        Ok(Self { connection: connect(&path)?, path, doubtful: false })
    }

    /// Opens the keys of a data folder for reading only.
    pub fn reader(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join(KEYS);
        Ok(Self { connection: read_only(&path, FORM)?, path, doubtful: false })
    }

    fn failed(&self) -> impl Fn(rusqlite::Error) -> KeyError {
        move |source| KeyError::Database { path: self.path.clone(), source }
    }

    /// Writes, on a connection that is not in doubt. All is on the disk when this returns.
    fn write(
        &mut self,
        write: impl FnOnce(&mut Connection) -> rusqlite::Result<()>,
    ) -> Result<(), KeyError> {
        if self.doubtful {
            self.connection = connect(&self.path)?;
        }
        let written = write(&mut self.connection);
        self.doubtful = written.is_err();
        written.map_err(self.failed())
    }

    /// Gives each subject that has none the key beside it. All are on the disk when this returns.
    pub fn create(&mut self, fresh: &[(u64, [u8; KEY_BYTES])]) -> Result<(), KeyError> {
        self.write(|connection| {
            let batch = connection.transaction()?;
            for (subject, key) in fresh {
                let add = "INSERT INTO keys VALUES (?, ?) ON CONFLICT DO NOTHING";
                batch.execute(add, params![subject.cast_signed(), key])?;
            }
            batch.commit()
        })
    }

    /// The key of a subject; the inner `None` is a destroyed one.
    #[expect(clippy::option_option, reason = "no key, a destroyed one, and a key are three things")]
    fn key(&self, subject: u64) -> Result<Option<Option<[u8; KEY_BYTES]>>, KeyError> {
        let find = self.connection.prepare_cached("SELECT key FROM keys WHERE subject = ?");
        let mut find = find.map_err(self.failed())?;
        let found = find.query_row([subject.cast_signed()], |row| row.get(0));
        found.optional().map_err(self.failed())
    }

    fn cipher(&self, subject: u64) -> Result<Option<XChaCha20Poly1305>, KeyError> {
        match self.key(subject)? {
            None => Err(KeyError::Missing { subject, path: self.path.clone() }),
            Some(key) => Ok(key.map(|key| XChaCha20Poly1305::new(&key.into()))),
        }
    }

    /// Seals a text under the key of its subject. A nonce is used once.
    pub fn seal(
        &self,
        subject: u64,
        nonce: [u8; NONCE_BYTES],
        text: &str,
    ) -> Result<Vec<u8>, KeyError> {
        self.seal_bytes(subject, nonce, text.as_bytes())
    }

    /// The same of bytes that are no text.
    pub fn seal_bytes(
        &self,
        subject: u64,
        nonce: [u8; NONCE_BYTES],
        bytes: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        let cipher = self.cipher(subject)?.ok_or(KeyError::Destroyed { subject })?;
        let payload = Payload { msg: bytes, aad: &subject.to_be_bytes() };
        let sealed = cipher.encrypt(&nonce.into(), payload);
        let sealed = sealed.map_err(|_| KeyError::Altered { subject })?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// What a sealed text says, or that it was erased.
    pub fn unseal(&self, subject: u64, sealed: &[u8]) -> Result<Opened, KeyError> {
        let Some(bytes) = self.unseal_bytes(subject, sealed)? else { return Ok(Opened::Erased) };
        let text = String::from_utf8(bytes).map_err(|_| KeyError::Altered { subject })?;
        Ok(Opened::Text(text))
    }

    /// The bytes that were sealed; none if they were erased.
    pub fn unseal_bytes(&self, subject: u64, sealed: &[u8]) -> Result<Option<Vec<u8>>, KeyError> {
        let Some(cipher) = self.cipher(subject)? else { return Ok(None) };
        let altered = || KeyError::Altered { subject };
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or_else(altered)?;
        let payload = Payload { msg: sealed, aad: &subject.to_be_bytes() };
        cipher.decrypt(&(*nonce).into(), payload).map(Some).map_err(|_| altered())
    }

    /// Destroys the key of a subject, for good: the place of it is kept, so that none is made again.
    pub fn destroy(&mut self, subject: u64) -> Result<(), KeyError> {
        let destroy = "INSERT INTO keys VALUES (?, NULL) ON CONFLICT DO UPDATE SET key = NULL";
        self.write(|connection| {
            connection.execute(destroy, [subject.cast_signed()])?;
            Ok(())
        })
    }

    /// The subjects from `first` on that have a key, rising. Both ends of the range are on the same side of 2⁶³.
    pub fn alive(&self, first: u64, last: u64) -> Result<Vec<u64>, KeyError> {
        let list = "SELECT subject FROM keys WHERE key IS NOT NULL AND subject BETWEEN ? AND ? ORDER BY subject";
        let mut list = self.connection.prepare_cached(list).map_err(self.failed())?;
        let found = list
            .query_map([first.cast_signed(), last.cast_signed()], |row| row.get::<_, i64>(0))
            .and_then(|rows| rows.map(|subject| Ok(subject?.cast_unsigned())).collect());
        found.map_err(self.failed())
    }

    /// Whether there is a key of a subject.
    pub fn has(&self, subject: u64) -> Result<bool, KeyError> {
        Ok(self.key(subject)?.is_some_and(|key| key.is_some()))
    }

    pub(crate) const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Whether the key of a subject was destroyed.
    pub fn is_destroyed(&self, subject: u64) -> Result<bool, KeyError> {
        Ok(self.key(subject)?.is_some_and(|key| key.is_none()))
    }
}

/// Opens the file for writing; makes it if there is none.
fn connect(path: &Path) -> Result<Connection, OpenError> {
    let failed = |source| OpenError::Database { path: path.to_owned(), source };
    let connection = Connection::open(path).map_err(failed)?;
    connection.busy_timeout(PATIENCE).map_err(failed)?;
    ours(&connection, path, FORM)?;
    // No write-ahead file: it would keep destroyed keys until it is written over.
    need(&connection, path, "journal_mode", "DELETE", "delete")?;
    need(&connection, path, "synchronous", "EXTRA", "3")?;
    need(&connection, path, "secure_delete", "ON", "1")?;
    lay_out(&connection).map_err(failed)?;
    Ok(connection)
}

/// Makes the table, or says the version in a file from before it was said.
fn lay_out(connection: &Connection) -> rusqlite::Result<()> {
    let made = pragma(connection, "application_id")? == APPLICATION;
    if made && pragma(connection, "user_version")? == VERSION {
        return Ok(());
    }
    let table = "CREATE TABLE keys (subject INTEGER PRIMARY KEY, key BLOB) STRICT;";
    let table = if made { "" } else { table };
    connection.execute_batch(&format!(
        "BEGIN; {table} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
    ))
}

#[cfg(test)]
mod tests;
