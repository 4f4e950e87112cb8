//! `precinct journal diff`: what changed from one record to another.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::{Done, state_at};
use crate::board::{changes, value};
use crate::failure::Failure;
use crate::output::Out;

const EXAMPLE: &str = "\
Example:
  precinct journal diff data 4700 4711
  precinct journal diff data 4700 4711 --json";

/// Arguments of `precinct journal diff`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Diff {
    /// The data folder
    data: PathBuf,
    /// The earlier record; 0 is before the first
    from: u64,
    /// The later record
    to: u64,
    /// Answer in JSON, one change a line
    #[arg(long)]
    json: bool,
}

impl Diff {
    pub(super) fn run(&self, out: &mut Out) -> Result<Done, Failure> {
        let before = value(&state_at(&self.data, Some(self.from))?.state);
        let after = value(&state_at(&self.data, Some(self.to))?.state);
        let changes = changes(&before, &after);
        if changes.is_empty() && !self.json {
            out.line("nothing changed")?;
        }
        for (path, old, new) in changes {
            if self.json {
                out.json(&json!({ "path": path, "before": old, "after": new }))?;
            } else {
                out.line(&format!("{path}: {} → {}", shown(old.as_ref()), shown(new.as_ref())))?;
            }
        }
        Ok(Done::Yes)
    }
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "—".to_owned(), ToString::to_string)
}
