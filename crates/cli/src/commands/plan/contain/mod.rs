//! `precinct plan contain`: which points to close so that somebody who left does not get out, and who goes to which.

mod answer;
mod picture;
mod sighting;
mod table;

use std::path::PathBuf;

use clap::Args;
use precinct_base::{HourOfWeek, LonLat, Metres, Millis};
use precinct_containment::{Pace, Plan, Quarry, Question, Sighting, Solver};
use precinct_roads::{Network, Profile, Snap, SnapRules};

pub(super) use self::answer::Seconds;
pub(super) use self::sighting::seconds;
use self::sighting::{Seen, pace, seen};
use super::super::Done;
use super::served::Served;
use super::units::{Force, units};
use crate::args::Shared;
use crate::failure::Failure;
use crate::given;
use crate::map::Theme;
use crate::output::{Out, write_file};
use crate::place::{Place, snap};
use crate::progress::Bar;

const EXAMPLE: &str = "\
Example:
  precinct plan contain cities/san-francisco --at -122.4193,37.7793 --ago 120 --units posts
  precinct plan contain cities/macau --at 113.5439,22.1987 --ago 90 --units units.csv --on-foot --json

  precinct plan contain cities/san-francisco --at -122.4193,37.7793 --ago 60 --units live --key KEY

