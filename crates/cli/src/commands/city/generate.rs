//! `precinct city generate`: believable cities made up from a number.

use std::path::PathBuf;

use clap::Args;
use precinct_sim::generate::{Made, NationOrder, Order, write_city, write_nation};

use super::Done;
use crate::failure::Failure;
use crate::output::Out;
use crate::progress::Bar;
use crate::text::numbers::grouped;

const EXAMPLE: &str = "\
Example:
  precinct city generate --seed 1 --people 300000 -o town
  precinct city generate --seed 1 --cities 337 -o nation

The same numbers give the same bytes on every machine. Nothing in it is a real place.
A folder that is there already is written over.";

/// People of a city if nothing else is said.
const PEOPLE: u64 = 300_000;

/// Arguments of `precinct city generate`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Generate {
    /// The number the city is made from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many people live there, in all cities together [default: 300000 for a city, as in China for a nation]
    #[arg(long, value_name = "N")]
    people: Option<u64>,
    /// Make a nation of so many cities, each in a folder of its own
    #[arg(long, value_name = "N")]
    cities: Option<u64>,
    /// The folder to write into
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

impl Generate {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut Out) -> Result<Done, Failure> {
        if let Some(cities) = self.cities {
            self.nation(cities, out)?;
        } else {
            let order = Order { seed: self.seed, people: self.people.unwrap_or(PEOPLE) };
            let bar = Bar::new();
            bar.step("building the city");
            let made = write_city(&order, &self.output)?;
            drop(bar);
            let folder = self.output.display();
            out.line(&format!("{} · {} is written into {folder}", made.name.zh, made.name.en))?;
            out.line(&counts(&made))?;
        }
        Ok(Done::Yes)
    }

    fn nation(&self, cities: u64, out: &mut Out) -> Result<(), Failure> {
        let mut order = NationOrder::new(self.seed, cities);
        if let Some(people) = self.people {
            order.people = people;
        }
        let bar = Bar::new();
        bar.turns("cities", cities);
        let made = write_nation(&order, &self.output, &|_| bar.turn());
        drop(bar);
        let made = made?;
        out.line(&format!(
            "{} cities are written into {}",
            grouped(made.cities.len() as u64),
            self.output.display()
        ))?;
        let totals = made.totals;
        for (count, what) in [
            (totals.checkpoints, "checkpoints"),
            (totals.street_stations, "street police stations"),
            (totals.patrol, "people on patrol each day"),
            (totals.communities, "communities"),
        ] {
            out.line(&format!("  {} {what}", grouped(count)))?;
        }
        Ok(())
    }
}

/// What a city has, in a line.
fn counts(made: &Made) -> String {
    let count = |count: usize, what: &str| format!("{} {what}", grouped(count as u64));
    let parts = [
        format!("{} people", grouped(made.people)),
        count(made.segments, "stretches of road"),
        format!("{} km", grouped(made.kilometres)),
        count(made.posts, "posts"),
        count(made.sites, "sites"),
        count(made.areas, "areas"),
        count(made.demand, "places of demand"),
    ];
    format!("  {}", parts.join(", "))
}
