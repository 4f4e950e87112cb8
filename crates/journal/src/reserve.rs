//! Room kept back, so that a full disk turns the journal read-only instead of dead.
//!
//! While all is well, a file of zeros takes up room. When the disk is full it is given up, which leaves room to tidy the database and to
//! read; and nothing more is written until the file can be made again.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::files::{self, RESERVE};

/// Room kept back.
#[derive(Debug)]
pub(crate) struct Reserve {
    path: PathBuf,
    bytes: u64,
}

impl Reserve {
    pub(crate) fn new(folder: &Path, bytes: u64) -> Self {
        Self { path: folder.join(RESERVE), bytes }
    }

    /// Takes the room, unless it is taken; whether there is enough.
    pub(crate) fn take(&self) -> io::Result<bool> {
        if fs::metadata(&self.path).is_ok_and(|file| file.len() == self.bytes) {
            return Ok(true);
        }
        match self.fill() {
            Ok(()) => Ok(true),
            Err(error) if no_room(&error) => {
                self.give_up()?;
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// Zeros are written, not only counted: a file with holes takes up nothing.
    fn fill(&self) -> io::Result<()> {
        static BLOCK: [u8; 1 << 16] = [0; 1 << 16];
        let mut file = File::create(&self.path)?;
        let mut left = self.bytes;
        while left > 0 {
            let part = left.min(BLOCK.len() as u64) as usize;
            file.write_all(&BLOCK[..part])?;
            left -= part as u64;
        }
        file.sync_all()?;
        files::sync_folder(self.path.parent().unwrap_or(Path::new(".")))
    }

    /// Gives the room up.
    pub(crate) fn give_up(&self) -> io::Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Whether the disk, or the share of it that may be used, is full.
fn no_room(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
    )
}

#[cfg(test)]
mod tests;