A file of units is CSV with the columns unit, lon, lat and, if wanted, profile (car,
motorcycle, bicycle, foot) and delay (seconds until it starts); or JSON with the same
fields, [{\"unit\": \"A1\", \"lon\": …, \"lat\": …}, …]; or GeoJSON points.

Exit code 1 means that these units cannot seal it, or that no way was found: then the plan
is the best there is, and a point whose unit is null needs one more unit there.

--json is one object; arrival, ready, quarry and slack are seconds from now:
  {\"sealed\": true, \"cut_size\": 6, \"proof\": {\"kind\": \"fewest\", …}, \"points\":
   [{\"unit\": \"A1\", \"arrival\": 84.2, \"ready\": 129.2, \"quarry\": 171, \"slack\": 41.8, …}, …], …}
kind is fewest or assignment (no plan has fewer points), bound (some plan may have),
impossible (these units cannot) or unknown (none was found).";

/// Arguments of `precinct plan contain`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Contain {
    /// A folder with a city.toml, a city.toml, or an extract
    city: PathBuf,
    /// Where they left
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    at: LonLat,
    /// How many seconds ago
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    ago: Millis,
    /// The units that may be sent: a file, `posts` for one car at each police post, or `live` for those free where the city is served
    #[arg(long, value_name = "FILE|posts|live")]
    units: PathBuf,
    #[command(flatten)]
    served: Served,
    #[command(flatten)]
    moving: Moving,
    /// Where they were certainly seen since, and how many seconds ago; may be given again
    #[arg(long, value_name = "LON,LAT@SECONDS", value_parser = seen, allow_hyphen_values = true)]
    seen: Vec<Seen>,
    /// Where they were perhaps seen since; may be given again
    #[arg(long, value_name = "LON,LAT@SECONDS", value_parser = seen, allow_hyphen_values = true)]
    perhaps: Vec<Seen>,
    /// How long a unit takes to close a point once it is there
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = "45")]
    setup: Millis,
    /// How far ahead to keep them in: what they could reach in so many minutes from now
    #[arg(long, value_name = "M", value_parser = given::minutes, default_value = "10")]
    minutes: Millis,
    /// A through road that ends at the edge of the map is no way out
    #[arg(long)]
    closed_edge: bool,
    /// How many cuts to compute at most for the proof
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    effort: u32,
    /// The hour of the week, such as fri-18, for cities whose speeds are known by the hour
    #[arg(long, value_parser = given::hour, value_name = "HOUR")]
    hour: Option<HourOfWeek>,
    /// How far from a road a place may lie, in metres
    #[arg(long, default_value_t = 1_000, value_name = "METRES", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    snap: u32,
    /// Draw a map of the plan into this file, as SVG
    #[arg(long, value_name = "FILE.svg")]
    map: Option<PathBuf>,
    /// The colours of the map
    #[arg(long, value_enum, default_value_t = Theme::Auto, requires = "map")]
    theme: Theme,
    /// Answer in JSON
    #[arg(long, conflicts_with = "geojson")]
    json: bool,
    /// Answer in `GeoJSON`.
    #[arg(long, help = "Answer in GeoJSON: the points, and where they left")]
    geojson: bool,
}

/// How they move.
#[derive(Debug, Args)]
struct Moving {
    /// They are on foot, not in a car
    #[arg(long)]
    on_foot: bool,
    /// They keep to no one-way street
    #[arg(long)]
    break_one_way: bool,
    /// How fast they are beside what the roads say: 1.5 is half as fast again
    #[arg(long, value_name = "FACTOR", value_parser = pace, default_value = "1")]
    speed_factor: Pace,
}

/// A plan, and what it is told with.
struct Told<'a> {
    asked: &'a Contain,
    place: &'a Place,
    network: &'a Network,
    force: &'a Force,
    left: Snap,
    seen: &'a [Sighting],
    plan: &'a Plan,
}

impl Contain {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let bar = Bar::new();
        let place = Place::open(&self.city, shared, None, &bar)?;
        let hour = self.hour.unwrap_or_default();
        let rules = SnapRules { limit: Metres(self.snap), ..SnapRules::default() };
        let force =
            Force::new(&units(&self.units, &place.city, &self.served)?, &place, hour, rules)?;
        let profile = if self.moving.on_foot { Profile::Foot } else { Profile::PoliceCar };
        let network = place.network_at(profile, hour)?;
        let network = if self.moving.break_one_way { network.against_one_ways() } else { network };
        let left = snap(&network, self.at, rules)?;
        let seen = self.sightings(&network, rules)?;
        let quarry = Quarry { roads: &network, pace: self.moving.speed_factor, left, seen: &seen };
        let question = Question {
            horizon: self.ago.saturating_add(self.minutes),
            setup: self.setup,
            networks: force.networks(),
            edge_is_open: !self.closed_edge,
            effort: self.effort,
            ..Question::new(quarry, self.ago, &force.units)
        };
        let plan = Solver::default()
            .solve(&question)
            .map_err(|refusal| Failure::Usage(refusal.to_string()))?;
        drop(bar);
        let told = Told {
            asked: self,
            place: &place,
            network: &network,
            force: &force,
            left,
            seen: &seen,
            plan: &plan,
        };
        if let Some(file) = &self.map {
            write_file(file, picture::draw(&told, shared.lang(), self.theme).as_bytes())?;
        }
        if self.json {
            out.json(&told.answer(shared.lang_asked()))?;
        } else if self.geojson {
            out.json(&told.features(shared.lang_asked()))?;
        } else {
            told.table(shared.lang(), out)?;
        }
        Ok(if plan.sealed { Done::Yes } else { Done::No })
    }

    /// The sightings, on the roads they were on.
    fn sightings(&self, network: &Network, rules: SnapRules) -> Result<Vec<Sighting>, Failure> {
        let sure = self.seen.iter().map(|seen| (seen, true));
        let perhaps = self.perhaps.iter().map(|seen| (seen, false));
        sure.chain(perhaps)
            .map(|(seen, sure)| {
                if seen.ago > self.ago {
                    let what = format!(
                        "they were seen {} s ago, before they left {} s ago: give --ago as long as that",
                        seen.ago.0 / 1_000,
                        self.ago.0 / 1_000
                    );
                    return Err(Failure::Usage(what));
                }
                let at = snap(network, seen.at, rules)?;
                Ok(Sighting { at, when: Millis(self.ago.0 - seen.ago.0), sure })
            })
            .collect()
    }
}
