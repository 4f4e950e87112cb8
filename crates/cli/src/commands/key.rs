//! `precinct key`: keys for machines, made by whoever runs the server, at its own data folder.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use precinct_accounts::{Accounts, Chance};
use precinct_base::{AreaId, Timestamp};
use precinct_core::{Code, Grant, Role};
use precinct_engine::Chance as _;
use precinct_engine::live::SystemChance;

use crate::commands::Done;
use crate::failure::Failure;
use crate::output::Out;

const EXAMPLE: &str = "\
Example:
  precinct key create --data town-data --name play --role dispatcher --role planner --role gateway

The key is shown once. It works at once, also while the city is served; that it was made is in the record before anything is done with
it.";

/// Make keys for machines
#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a key and show it, once
    #[command(after_help = EXAMPLE)]
    Create(Create),
}

/// Make a key
#[derive(Debug, Args)]
pub(crate) struct Create {
    /// The data folder of the city
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// What the machine is called
    #[arg(long, value_name = "NAME")]
    name: Code,
    /// A role it has; may be given several times
    #[arg(long = "role", value_name = "ROLE", required = true, value_parser = role)]
    roles: Vec<Role>,
    /// The area its roles hold in; 0 is the whole city
    #[arg(long, value_name = "AREA", default_value_t = 0)]
    area: u32,
}

fn role(name: &str) -> Result<Role, String> {
    let names = || Role::ALL.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ");
    Role::from_name(name).ok_or_else(|| format!("use one of {}", names()))
}

struct Drawn;

impl Chance for Drawn {
    fn fill(&mut self, bytes: &mut [u8]) {
        SystemChance.fill(bytes);
    }
}

impl KeyCommand {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut Out) -> Result<Done, Failure> {
        let Self::Create(create) = self;
        let failed = |error: &dyn ToString| Failure::Accounts(error.to_string());
        let accounts = Accounts::open(&create.data).map_err(|error| failed(&error))?;
        let roles = create.roles.iter().map(|&role| Grant { role, area: AreaId(create.area) });
        let roles: Vec<Grant> = roles.collect();
        let now = Timestamp(jiff::Timestamp::now().as_millisecond());
        let key = accounts.create_unrecorded_key(now, create.name, &roles, None, &mut Drawn);
        out.line(key.map_err(|error| failed(&error))?.expose())?;
        Ok(Done::Yes)
    }
}
