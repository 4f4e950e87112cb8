//! `precinct city init`: a commented city.toml for an extract.

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
  precinct city init macau.osm.pbf -o cities/my-macau --clip 113.52,22.10,113.61,22.22
  precinct coverage cities/my-macau --minutes 1,3,5";

/// Arguments of `precinct city init`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Init {
    /// An OpenStreetMap extract: .osm.pbf, .osm or .osm.gz
    extract: PathBuf,
    /// The folder to write the city.toml into
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Init {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let options = shared.open_options(None);
        let report = precinct_city::init(&self.extract, &self.output, &options, &Bar::new())?;
        if self.json {
            out.json(&report)?;
        } else {
            out.line(&format!("{} is written.", report.written.display()))?;
            let words = Words::of(shared.lang());
            summary::write(&report.summary, words, out)?;
            for fault in &report.faults.listed {
                out.line(&words.fault(fault))?;
            }
        }
        Ok(Done::Yes)
    }
}
