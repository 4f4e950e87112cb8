//! `precinct journal show`: one record, in full.

use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use precinct_core::{Fact, Why};
use precinct_journal::{CommandKey, Reader, Record};

use super::{Done, entry, erased};
use crate::board::utc;
use crate::failure::Failure;
use crate::output::Out;

const EXAMPLE: &str = "\
Example:
  precinct journal show data 4711
  precinct journal show data --command 0190b3c2a7d07cc09a3e5b1d2f4c6a88

What was written freely is sealed under the key of its incident and is not shown here.";

/// Arguments of `precinct journal show`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Show {
    /// The data folder
    data: PathBuf,
    /// The number of the record
    #[arg(required_unless_present = "command")]
    seq: Option<u64>,
    /// The id of its command, 32 digits, instead
    #[arg(long, value_name = "ID", value_parser = command_key, conflicts_with = "seq")]
    command: Option<CommandKey>,
    /// Answer in JSON, as in an export
    #[arg(long)]
    json: bool,
}

fn command_key(text: &str) -> Result<CommandKey, String> {
    let number = u128::from_str_radix(text, 16).ok().filter(|_| text.len() == 32);
    let number = number.ok_or("the id of a command is 32 hexadecimal digits")?;
    Ok(CommandKey(number.to_be_bytes()))
}

impl Show {
    pub(super) fn run(&self, out: &mut Out) -> Result<Done, Failure> {
        let reader = Reader::open(&self.data)?;
        let record = self.find(&reader)?;
        if self.json {
            let mut lines = Vec::new();
            precinct_journal::json_lines(&reader, record.seq..=record.seq, &mut lines)?;
            out.text(&String::from_utf8_lossy(&lines))?;
        } else {
            self.tell(&record, out)?;
        }
        Ok(Done::Yes)
    }

    fn find(&self, reader: &Reader) -> Result<Record, Failure> {
        if let Some(command) = self.command {
            let none = || Failure::Nothing(format!("command {command} has no record"));
            return reader.find(command)?.ok_or_else(none);
        }
        let seq = self.seq.unwrap_or_default();
        let mut found = None;
        reader.read(seq, &mut |row| {
            found = (row.seq == seq).then(|| row.to_record());
            ControlFlow::Break(())
        })?;
        let last = reader.last()?.seq;
        let none = || Failure::Nothing(format!("there is no record {seq}: they are 1 to {last}"));
        found.ok_or_else(none)
    }

    fn tell(&self, record: &Record, out: &mut Out) -> Result<(), Failure> {
        let entry = entry(record)?;
        out.heading(&format!("Record {}", record.seq))?;
        let by = entry.by;
        let why = match by.why {
            Why::Incident(incident) => incident.to_string(),
            Why::Purpose(purpose) => format!("{purpose:?}"),
        };
        for (name, text) in [
            ("command", record.command.to_string()),
            ("when", utc(entry.at.wall)),
            ("running", format!("{} ms", entry.at.tick.0)),
            ("who", format!("{} as {:?} for area {}", by.staff, by.role, by.area)),
            ("why", why),
            ("hash", record.hash.to_string()),
            ("after", record.previous.to_string()),
        ] {
            out.line(&format!("  {name:<8} {text}"))?;
        }
        for fact in &entry.facts {
            out.line(&format!("  {}", self.fact(fact)))?;
        }
        Ok(())
    }

    /// A fact as JSON; a note is added if its text is gone.
    fn fact(&self, fact: &Fact) -> String {
        let text = serde_json::to_string(fact).unwrap_or_default();
        let incident = match fact {
            Fact::IncidentOpened(opened) => Some(opened.incident),
            Fact::NoteAdded(note) => Some(note.incident),
            Fact::IncidentMoved(moved) => Some(moved.incident),
            _ => None,
        };
        let gone = incident.and_then(|incident| erased(&self.data, u64::from(incident.0)));
        if gone == Some(true) { format!("{text}  (text erased)") } else { text }
    }
}
