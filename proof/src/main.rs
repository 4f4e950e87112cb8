//! The journal under storage faults and power cuts, as a real process.
//!
//! - `faults` runs a writer again and again and fails, cuts short or kills it at every storage call it makes.
//! - `power-cut` writes down every storage call of one run, rebuilds what the disk could hold had the power failed at any of them, and
//!   opens that.
//!
//! Either way whatever the writer acknowledged must be there, whole and in order.

mod check;
mod disk;
mod faults;
mod power;
mod shim;
mod writer;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Prove that nothing acknowledged is lost
#[derive(Debug, Parser)]
#[command(name = "precinct-proof")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fail, cut short or kill a writer at its storage calls
    Faults(faults::Faults),
    /// Rebuild what a disk could hold after a power cut, and open it
    PowerCut(power::PowerCut),
    /// The writer that is failed: appends batches, and says what was acknowledged
    #[command(hide = true)]
    Writer(writer::Writer),
}

/// What can go wrong in the proof itself.
type Failure = Box<dyn Error + Send + Sync>;

/// Where this program is.
fn this_program() -> Result<PathBuf, Failure> {
    Ok(std::env::current_exe()?)
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Faults(command) => command.run(),
        Command::PowerCut(command) => command.run(),
        Command::Writer(command) => command.run().map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("precinct-proof: {failure}");
            ExitCode::from(3)
        }
    }
}
