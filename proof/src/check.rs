//! Whether everything that was said to be done is there.

use std::path::Path;

use precinct_journal::keys::{Keys, NONCE_BYTES};
use precinct_journal::{Journal, Options, Record, snapshot, verify};

use crate::Failure;

/// What was found of what was said.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Found {
    /// Things said to be done.
    pub(crate) told: u64,
    /// Those that are not there.
    pub(crate) lost: u64,
}

/// Opens a folder and holds it against the lines that its writer had said. A journal that cannot be opened has lost everything.
pub(crate) fn check(folder: &Path, said: &str) -> Result<Found, Failure> {
    let told = said.lines().count() as u64;
    let Ok(journal) = Journal::open(folder, &Options::default().reserving(0)) else {
        // Nothing was ever said to be done in a folder that was not finished.
        return Ok(Found { told, lost: told });
    };
    let mut records: Vec<Record> = Vec::new();
    journal.read(1, &mut |row| {
        records.push(row.to_record());
        std::ops::ControlFlow::Continue(())
    })?;
    drop(journal);
    let mut lost = 0;
    for line in said.lines() {
        if !is_there(folder, &records, line)? {
            lost += 1;
        }
    }
    let report = verify(folder, &[], &mut |_| {})?;
    if !report.is_whole() {
        return Err(format!("{}: {:?}", folder.display(), report.faults).into());
    }
    Ok(Found { told, lost })
}

fn is_there(folder: &Path, records: &[Record], line: &str) -> Result<bool, Failure> {
    let words: Vec<&str> = line.split(' ').collect();
    let number = |at: usize| -> Result<u64, Failure> {
        Ok(words.get(at).ok_or("a line that is cut")?.parse()?)
    };
    Ok(match words[0] {
        "ack" => {
            let record = records.get(number(1)? as usize - 1);
            record.is_some_and(|record| words.get(2) == Some(&record.hash.to_string().as_str()))
        }
        "snap" => snapshot::read(folder, number(1)?).is_ok(),
        "key" => {
            let keys = Keys::open(folder)?;
            // It may be destroyed by now; it must not be as if it had never been.
            keys.seal(number(1)?, [0; NONCE_BYTES], "x").is_ok() || keys.is_destroyed(number(1)?)?
        }
        "gone" => Keys::open(folder)?.is_destroyed(number(1)?)?,
        other => return Err(format!("the writer said {other:?}").into()),
    })
}
