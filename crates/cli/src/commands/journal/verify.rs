//! `precinct journal verify`: whether a record is whole.

use std::path::PathBuf;

use clap::Args;
use precinct_journal::{Head, Report, verify};
use serde_json::json;

use super::Done;
use crate::failure::Failure;
use crate::output::Out;
use crate::progress::Bar;
use crate::text::numbers::grouped;

const EXAMPLE: &str = "\
Example:
  precinct journal verify data
  precinct journal verify copy --anchor 81234:9f2c…(64 digits)

Exit code 1 says that something is wrong. Nothing is changed.";

/// Arguments of `precinct journal verify`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Verify {
    /// The data folder
    data: PathBuf,
    /// The end of the journal as it was seen before: what is written down elsewhere cannot be rewritten here
    #[arg(long, value_name = "SEQ:HASH", value_parser = anchor)]
    anchor: Vec<Head>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

fn anchor(text: &str) -> Result<Head, String> {
    let parsed = text
        .split_once(':')
        .and_then(|(seq, hash)| Some(Head { seq: seq.parse().ok()?, hash: hash.parse().ok()? }));
    parsed.ok_or_else(|| "an anchor is a number, a colon, and a hash of 64 digits".to_owned())
}

impl Verify {
    pub(super) fn run(&self, out: &mut Out) -> Result<Done, Failure> {
        let bar = Bar::new();
        bar.step("verifying");
        let report = verify(&self.data, &self.anchor, &mut |_| {})?;
        drop(bar);
        if self.json {
            answer(&report, out)?;
        } else {
            tell(&report, out)?;
        }
        Ok(if report.is_whole() { Done::Yes } else { Done::No })
    }
}

fn answer(report: &Report, out: &mut Out) -> Result<(), Failure> {
    let faults: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
    out.json(&json!({
        "whole": report.is_whole(),
        "records": report.records,
        "last": report.head.seq,
        "hash": report.head.hash.to_string(),
        "anchors": report.anchors,
        "faults": report.count,
        "listed": faults,
    }))
}

fn tell(report: &Report, out: &mut Out) -> Result<(), Failure> {
    for fault in &report.faults {
        out.line(&fault.to_string())?;
    }
    let listed = report.faults.len() as u64;
    if listed < report.count {
        out.line(&format!("… and {} more", grouped(report.count - listed)))?;
    }
    let records = grouped(report.records);
    if report.is_whole() {
        out.line(&format!("{records} records, all whole and in their places"))?;
    } else {
        out.line(&format!("{records} records, {} faults", grouped(report.count)))?;
    }
    out.line(&format!("the end is {}:{}", report.head.seq, report.head.hash))
}
