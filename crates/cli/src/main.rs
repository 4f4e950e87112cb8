//! The `precinct` command: reads its arguments, runs one command, and says by its exit code how that went.

mod args;
mod board;
mod commands;
mod coverage;
mod failure;
mod geojson;
mod given;
mod keeping;
mod map;
mod output;
mod place;
mod progress;
mod simulate;
mod text;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::Cli;
use crate::commands::Done;
use crate::output::Out;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = Out::stdout();
    let done = cli.run(&mut out).and_then(|done| out.flush().map(|()| done));
    match done {
        Ok(Done::Yes) => ExitCode::SUCCESS,
        Ok(Done::No) => ExitCode::from(failure::NO),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(&failure);
            failure.code()
        }
    }
}
