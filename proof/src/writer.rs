//! The writer: appends records, makes keys and snapshots, and says on standard output what is done, a line for each.
//!
//! ```text
//! ack SEQ HASH    the record is on the disk
//! key SUBJECT     the key is
//! gone SUBJECT    the key is destroyed
//! snap SEQ        the snapshot is
//! ```

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use precinct_journal::keys::Keys;
use precinct_journal::snapshot::Snapshot;
use precinct_journal::{AppendError, CommandKey, Draft, Hash, Journal, Options, seal};

use crate::Failure;

/// How often something that failed is tried again before the writer gives up.
const TRIES: u32 = 100;

/// Arguments of the writer.
#[derive(Debug, Args)]
pub(crate) struct Writer {
    /// The data folder
    data: PathBuf,
    /// How many batches
    batches: u32,
    /// Records in each
    #[arg(long, default_value_t = 3)]
    records: u32,
    /// Do not wait for the disk: the control
    #[arg(long)]
    normal: bool,
    /// Records only, without keys and snapshots
    #[arg(long)]
    records_only: bool,
}

/// One line, in one write.
fn say(line: &str) -> Result<(), Failure> {
    Ok(std::io::stdout().lock().write_all(format!("{line}\n").as_bytes())?)
}

/// The draft of a number: about as long as a record of an incident.
fn draft(n: u32) -> Draft {
    let mut command = [0; 16];
    command[..4].copy_from_slice(&n.to_be_bytes());
    Draft {
        command: CommandKey(command),
        instant: 1_790_000_000_000 + i64::from(n),
        actor: "A101".to_owned(),
        body: format!("{{\"v\":1,\"n\":{n},\"pad\":\"{}\"}}", "x".repeat(300)),
    }
}

fn again<T, E: Into<Failure>>(mut action: impl FnMut() -> Result<T, E>) -> Result<T, Failure> {
    let mut tries = 0;
    loop {
        match action() {
            Ok(done) => return Ok(done),
            Err(error) if tries == TRIES => return Err(error.into()),
            Err(_) => tries += 1,
        }
    }
}

impl Writer {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let options = Options::default().reserving(8_192);
        let options = if self.normal { options.unsafe_normal_for_control() } else { options };
        let open = || again(|| Journal::open(&self.data, &options));
        let mut journal = open()?;
        for batch in 0..self.batches {
            let drafts: Vec<Draft> =
                (batch * self.records..(batch + 1) * self.records).map(draft).collect();
            journal = append(journal, &drafts, &open)?;
            if !self.records_only {
                beside(&self.data, u64::from(batch), &journal)?;
            }
        }
        Ok(())
    }
}

/// Appends a batch as the engine does: what is in doubt is asked after opening anew; what was refused is tried again.
fn append(
    mut journal: Journal,
    drafts: &[Draft],
    open: &dyn Fn() -> Result<Journal, Failure>,
) -> Result<Journal, Failure> {
    for _ in 0..TRIES {
        let before = journal.last();
        match journal.append(drafts, before.seq) {
            Ok(_) => {
                let mut head = before;
                for draft in drafts {
                    head = seal(draft, head).head();
                    say(&format!("ack {} {}", head.seq, head.hash))?;
                }
                return Ok(journal);
            }
            Err(AppendError::Unknown { .. } | AppendError::Poisoned) => {
                drop(journal);
                journal = open()?;
                let mut found = 0;
                for draft in drafts {
                    if let Some(record) = again(|| journal.find(draft.command))? {
                        say(&format!("ack {} {}", record.seq, record.hash))?;
                        found += 1;
                    }
                }
                if found == drafts.len() {
                    return Ok(journal);
                }
                if found > 0 {
                    return Err(format!("{found} of {} records of a batch", drafts.len()).into());
                }
            }
            Err(AppendError::Full | AppendError::Busy | AppendError::Unreadable { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err("nothing can be appended".into())
}

/// Now and then a snapshot, a key, and the end of one.
fn beside(data: &Path, batch: u64, journal: &Journal) -> Result<(), Failure> {
    if batch % 4 == 1 {
        let (seq, hash) = (journal.last().seq, journal.last().hash);
        let snapshot = Snapshot { seq, hash, state_hash: Hash::default(), bytes: vec![7; 5_000] };
        again(|| snapshot.write(data))?;
        say(&format!("snap {seq}"))?;
    }
    if batch % 4 == 2 {
        let mut keys = again(|| Keys::open(data))?;
        again(|| keys.create(&[(batch, [batch as u8; 32])]))?;
        say(&format!("key {batch}"))?;
        if batch > 4 {
            again(|| keys.destroy(batch - 4))?;
            say(&format!("gone {}", batch - 4))?;
        }
    }
    Ok(())
}
