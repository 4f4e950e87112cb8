//! `precinct journal export`: records as JSON lines.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use clap::Args;
use precinct_journal::{Reader, json_lines};

use super::Done;
use crate::failure::Failure;
use crate::output::{Out, remark};
use crate::text::numbers::grouped;

const EXAMPLE: &str = "\
Example:
  precinct journal export data > all.jsonl
  precinct journal export data --from 1000 --to 2000 -o some.jsonl

Each line is one record:
  {\"seq\":1,\"instant\":1790000000000,\"command\":\"…\",\"actor\":\"A101\",\"body\":{…},\"previous\":\"…\",\"hash\":\"…\"}";

/// Arguments of `precinct journal export`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Export {
    /// The data folder
    data: PathBuf,
    /// The first record
    #[arg(long, default_value_t = 1, value_name = "SEQ")]
    from: u64,
    /// The last record
    #[arg(long, default_value_t = u64::MAX, hide_default_value = true, value_name = "SEQ")]
    to: u64,
    /// A file, in place of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Export {
    pub(super) fn run(&self, out: &mut Out) -> Result<Done, Failure> {
        let reader = Reader::open(&self.data)?;
        let range = self.from..=self.to;
        let Some(path) = &self.output else {
            json_lines(&reader, range, out)?;
            return Ok(Done::Yes);
        };
        let failed = |source| Failure::Write { path: path.clone(), source };
        let mut file = BufWriter::new(File::create(path).map_err(failed)?);
        let count = json_lines(&reader, range, &mut file)?;
        file.flush().map_err(failed)?;
        remark(&format!("{} records written to {}", grouped(count), path.display()));
        Ok(Done::Yes)
    }
}
