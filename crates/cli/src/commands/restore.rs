//! `precinct restore`: a data folder from a backup.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;
use precinct_core::Fact;
use precinct_engine::{Entry, ReplayError};
use precinct_journal::Reader;
use precinct_journal::keys::Keys;
use serde_json::json;

use crate::commands::Done;
use crate::failure::Failure;
use crate::keeping::{
    Checked, DRILL, Fresh, Item, JOURNAL, KEYS, KeepError, MEDIA, Manifest, PLANS, PRESENCE,
    TRACKS, check, copy_file, sync,
};
use crate::output::Out;
use crate::progress::Bar;
use crate::text::numbers::grouped;

const EXAMPLE: &str = "\
Examples:
  precinct restore /mnt/other-disk/town-2024-01-08 --data town-data
  precinct restore /mnt/other-disk/town-2024-01-08 --data town-data --keys /mnt/safe/town-keys/keys.db

Every file is held against the manifest, every record is verified and replayed, and only then is anything written. Keys of texts and
contacts that the record says were erased are destroyed again, whatever the copy of the keys holds.";

/// Make a data folder from a backup
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Restore {
    /// The backup
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// The data folder to make: empty, or not there yet
    #[arg(long, value_name = "NEW")]
    data: PathBuf,
    /// The keys of what was written freely, kept apart; in place of those in the backup
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// What was restored.
struct Restored {
    manifest: Manifest,
    checked: Checked,
    /// How many keys of erased texts were destroyed again; none if there are no keys.
    destroyed: Option<u64>,
}

impl Restore {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut Out) -> Result<Done, Failure> {
        let bar = Bar::new();
        bar.step("verifying");
        let restored = self.restore()?;
        drop(bar);
        if self.json {
            answer(&restored, out)?;
        } else {
            self.tell(&restored, out)?;
        }
        Ok(Done::Yes)
    }

    fn restore(&self) -> Result<Restored, KeepError> {
        let manifest = Manifest::read(&self.folder)?;
        let to = Fresh::take(&self.data)?;
        manifest.check_files(&self.folder)?;
        let checked = self.checked(&manifest)?;
        self.copy(&manifest, to.path())?;
        let destroyed = forget(to.path())?;
        to.keep()?;
        Ok(Restored { manifest, checked, destroyed })
    }

    /// The record of the backup, held against what the manifest says of it.
    fn checked(&self, manifest: &Manifest) -> Result<Checked, KeepError> {
        let said = manifest.head(&self.folder)?;
        let checked = check(&self.folder, &[])?;
        if checked.head != said {
            return Err(KeepError::OtherEnd { found: checked.head, said });
        }
        // A newer program may write states down in another way.
        let comparable = manifest.state_form == precinct_engine::snapshots::FORM;
        if comparable && checked.state_hash != manifest.state_hash {
            let said = manifest.state_hash.clone();
            return Err(KeepError::OtherState { found: checked.state_hash, said });
        }
        Ok(checked)
    }

    /// Copies what was checked, the record last: until it is there, there is no city.
    fn copy(&self, manifest: &Manifest, to: &Path) -> Result<(), KeepError> {
        let (record, others): (Vec<&Item>, Vec<&Item>) =
            manifest.files.iter().partition(|item| item.name == JOURNAL);
        let others = others.into_iter().filter(|item| item.name != KEYS);
        for item in others.chain(record) {
            self.copy_one(item, to)?;
        }
        let kept = self.folder.join(KEYS);
        match &self.keys {
            Some(keys) => copy_file(keys, &to.join(KEYS)).map(|_| ()),
            None if kept.is_file() => copy_file(&kept, &to.join(KEYS)).map(|_| ()),
            None => Ok(()),
        }
    }

    fn copy_one(&self, item: &Item, to: &Path) -> Result<(), KeepError> {
        let (from, to) = (self.folder.join(&item.name), to.join(&item.name));
        let folders = [TRACKS, MEDIA, PLANS, PRESENCE];
        let inner = |folder: &&Path| folders.iter().any(|name| folder.ends_with(name));
        if let Some(folder) = to.parent().filter(inner) {
            let failed = |source| KeepError::File { path: folder.to_owned(), source };
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let (bytes, hash) = copy_file(&from, &to)?;
        if (bytes, hash.to_string()) == (item.bytes, item.sha256.clone()) {
            return to.parent().map_or(Ok(()), sync);
        }
        Err(KeepError::Altered { path: from })
    }

    fn tell(&self, restored: &Restored, out: &mut Out) -> Result<(), Failure> {
        let Restored { manifest, checked, destroyed } = restored;
        let head = checked.head;
        out.line(&format!("{} records, all whole and replayed", grouped(head.seq)))?;
        out.line(&format!("the end is {}:{}", head.seq, head.hash))?;
        out.line(&format!("the state is {}", checked.state_hash))?;
        out.line(&format!("made {} by precinct {}", manifest.made, manifest.program))?;
        if manifest.files.iter().any(|item| item.name == DRILL) {
            out.line("it is a drill's: serve it with --drill-from")?;
        }
        let data = self.data.display();
        match destroyed {
            Some(0) => out.line("the keys are there: what was written freely can be read"),
            Some(count) => out.line(&format!(
                "the keys are there; those of texts erased since were destroyed again: {}",
                grouped(*count)
            )),
            None => out.line(&format!(
                "there are no keys: what was written freely cannot be read. If a copy of keys.db is kept apart, remove {data} and restore again with --keys FILE before the city is served: keys made meanwhile would be lost"
            )),
        }
    }
}

/// Destroys the keys of texts, pictures and contacts that the record says were erased: a copy of the keys may be older than that. None if there are no keys.
fn forget(data: &Path) -> Result<Option<u64>, KeepError> {
    if !data.join(KEYS).is_file() {
        return Ok(None);
    }
    let erased = erased(&Reader::open(data)?)?;
    let (mut keys, mut destroyed) = (Keys::open(data)?, 0);
    for subject in erased {
        if keys.has(subject)? {
            keys.destroy(subject)?;
            destroyed += 1;
        }
    }
    Ok(Some(destroyed))
}

/// Whose keys were destroyed: incidents whose text was erased, and contacts.
fn erased(reader: &Reader) -> Result<Vec<u64>, KeepError> {
    let (mut found, mut failed) = (Vec::new(), None);
    reader.read(1, &mut |row| match Entry::read(row) {
        Ok(entry) => {
            found.extend(entry.facts.iter().filter_map(|fact| match fact {
                Fact::TextErased(erased) => Some(u64::from(erased.incident.0)),
                Fact::ContactErased(erased) => Some(erased.contact.subject()),
                _ => None,
            }));
            ControlFlow::Continue(())
        }
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    })?;
    failed.map_or(Ok(found), |error| Err(ReplayError::from(error).into()))
}

fn answer(restored: &Restored, out: &mut Out) -> Result<(), Failure> {
    let Restored { manifest, checked, destroyed } = restored;
    out.json(&json!({
        "records": checked.head.seq,
        "hash": checked.head.hash.to_string(),
        "state_hash": checked.state_hash,
        "made": manifest.made,
        "program": manifest.program,
        "keys": destroyed.is_some(),
        "destroyed_again": destroyed,
    }))
}
