//! `precinct city check`: everything of a city read, every fault reported.

use std::path::PathBuf;

use clap::Args;
use precinct_city::{Fault, Severity};

use super::{Done, summary};
use crate::args::Shared;
use crate::failure::Failure;
use crate::output::Out;
use crate::progress::Bar;
use crate::text::numbers::grouped;

const EXAMPLE: &str = "\
Example:
  precinct city check cities/macau
  precinct city check town --json | jq '.faults.listed[] | .file, .row, .mend'

The exit code is 0 if nothing has to be mended, 1 if something has.";

/// Arguments of `precinct city check`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Check {
    /// A folder with a city.toml, a city.toml, or an extract
    city: PathBuf,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let report = precinct_city::check(&self.city, &shared.open_options(None), &Bar::new())?;
        if self.json {
            out.json(&report)?;
        } else {
            if let Some(found) = &report.summary {
                summary::write(found, out)?;
            }
            for fault in &report.faults.listed {
                out.line(&line(fault))?;
            }
            let more = report.faults.total() - report.faults.listed.len() as u64;
            if more > 0 {
                out.line(&format!("… and {} more", grouped(more)))?;
            }
            out.line(&verdict(report.faults.faults + report.faults.refusals, report.faults.notes))?;
        }
        Ok(if report.sound { Done::Yes } else { Done::No })
    }
}

/// A fault in a line.
pub(super) fn line(fault: &Fault) -> String {
    let severity = match fault.severity {
        Severity::Note => "note",
        Severity::Fault => "fault",
        Severity::Refusal => "refused",
    };
    format!("{severity}: {fault}")
}

fn verdict(faults: u64, notes: u64) -> String {
    let count = |count: u64, one: &str, many: &str| {
        format!("{} {}", grouped(count), if count == 1 { one } else { many })
    };
    match (faults, notes) {
        (0, 0) => "Sound: nothing has to be mended.".to_owned(),
        (0, notes) => {
            format!("Sound: nothing has to be mended; {}.", count(notes, "note", "notes"))
        }
        (faults, _) => format!("{} to mend.", count(faults, "fault", "faults")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_counts() {
        assert_eq!(verdict(0, 0), "Sound: nothing has to be mended.");
        assert_eq!(verdict(0, 1), "Sound: nothing has to be mended; 1 note.");
        assert_eq!(verdict(1_200, 3), "1,200 faults to mend.");
        assert_eq!(verdict(1, 0), "1 fault to mend.");
    }

    #[test]
    fn a_fault_says_how_grave_it_is() {
        let fault = Fault::new(Severity::Refusal, "posts.csv", "is not there", "put it there");
        assert_eq!(line(&fault), "refused: posts.csv: is not there — put it there");
    }
}
