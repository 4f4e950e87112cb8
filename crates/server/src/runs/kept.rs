//! Long computations on the disk: what was asked, how it stands and what it came to; a file each in `runs/`, until others take its place.
//!
//! No calls are in them: what a trial was made of stays in the record and in files of calls.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use precinct_base::caps;
use precinct_wire::RunDoc;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tracing::warn;

use crate::keep::{LEAVES, replace, room};

/// The name of the folder in a data folder.
const FOLDER: &str = "runs";
/// How a file's name ends.
const ENDING: &str = "json";
/// The form of files that this program writes.
const FORM: u32 = 1;

/// A run as a file has it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    form: u32,
    pub(super) run: RunDoc,
    pub(super) ask: Value,
    pub(super) result: Option<Value>,
}

impl Kept {
    pub(super) const fn new(run: RunDoc, ask: Value, result: Option<Value>) -> Self {
        Self { form: FORM, run, ask, result }
    }
}

/// The runs of a data folder.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn open(data: &Path) -> io::Result<Self> {
        let folder = data.join(FOLDER);
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    fn path(&self, run: u64) -> PathBuf {
        self.0.join(format!("{run}.{ENDING}"))
    }

    /// Every run that can be read, by number, and the greatest number that a file has. One that cannot be read is left where it is, and
    /// said so: no other may have its number.
    pub(super) fn all(&self) -> io::Result<(Vec<Kept>, u64)> {
        let (mut all, mut greatest) = (Vec::new(), 0);
        for entry in fs::read_dir(&self.0)? {
            let path = entry?.path();
            if path.extension().is_none_or(|ending| ending != ENDING) {
                continue;
            }
            let number = path.file_stem().and_then(|stem| stem.to_str()?.parse().ok());
            greatest = greatest.max(number.unwrap_or(0));
            let kept: Result<Kept, String> = fs::read(&path)
                .map_err(|error| error.to_string())
                .and_then(|bytes| serde_json::from_slice(&bytes).map_err(|e| e.to_string()));
            match kept {
                Ok(kept) if kept.form == FORM => all.push(kept),
                Ok(kept) => {
                    let form = kept.form;
                    warn!(path = %path.display(), form, "a long computation of a form that is not known here");
                }
                Err(error) => {
                    warn!(path = %path.display(), error, "a long computation cannot be read");
                }
            }
        }
        all.sort_unstable_by_key(|kept| kept.run.run);
        Ok((all, greatest))
    }

    fn write(&self, kept: &Kept) -> io::Result<()> {
        let bytes = serde_json::to_vec(kept)?;
        let length = bytes.len();
        if length > caps::RUN_BYTES || room(&self.0)? < LEAVES + length as u64 {
            return Err(io::Error::other("it is too large, or the disk is nearly full"));
        }
        replace(&self.path(kept.run.run), &bytes)
    }

    /// Has a run on the disk when this returns. One that cannot be is known until the server ends.
    pub(super) fn keep(&self, kept: &Kept) {
        if let Err(error) = self.write(kept) {
            let run = kept.run.run;
            warn!(%error, run, "a long computation is not kept for after a restart");
        }
    }

    pub(super) fn remove(&self, run: u64) {
        match fs::remove_file(self.path(run)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                warn!(%error, run, "a long computation that is kept no longer is still on the disk");
            }
            _ => {}
        }
    }
}
