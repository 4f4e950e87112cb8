//! `precinct plan`: where posts go, with the proof that no other places would do better.

mod aim;
mod answer;
mod cover;
mod instance;

use clap::Subcommand;

use super::Done;
use crate::args::Shared;
use crate::failure::Failure;
use crate::output::Out;

/// What can be planned.
#[derive(Debug, Subcommand)]
pub(crate) enum Plan {
    /// Choose among places given by coordinates, as published instances are
    Cover(Box<cover::Cover>),
}

impl Plan {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        match self {
            Self::Cover(command) => command.run(shared, out),
        }
    }
}
