//! `precinct plan`: what to do, with how well it is proven.

mod aim;
mod answer;
mod audit;
mod by_hour;
mod choices;
pub(crate) mod contain;
mod cover;
mod instance;
mod keep;
mod lanes;
mod posts;
mod posts_answer;
mod posts_table;
mod report;
mod ring;
mod served;
mod units;

pub(crate) use keep::read as read_plan;

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
    /// Keep somebody in who left: which points to close, and who goes to which
    Contain(Box<contain::Contain>),
    /// Find every road that crosses a border, and man what has no checkpoint
    Ring(Box<ring::Ring>),
    /// Say how many lanes of a checkpoint to open at which hour
    Lanes(lanes::Lanes),
}

impl Plan {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        match self {
            Self::Posts(command) => command.run(shared, out),
            Self::Cover(command) => command.run(shared, out),
            Self::Audit(command) => command.run(shared, out),
            Self::Contain(command) => command.run(shared, out),
            Self::Ring(command) => command.run(shared, out),
            Self::Lanes(command) => command.run(shared, out),
        }
    }
}
