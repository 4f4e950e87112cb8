//! `precinct doctor`: whether a data folder is as it must be, and what to do where it is not.

mod beside;
mod folder;
mod record;

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use serde_json::json;

use crate::args::Shared;
use crate::commands::Done;
use crate::failure::Failure;
use crate::output::Out;
use crate::progress::Bar;

const EXAMPLE: &str = "\
Examples:
  precinct doctor town-data
  precinct doctor town-data --city town --whole
  precinct doctor town-data --json | jq '.lines[] | select(.level != \"ok\")'

Works while the city is served, and changes nothing. The exit code is 1 if there is a fault; a note is worth reading and no more.";

/// Check a data folder, and say what to do where something is wrong
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Doctor {
    /// The data folder
    #[arg(value_name = "DATA")]
    data: PathBuf,
    /// Open the city too
    #[arg(long, value_name = "CITY")]
    city: Option<PathBuf>,
    /// Verify the whole record, not only its end
    #[arg(long)]
    whole: bool,
    /// How many records at the end are verified otherwise
    #[arg(long, value_name = "N", default_value_t = 10_000, conflicts_with = "whole", value_parser = clap::value_parser!(u64).range(1..))]
    last: u64,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    /// As it must be.
    Ok,
    /// Worth knowing.
    Note,
    /// Wrong.
    Fault,
}

/// Something that was looked at.
#[derive(Clone, Debug, Serialize)]
struct Line {
    what: &'static str,
    level: Level,
    says: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    mend: Option<String>,
}

/// What was found so far.
#[derive(Debug, Default)]
struct Found(Vec<Line>);

impl Found {
    fn ok(&mut self, what: &'static str, says: impl Into<String>) {
        self.0.push(Line { what, level: Level::Ok, says: says.into(), mend: None });
    }

    fn note(&mut self, what: &'static str, says: impl Into<String>, mend: impl Into<String>) {
        let (says, mend) = (says.into(), Some(mend.into()));
        self.0.push(Line { what, level: Level::Note, says, mend });
    }

    fn fault(&mut self, what: &'static str, says: impl Into<String>, mend: impl Into<String>) {
        let (says, mend) = (says.into(), Some(mend.into()));
        self.0.push(Line { what, level: Level::Fault, says, mend });
    }

    /// A fault as an error tells it, with what to do in it.
    fn failed(&mut self, what: &'static str, error: &impl std::fmt::Display) {
        self.0.push(Line { what, level: Level::Fault, says: error.to_string(), mend: None });
    }

    fn faults(&self) -> usize {
        self.0.iter().filter(|line| line.level == Level::Fault).count()
    }
}

impl Doctor {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let bar = Bar::new();
        bar.step("looking");
        let mut found = Found::default();
        if folder::is_there(&self.data, &mut found) {
            let how_much = (!self.whole).then_some(self.last);
            let last = record::look(&self.data, how_much, &mut found);
            folder::look(&self.data, last, &mut found);
        }
        if let Some(city) = &self.city {
            let opened = precinct_city::open(city, &shared.open_options(None));
            match opened {
                Ok(city) => found.ok("city", city.name.local.clone()),
                Err(error) => found.failed("city", &error),
            }
        }
        drop(bar);
        tell(&found, self.json, out)?;
        Ok(if found.faults() == 0 { Done::Yes } else { Done::No })
    }
}

fn tell(found: &Found, as_json: bool, out: &mut Out) -> Result<(), Failure> {
    let faults = found.faults();
    if as_json {
        return out.json(&json!({ "faults": faults, "lines": found.0 }));
    }
    for Line { what, level, says, mend } in &found.0 {
        let level = match level {
            Level::Ok => "ok",
            Level::Note => "note",
            Level::Fault => "FAULT",
        };
        out.line(&format!("{level:<5}  {what:<9}  {says}"))?;
        if let Some(mend) = mend {
            out.line(&format!("{:<18}{mend}", ""))?;
        }
    }
    out.line(&match faults {
        0 => "no fault".to_owned(),
        1 => "1 fault".to_owned(),
        n => format!("{n} faults"),
    })
}
