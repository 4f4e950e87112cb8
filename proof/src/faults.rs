//! A fault at every storage call of a writer.

use std::path::Path;

use clap::Args;

use crate::Failure;
use crate::check::{Found, check};
use crate::shim::{Plan, Shim};

const KINDS: [(&str, &str); 5] = [
    ("kill", "killed at the call"),
    ("torn", "killed half-way through a write"),
    ("eio", "the call fails"),
    ("enospc", "the disk is full for 12 writes"),
    ("short", "half a write"),
];

/// Arguments of `precinct-proof faults`.
#[derive(Debug, Args)]
pub(crate) struct Faults {
    /// Batches that the writer appends
    #[arg(long, default_value_t = 12)]
    batches: u32,
    /// Take every so many calls only
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    every: u64,
}

/// What came of one kind of fault.
#[derive(Default)]
struct Sum {
    runs: u64,
    told: u64,
    lost: u64,
    gave_up: u64,
}

impl Faults {
    /// Whether nothing was lost.
    pub(crate) fn run(&self) -> Result<bool, Failure> {
        let folder = tempfile::tempdir()?;
        let shim = Shim::build(folder.path())?;
        let calls = self.calls(&shim, folder.path())?;
        println!("{calls} storage calls in a run of {} batches", self.batches);
        println!("{:<8} {:>6} {:>8} {:>6} {:>8}", "fault", "runs", "told", "lost", "gave up");
        let mut whole = true;
        for (kind, what) in KINDS {
            let sum = self.kind(&shim, folder.path(), kind, calls)?;
            let Sum { runs, told, lost, gave_up } = sum;
            println!("{kind:<8} {runs:>6} {told:>8} {lost:>6} {gave_up:>8}  {what}");
            whole &= lost == 0 && gave_up == 0 && told > 0;
        }
        println!("{}", if whole { "nothing acknowledged was lost" } else { "SOMETHING WAS LOST" });
        Ok(whole)
    }

    /// How many storage calls a run makes.
    fn calls(&self, shim: &Shim, folder: &Path) -> Result<u64, Failure> {
        let (data, count) = (folder.join("count"), folder.join("calls"));
        let plan = Plan { count: Some(&count), ..Plan::default() };
        let done = shim.run(&data, self.batches, &plan)?;
        let said = String::from_utf8(done.stdout)?;
        let Found { told, lost } = check(&data, &said)?;
        if !done.status.success() || lost > 0 || told < u64::from(self.batches) {
            return Err(format!("a run without faults failed: {told} told, {lost} lost").into());
        }
        std::fs::remove_dir_all(&data)?;
        Ok(std::fs::read_to_string(&count)?.parse()?)
    }

    fn kind(&self, shim: &Shim, folder: &Path, kind: &str, calls: u64) -> Result<Sum, Failure> {
        let mut sum = Sum::default();
        for at in (0..calls).step_by(self.every as usize) {
            let data = folder.join("data");
            let plan = Plan { fault: Some((at, kind)), ..Plan::default() };
            let done = shim.run(&data, self.batches, &plan)?;
            let killed = done.status.code().is_none();
            let meant = matches!(kind, "kill" | "torn");
            let as_meant = done.status.success() || (killed && meant);
            if !as_meant {
                sum.gave_up += 1;
                println!("  call {at}: {}", String::from_utf8_lossy(&done.stderr).trim());
            }
            let said = String::from_utf8(done.stdout)?;
            std::fs::create_dir_all(&data)?;
            let Found { told, lost } = check(&data, &said)?;
            if lost > 0 {
                println!("  call {at}: {lost} of {told} lost");
            }
            (sum.runs, sum.told, sum.lost) = (sum.runs + 1, sum.told + told, sum.lost + lost);
            std::fs::remove_dir_all(&data)?;
        }
        Ok(sum)
    }
}
