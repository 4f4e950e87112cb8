//! `precinct plan`: where posts go, with the proof that no other places would do better.

mod aim;
mod answer;
mod audit;
mod choices;
mod cover;
mod instance;
mod keep;
mod posts;
mod posts_answer;
mod posts_table;
mod report;

use clap::Subcommand;

use super::Done;
use crate::args::Shared;
use crate::failure::Failure;
use crate::output::Out;

/// What can be planned.
#[derive(Debug, Subcommand)]
pub(crate) enum Plan {
    /// Say where the posts of a city go
    Posts(Box<posts::Posts>),
    /// Choose among places given by coordinates, as published instances are
    Cover(Box<cover::Cover>),
    /// Go over a saved plan: everything it says is worked out again
    Audit(audit::Audit),
}

impl Plan {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        match self {
            Self::Posts(command) => command.run(shared, out),
            Self::Cover(command) => command.run(shared, out),
            Self::Audit(command) => command.run(shared, out),
        }
    }
}
