//! `precinct city`: make, check and prepare cities.

mod build;
mod check;
mod generate;
mod init;
mod summary;

use clap::Subcommand;

use super::Done;
use crate::args::Shared;
use crate::failure::Failure;
use crate::output::Out;

/// What there is to do with a city.
#[derive(Debug, Subcommand)]
pub(crate) enum City {
    /// Make the road file of a city
    Build(build::Build),
    /// Read everything of a city and report every fault
    Check(check::Check),
    /// Write a city.toml for an OpenStreetMap extract
    Init(init::Init),
    /// Make up a believable city, or a nation of them
    Generate(generate::Generate),
}

impl City {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        match self {
            Self::Build(command) => command.run(shared, out),
            Self::Check(command) => command.run(shared, out),
            Self::Init(command) => command.run(shared, out),
            Self::Generate(command) => command.run(out),
        }
    }
}
