//! The city's own policies, a file in the data folder; those that the program brings where there is none.

use std::fs;
use std::io;
use std::path::Path;

use precinct_access::{Access, PolicyFaults};

use crate::keep::replace;

const FILE: &str = "policies.cedar";

/// Why the policies cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The file cannot be read.
    #[error("{FILE} in the data folder cannot be read: {0}")]
    File(#[from] io::Error),
    /// It is wrong.
    #[error(
        "{FILE} in the data folder is not in order: {0}; mend it, or move it away to start with the policies Precinct brings"
    )]
    Faults(PolicyFaults),
}

/// The policies of a data folder.
pub(crate) fn read(data: &Path) -> Result<Access, PolicyError> {
    match fs::read_to_string(data.join(FILE)) {
        Ok(text) => Access::read(&text).map_err(PolicyError::Faults),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Access::standard()),
        Err(error) => Err(error.into()),
    }
}

/// Whether a data folder has policies of its own; those that hold must be in order.
pub fn own_policies(data: &Path) -> Result<bool, PolicyError> {
    read(data)?;
    Ok(data.join(FILE).exists())
}

/// Keeps policies, whole or not at all.
pub(crate) fn write(data: &Path, text: &str) -> io::Result<()> {
    replace(&data.join(FILE), text.as_bytes())
}
