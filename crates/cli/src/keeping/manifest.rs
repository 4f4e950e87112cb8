//! What a backup says of itself.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use precinct_journal::Head;
use serde::{Deserialize, Serialize};

use super::files::{KEYS, items};
use super::{Checked, KeepError};
use crate::failure::Failure;
use crate::output::write_file;

/// The name of its file. It is written last: a backup without it was never finished.
const MANIFEST: &str = "manifest.json";
/// The form below.
const FORM: u32 = 1;

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    form: u32,
    /// The version of the program that made it.
    pub(crate) program: String,
    /// When it was made.
    pub(crate) made: String,
    /// The number of its last record.
    pub(crate) seq: u64,
    /// The hash of that record.
    pub(crate) hash: String,
    /// The hash of the state that its records give.
    pub(crate) state_hash: String,
    /// The form of states that hash was made in.
    pub(crate) state_form: u32,
    /// Its files.
    pub(crate) files: Vec<Item>,
}

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Item {
    /// Its path in the folder.
    pub(crate) name: String,
    /// Its length in bytes.
    pub(crate) bytes: u64,
    /// Its SHA-256.
    pub(crate) sha256: String,
}

/// The form by itself, to be read before anything else is believed.
#[derive(Deserialize)]
struct Form {
    form: u32,
}

impl Manifest {
    /// Of what is in a folder.
    pub(crate) fn of(folder: &Path, checked: &Checked, made: String) -> Result<Self, KeepError> {
        Ok(Self {
            form: FORM,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made,
            seq: checked.head.seq,
            hash: checked.head.hash.to_string(),
            state_hash: checked.state_hash.clone(),
            state_form: precinct_engine::snapshots::FORM,
            files: items(folder)?,
        })
    }

    /// Writes it into the folder.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), Failure> {
        let mut text = serde_json::to_vec_pretty(self).map_err(std::io::Error::from)?;
        text.push(b'\n');
        write_file(&folder.join(MANIFEST), &text)
    }

    /// Reads that of a backup.
    pub(crate) fn read(folder: &Path) -> Result<Self, KeepError> {
        let path = folder.join(MANIFEST);
        let bytes = fs::read(&path).map_err(|source| match source.kind() {
            ErrorKind::NotFound => KeepError::NoManifest { path: path.clone() },
            _ => KeepError::File { path: path.clone(), source },
        })?;
        let wrong = |error: serde_json::Error| KeepError::Manifest {
            path: path.clone(),
            why: error.to_string(),
        };
        let Form { form } = serde_json::from_slice(&bytes).map_err(wrong)?;
        if form > FORM {
            return Err(KeepError::Newer { path, found: form, known: FORM });
        }
        serde_json::from_slice(&bytes).map_err(wrong)
    }

    /// Where its record ends.
    pub(crate) fn head(&self, folder: &Path) -> Result<Head, KeepError> {
        let wrong = |error: precinct_journal::NotAHash| KeepError::Manifest {
            path: folder.join(MANIFEST),
            why: error.to_string(),
        };
        Ok(Head { seq: self.seq, hash: self.hash.parse().map_err(wrong)? })
    }

    /// That the files of the folder are those that were written, no more and no fewer; but keys may have been taken apart.
    pub(crate) fn check_files(&self, folder: &Path) -> Result<(), KeepError> {
        let found = items(folder)?;
        let altered =
            |item: &Item| KeepError::Altered { path: PathBuf::from(folder).join(&item.name) };
        let apart = |item: &Item| item.name == KEYS && !found.iter().any(|one| one.name == KEYS);
        let lost = self.files.iter().find(|item| !found.contains(item) && !apart(item));
        let added = found.iter().find(|item| !self.files.contains(item));
        lost.or(added).map_or(Ok(()), |item| Err(altered(item)))
    }
}
