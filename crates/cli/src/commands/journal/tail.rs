//! `precinct journal tail`: the last records, a line each.

use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use precinct_journal::{Reader, Record};

use super::{Done, summary};
use crate::failure::Failure;
use crate::output::Out;

const EXAMPLE: &str = "\
Example:
  precinct journal tail data
  precinct journal tail data -n 100";

/// Arguments of `precinct journal tail`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Tail {
    /// The data folder
    data: PathBuf,
    /// How many
    #[arg(short, long, default_value_t = 20, value_name = "COUNT")]
    n: u64,
}

impl Tail {
    pub(super) fn run(&self, out: &mut Out) -> Result<Done, Failure> {
        let reader = Reader::open(&self.data)?;
        let last = reader.last()?.seq;
        let mut records: Vec<Record> = Vec::new();
        reader.read(last.saturating_sub(self.n) + 1, &mut |row| {
            if row.seq > last {
                return ControlFlow::Break(());
            }
            records.push(row.to_record());
            ControlFlow::Continue(())
        })?;
        if records.is_empty() {
            out.line("no records")?;
        }
        for record in &records {
            out.line(&summary(record)?)?;
        }
        Ok(Done::Yes)
    }
}
