//! `precinct sim run`: shifts, many at a time, each held against what must always hold.

use std::path::{Path, PathBuf};

use clap::Args;
use precinct_journal::{BATCH_RECORDS, Draft, Journal, Options};
use precinct_sim::shift::{Broken, Counts, Invariant, Plan, Report, run, shrink};
use rayon::prelude::*;
use serde_json::json;

use super::{Done, Made};
use crate::failure::Failure;
use crate::output::{Out, remark};
use crate::progress::Bar;
use crate::text::numbers::grouped;
use crate::text::table::{Align, Table};

const EXAMPLE: &str = "\
Example:
  precinct sim run --seeds 2000
  precinct sim run --seed 7 --data shift-7 && precinct journal at shift-7

A shift that goes wrong is made as small as it can be and still go wrong; the command that goes through it again is printed, and the
exit code is 1.";

/// Shifts gone through before the bar moves.
const AT_ONCE: u64 = 32;

/// Arguments of `precinct sim run`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Run {
    #[command(flatten)]
    made: Made,
    /// How many shifts, of this seed and those that follow
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    seeds: u64,
    /// Leave the record of the shift in this folder, which must have none
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// What came of all shifts.
#[derive(Default)]
struct Sum {
    shifts: u64,
    acknowledged: u64,
    refused: u64,
    restarts: u64,
    calls: u64,
    faults: u64,
    counts: Counts,
}

impl Sum {
    fn add(&mut self, report: &Report) {
        self.shifts += 1;
        self.acknowledged += report.acknowledged;
        self.refused += report.refused;
        self.restarts += report.restarts;
        self.calls += report.calls;
        self.faults += report.faults;
        self.counts.merge(&report.counts);
    }
}

impl Run {
    pub(super) fn run(&self, out: &mut Out) -> Result<Done, Failure> {
        if self.data.is_some() && self.seeds > 1 {
            return Err(Failure::Usage("--data takes one shift: leave --seeds out".to_owned()));
        }
        let (sum, broken) = self.all()?;
        if self.json {
            answer(&sum, broken.as_ref(), out)?;
        } else {
            tell(&sum, out)?;
        }
        let Some((plan, broken)) = broken else { return Ok(Done::Yes) };
        if !self.json {
            out.line(&format!("\nBroken: {broken}\n  {}", plan.command()))?;
            let small = shrink(plan, broken.invariant);
            if small != plan {
                out.line(&format!("as small as it goes:\n  {}", small.command()))?;
            }
        }
        Ok(Done::No)
    }

    /// Goes through the shifts in order of their seeds, until one goes wrong.
    fn all(&self) -> Result<(Sum, Option<(Plan, Broken)>), Failure> {
        let first = self.made.plan();
        let bar = Bar::new();
        bar.turns("shifts", self.seeds);
        let (mut sum, mut from) = (Sum::default(), 0);
        while from < self.seeds {
            let until = (from + AT_ONCE).min(self.seeds);
            let plans = (from..until)
                .into_par_iter()
                .map(|n| run(Plan { seed: first.seed.wrapping_add(n), ..first }));
            for report in plans.collect::<Vec<Report>>() {
                sum.add(&report);
                bar.turn();
                if let Some(data) = &self.data {
                    leave(&report, data)?;
                }
                if let Some(broken) = report.broken {
                    return Ok((sum, Some((report.plan, broken))));
                }
            }
            from = until;
        }
        Ok((sum, None))
    }
}

/// Leaves the records of a shift in a folder, as the engine would have written them there.
fn leave(report: &Report, data: &Path) -> Result<(), Failure> {
    let mut journal = Journal::open(data, &Options::default())?;
    if journal.last().seq > 0 {
        let path = data.display();
        return Err(Failure::Usage(format!("{path} has a record already: name another folder")));
    }
    let draft = |record: &precinct_journal::Record| Draft {
        command: record.command,
        instant: record.instant,
        actor: record.actor.clone(),
        body: record.body.clone(),
    };
    let drafts: Vec<Draft> = report.disk.records().map(draft).collect();
    for batch in drafts.chunks(BATCH_RECORDS) {
        journal.append(batch, journal.last().seq)?;
    }
    let count = grouped(journal.last().seq);
    remark(&format!("{count} records left in {}", data.display()));
    Ok(())
}

fn answer(sum: &Sum, broken: Option<&(Plan, Broken)>, out: &mut Out) -> Result<(), Failure> {
    let looked: serde_json::Map<String, serde_json::Value> = Invariant::ALL
        .iter()
        .map(|&invariant| (invariant.id().to_owned(), sum.counts.of(invariant).into()))
        .collect();
    let broken = broken.map(|(plan, broken)| {
        json!({
            "invariant": broken.invariant.id(),
            "at_ms": broken.at,
            "what": broken.what,
            "command": plan.command(),
        })
    });
    out.json(&json!({
        "shifts": sum.shifts,
        "acknowledged": sum.acknowledged,
        "refused": sum.refused,
        "restarts": sum.restarts,
        "storage_calls": sum.calls,
        "storage_faults": sum.faults,
        "looked_at": looked,
        "broken": broken,
    }))
}

fn tell(sum: &Sum, out: &mut Out) -> Result<(), Failure> {
    for (name, count) in [
        ("shifts", sum.shifts),
        ("commands acknowledged", sum.acknowledged),
        ("commands refused", sum.refused),
        ("restarts after a crash", sum.restarts),
        ("storage calls", sum.calls),
        ("storage calls that failed", sum.faults),
    ] {
        out.line(&format!("{:>14}  {name}", grouped(count)))?;
    }
    let mut table = Table::new(&[("must hold", Align::Left), ("looked at", Align::Right)]);
    for &invariant in Invariant::ALL {
        table.row([invariant.id().to_owned(), grouped(sum.counts.of(invariant))]);
    }
    out.text(&table.render(out.bold()))
}
