//! `precinct sim`: shifts that never were, to find faults with.

mod run;
mod step;

use clap::{Args, Subcommand};
use precinct_sim::shift::{Faults, Plan};

use super::Done;
use crate::args::Shared;
use crate::failure::Failure;
use crate::output::Out;

/// What can be done with a shift.
#[derive(Debug, Subcommand)]
pub(crate) enum Sim {
    /// Go through shifts and hold them against what must always hold
    Run(run::Run),
    /// Walk through one shift, turn by turn, with the board
    Step(step::Step),
}

impl Sim {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        match self {
            Self::Run(command) => command.run(out),
            Self::Step(command) => command.run(shared, out),
        }
    }
}

/// What a shift is made from.
#[derive(Clone, Debug, Args)]
pub(crate) struct Made {
    /// The number everything comes from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How long it is
    #[arg(long, default_value_t = 480, value_parser = clap::value_parser!(u32).range(1..=10_080))]
    minutes: u32,
    /// Units of the city
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=99))]
    units: u32,
    /// Calls in a busy hour
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    calls: u32,
    /// Faults that happen: crash, error, full, clock, network; or all, or none
    #[arg(long, default_value = "all", value_parser = faults, value_name = "LIST")]
    faults: Faults,
    /// Cut the power at this storage call, whatever else happens
    #[arg(long, value_name = "CALL")]
    crash_at: Option<u64>,
    /// A disk that says it has written what it has not: the control, which must be found out
    #[arg(long)]
    lying_disk: bool,
}

impl Made {
    const fn plan(&self) -> Plan {
        let Self { seed, minutes, units, calls, faults, crash_at, lying_disk } = *self;
        Plan { seed, minutes, units, calls, faults, crash_at, lying_disk }
    }
}

fn faults(text: &str) -> Result<Faults, String> {
    match text {
        "all" => Ok(Faults::ALL),
        "none" => Ok(Faults::NONE),
        list => list.split(',').try_fold(Faults::NONE, |faults, name| {
            let unknown = || {
                format!("{name} is no fault: use crash, error, full, clock, network, all or none")
            };
            faults.with(name.trim(), true).ok_or_else(unknown)
        }),
    }
}
