//! `precinct city check`: everything of a city read, every fault reported.

use std::path::PathBuf;

use clap::Args;

use super::{Done, summary};
use crate::args::Shared;
use crate::failure::Failure;
use crate::output::Out;
use crate::progress::Bar;
use crate::text::checking::Words;

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
            let (words, faults) = (Words::of(shared.lang()), &report.faults);
            if let Some(found) = &report.summary {
                summary::write(found, words, out)?;
            }
            for fault in &faults.listed {
                out.line(&words.fault(fault))?;
            }
            let more = faults.total() - faults.listed.len() as u64;
            if more > 0 {
                out.line(&words.more(more))?;
            }
            out.line(&words.verdict(faults.faults + faults.refusals, faults.notes))?;
        }
        Ok(if report.sound { Done::Yes } else { Done::No })
    }
}
