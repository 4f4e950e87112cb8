//! `precinct journal at`: the board as it was after a record.

use std::path::PathBuf;

use clap::Args;
use precinct_engine::snapshots::state_hash;
use serde_json::json;

use super::{Done, state_at};
use crate::args::Shared;
use crate::board::{board, utc, value};
use crate::failure::Failure;
use crate::output::Out;

const EXAMPLE: &str = "\
Example:
  precinct journal at data 4711
  precinct journal at data --json | jq .state.incidents";

/// Arguments of `precinct journal at`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct At {
    /// The data folder
    data: PathBuf,
    /// The number of the record [default: the last]
    seq: Option<u64>,
    /// The whole state in JSON
    #[arg(long)]
    json: bool,
}

impl At {
    pub(super) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let at = state_at(&self.data, self.seq)?;
        if self.json {
            out.json(&json!({
                "seq": at.head.seq,
                "tick": at.last.tick.0,
                "wall": at.last.wall.0,
                "state_hash": state_hash(&at.state).to_string(),
                "state": value(&at.state),
            }))?;
            return Ok(Done::Yes);
        }
        out.heading(&format!("{}  {}", at.head.seq, utc(at.last.wall)))?;
        out.text(&board(&at.state, shared.lang(), out.bold()))?;
        Ok(Done::Yes)
    }
}
