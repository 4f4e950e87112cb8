//! `precinct journal`: looking into the record of a city.

mod at;
mod diff;
mod export;
mod show;
mod tail;
mod verify;

use std::path::Path;

use clap::Subcommand;
use precinct_engine::{Entry, Replayed, replay};
use precinct_journal::keys::Keys;
use precinct_journal::{Reader, Record};

use super::Done;
use crate::args::Shared;
use crate::board::utc;
use crate::failure::Failure;
use crate::output::Out;

/// What can be asked of a record.
#[derive(Debug, Subcommand)]
pub(crate) enum Journal {
    /// Find any altered, missing, reordered or cut record
    Verify(verify::Verify),
    /// Show one record
    Show(show::Show),
    /// Show the last records
    Tail(tail::Tail),
    /// Write records as JSON lines
    Export(export::Export),
    /// Show the board as it was after a record
    At(at::At),
    /// Show what changed from one record to another
    Diff(diff::Diff),
}

impl Journal {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        match self {
            Self::Verify(command) => command.run(out),
            Self::Show(command) => command.run(out),
            Self::Tail(command) => command.run(out),
            Self::Export(command) => command.run(out),
            Self::At(command) => command.run(shared, out),
            Self::Diff(command) => command.run(out),
        }
    }
}

/// The state after record `seq`; it is an answer of "no" if there is no such record.
fn state_at(data: &Path, seq: Option<u64>) -> Result<Replayed, Failure> {
    let reader = Reader::open(data)?;
    let last = reader.last()?.seq;
    let seq = seq.unwrap_or(last);
    if seq > last {
        return Err(Failure::Nothing(format!(
            "the journal ends with record {last}: there is no {seq}"
        )));
    }
    Ok(replay(&reader, seq)?)
}

/// One line of a record: its number, when, who, and what happened.
fn summary(record: &Record) -> Result<String, Failure> {
    let entry = entry(record)?;
    let names: Vec<&str> = entry.facts.iter().map(precinct_core::Fact::name).collect();
    let at = utc(entry.at.wall);
    Ok(format!("{:>8}  {at}  {:<12} {}", record.seq, record.actor, counted(&names)))
}

/// Names in a row, with how often where one follows itself.
fn counted(names: &[&str]) -> String {
    let groups = names.chunk_by(|a, b| a == b);
    let text = |group: &[&str]| match group {
        [one] => (*one).to_owned(),
        [first, ..] => format!("{first} ×{}", group.len()),
        [] => String::new(),
    };
    groups.map(text).collect::<Vec<_>>().join(", ")
}

fn entry(record: &Record) -> Result<Entry, Failure> {
    Ok(Entry::read(&record.as_row()).map_err(precinct_engine::ReplayError::from)?)
}

/// Whether the key of an incident's text is gone; `None` if this folder has no keys.
fn erased(data: &Path, incident: u64) -> Option<bool> {
    Keys::reader(data).ok()?.is_destroyed(incident).ok()
}
