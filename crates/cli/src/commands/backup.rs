//! `precinct backup`: a copy of a data folder, made while the city is served.

use std::path::{Path, PathBuf};

use clap::Args;
use precinct_accounts::Accounts;
use precinct_base::Timestamp;
use precinct_contacts::Contacts;
use precinct_journal::{backup, backup_keys};
use serde_json::json;

use crate::board::utc;
use crate::commands::Done;
use crate::failure::Failure;
use crate::keeping::{
    ACCOUNTS, CONTACTS, DRILL, Fresh, KeepError, Manifest, POLICIES, check, copy_if_there,
    copy_media, copy_plans, copy_presence, copy_tracks, sync, track_hours,
};
use crate::output::Out;
use crate::progress::Bar;
use crate::text::numbers::grouped;

const EXAMPLE: &str = "\
Examples:
  precinct backup town-data -o /mnt/other-disk/town-2024-01-08
  precinct backup town-data -o /mnt/safe/town-keys --with-keys --without-tracks

Works while the city is served. The copy is verified and replayed before it is called one; exit code 1 says that the record is not
whole, and nothing is left then.

Without --with-keys the keys of what was written freely, of contacts and of pictures stay where they are. Keep copies of keys apart from copies of the record, and
for no longer than texts may be kept: who has both can read what was erased since. See docs/record.md.";

/// Milliseconds of the thirty days that tracks may be kept.
const THIRTY_DAYS_MS: i64 = 30 * 24 * 3_600_000;

/// Copy a data folder while the city is served, and verify the copy
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Backup {
    /// The data folder
    #[arg(value_name = "DATA")]
    data: PathBuf,
    /// Where the copy goes: a folder that is empty or not there yet
    #[arg(short, long, value_name = "FOLDER")]
    out: PathBuf,
    /// Copy the keys of texts, contacts and pictures too. Keep that copy apart, for thirty days at most
    #[arg(long)]
    with_keys: bool,
    /// Leave out where units were
    #[arg(long)]
    without_tracks: bool,
    /// Answer in JSON: the manifest
    #[arg(long)]
    json: bool,
}

impl Backup {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut Out) -> Result<Done, Failure> {
        self.not_within()?;
        let bar = Bar::new();
        let to = Fresh::take(&self.out)?;
        bar.step("copying");
        self.copy(to.path())?;
        bar.step("verifying");
        let checked = check(to.path(), &[])?;
        let now = Timestamp(jiff::Timestamp::now().as_millisecond());
        let manifest = Manifest::of(to.path(), &checked, utc(now))?;
        manifest.write(to.path())?;
        to.keep()?;
        drop(bar);
        if self.json {
            out.json(&json!(manifest))?;
        } else {
            self.tell(&manifest, out)?;
        }
        Ok(Done::Yes)
    }

    fn not_within(&self) -> Result<(), KeepError> {
        let real = |path: &Path| path.ancestors().find_map(|part| part.canonicalize().ok());
        match (real(&self.out), self.data.canonicalize()) {
            (Some(out), Ok(data)) if out.starts_with(&data) => {
                Err(KeepError::Within { folder: self.out.clone() })
            }
            _ => Ok(()),
        }
    }

    /// The record first: whatever a record refers to was there before it.
    fn copy(&self, to: &Path) -> Result<(), KeepError> {
        backup(&self.data, to)?;
        if self.with_keys {
            backup_keys(&self.data, to)?;
        }
        if self.data.join(ACCOUNTS).is_file() {
            let copy = to.join(ACCOUNTS);
            Accounts::open(&self.data)?.copy_to(&copy)?;
            sync(&copy)?;
        }
        if self.data.join(CONTACTS).is_file() {
            Contacts::backup(&self.data, to)?;
        }
        copy_media(&self.data, to)?;
        copy_plans(&self.data, to)?;
        copy_presence(&self.data, to)?;
        copy_if_there(&self.data, to, POLICIES)?;
        copy_if_there(&self.data, to, DRILL)?;
        if !self.without_tracks {
            copy_tracks(&self.data, to)?;
        }
        Ok(())
    }

    fn tell(&self, manifest: &Manifest, out: &mut Out) -> Result<(), Failure> {
        let bytes: u64 = manifest.files.iter().map(|item| item.bytes).sum();
        let files = manifest.files.len();
        let kib = grouped(bytes.div_ceil(1024));
        out.line(&format!("files: {files}, {kib} KiB, in {}", self.out.display()))?;
        out.line(&format!("{} records, all whole and replayed", grouped(manifest.seq)))?;
        out.line(&format!("the end is {}:{}", manifest.seq, manifest.hash))?;
        out.line(&format!("the state is {}", manifest.state_hash))?;
        out.line(if self.with_keys {
            "the keys are in it: keep keys.db apart from the rest, no longer than texts may be kept, and for thirty days at most"
        } else {
            "the keys are not in it: without keys.db nobody can read texts and contacts, or see pictures"
        })?;
        if let Some(oldest) = track_hours(&self.out)?.first() {
            let until = utc(Timestamp(oldest * 3_600_000 + THIRTY_DAYS_MS));
            out.line(&format!("tracks may be kept for thirty days: delete these from {until} on"))?;
        }
        Ok(())
    }
}
