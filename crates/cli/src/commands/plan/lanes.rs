//! `precinct plan lanes`: how many lanes of a checkpoint to open at which hour.

use clap::Args;
use precinct_base::Millis;
use precinct_containment::{Queue, lanes_for};
use serde::Serialize;

use super::super::Done;
use super::contain::{Seconds, seconds};
use crate::args::Shared;
use crate::failure::Failure;
use crate::output::Out;
use crate::text::numbers::{clock, grouped};
use crate::text::table::{Align, Table};
use crate::text::words::Lang;

const EXAMPLE: &str = "\
Example:
  precinct plan lanes --arrivals 60,40,40,90,300,720,900,640 --per-lane 120 --wait 60

Vehicles are counted, never told apart. Each hour is taken by itself, with arrivals by
chance and lanes that share one queue; what is left over from an hour is not carried on.

Exit code 1 means that in some hour not even --most lanes keep the wait.";

/// Arguments of `precinct plan lanes`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Lanes {
    /// Vehicles that come in each hour, from the first hour on
    #[arg(long, value_name = "N,…", value_delimiter = ',', required = true)]
    arrivals: Vec<u32>,
    /// Vehicles that one lane passes in an hour
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    per_lane: u32,
    /// How long a vehicle may wait on average
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = "60")]
    wait: Millis,
    /// The most lanes there are
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    most: u32,
    /// The hour of the first figure
    #[arg(long, value_name = "H", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=23))]
    first: u32,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// An hour, the vehicles that come in it, and the lanes that keep the wait with how it goes then.
type Planned = (u32, u32, Option<(u32, Queue)>);

/// One hour; null where no number of lanes keeps the wait.
#[derive(Serialize)]
struct Told {
    hour: u32,
    arrivals: u32,
    lanes: Option<u32>,
    wait: Option<Seconds>,
    waiting: Option<f64>,
    busy: Option<f64>,
}

impl Lanes {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        if let Some(many) = self.arrivals.iter().find(|&&come| come > 1_000_000) {
            return Err(Failure::Usage(format!("{many} vehicles an hour pass no checkpoint")));
        }
        let hours: Vec<Planned> = (self.first..)
            .zip(&self.arrivals)
            .map(|(hour, &come)| {
                (hour % 24, come, lanes_for(come, self.per_lane, self.wait, self.most))
            })
            .collect();
        if self.json {
            let hours: Vec<Told> = hours.iter().map(answer).collect();
            out.json(&serde_json::json!({ "hours": hours }))?;
        } else {
            let lang = shared.lang();
            out.text(&table(lang, &hours).render(out.bold()))?;
        }
        let kept = hours.iter().all(|hour| hour.2.is_some());
        Ok(if kept { Done::Yes } else { Done::No })
    }
}

fn answer(&(hour, arrivals, found): &Planned) -> Told {
    let thousandths = |value: u64| value as f64 / 1_000.0;
    Told {
        hour,
        arrivals,
        lanes: found.map(|found| found.0),
        wait: found.map(|(_, queue)| Seconds(i64::from(queue.wait.0))),
        waiting: found.map(|(_, queue)| thousandths(queue.waiting_thousandths)),
        busy: found.map(|(_, queue)| thousandths(u64::from(queue.busy_thousandths))),
    }
}

fn table(lang: Lang, hours: &[Planned]) -> Table {
    let words = lang.sealing();
    let mut table = Table::new(&[
        (words.hour, Align::Left),
        (words.arrivals, Align::Right),
        (words.lanes, Align::Right),
        (words.wait, Align::Right),
        (words.waiting, Align::Right),
    ]);
    for &(hour, come, found) in hours {
        let mut row = vec![format!("{hour:02}:00"), grouped(u64::from(come))];
        match found {
            Some((lanes, queue)) => {
                let tenths = (queue.waiting_thousandths + 50) / 100;
                let waiting = format!("{}.{}", tenths / 10, tenths % 10);
                row.extend([lanes.to_string(), clock(queue.wait), waiting]);
            }
            None => row.extend([words.too_few.to_owned(), "–".into(), "–".into()]),
        }
        table.row(row);
    }
    table
}
