//! `precinct simulate`: a plan tried on recorded days, or on days like them, and held against another.

mod answer;
mod chart;
mod part;
mod table;
mod told;

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use precinct_base::{HourOfWeek, Millis, Timestamp};
use precinct_city::{City, CityError};
use precinct_core::Priority;
use precinct_play::{Day, Mapping, Window, Zone, read_day};
use precinct_roads::{Network, Profile};
use precinct_whatif::{
    Arm, Call, Comparison, Observer, Outcome, Piece, Plan, Policy, Settings, TARGETS, Town, Within,
    compare, resampled, trial_of_part,
};

use self::part::{Part, compared};
use super::Done;
use super::plan::read_plan;
use super::play::time;
use crate::args::Shared;
use crate::failure::Failure;
use crate::given;
use crate::output::{Out, write_file};
use crate::place::Place;
use crate::progress::Bar;
use crate::simulate::{PlanFile, as_it_is, behaviour, make_saved, named_streets, pieces, town};

const EXAMPLE: &str = "\
Example:
  precinct simulate cities/san-francisco --calls sf/sfpd_cad_5000.csv.gz --units 60
  precinct simulate cities/san-francisco --calls sf/sfpd_cad_5000.csv.gz --units 60 --plan standby.toml --days 30
  precinct simulate cities/san-francisco --calls sf/sfpd_cad_5000.csv.gz --plan standby.toml --area Mission
  precinct simulate cities/san-francisco --calls sf/sfpd_cad_5000.csv.gz --close \"Bay Bridge\" --json

Without --plan, --against, --close or --against-policy one plan is simulated: the city's posts with the crews that are usual for them, or
--units. With one of them two are, on the same calls with the same chance, and what differs is told with its 95 % interval. --plan and
--against name files of changes to the city as it is:

  name = \"three standby points\"
  policy = \"closest\"                        # or cover-aware, joint, own-district
  remove_post = [\"Park Police Station\"]
  close = [\"Market Street\"]
  [[add_post]]
  name = \"Geary and Masonic\"
  at = [-122.4467, 37.7822]
  crews = [\"PD-Park-6\"]
  [[move_post]]
  post = \"Mission Police Station\"
  at = [-122.42, 37.76]
  [[rehome]]
  crew = \"PD-Park-5\"
  post = \"Mission Police Station\"
  [[add_crews]]
  like = \"PD-Park-1\"
  post = \"Park Police Station\"
  count = 2
  hours = [8, 20]                           # from, to and without; every hour if nothing is said
  [[take_off]]
  crews = [\"PD-Park-1\", \"PD-Park-2\"]
  hours = [22, 6]

A file that ends in .json is a plan that `precinct plan posts --save` wrote: its posts are those that were chosen, and each new one gets a
crew from the nearest post that has more than one.

Without --from and --to the busiest day of the record is simulated. --days N simulates N days like it, each drawn from its calls: only then
does the interval say anything of other days than that one.

--json is one object:
  {\"from\": …, \"calls\": …, \"record\": {…}, \"plans\": [{\"name\": …, \"all\": {\"median_s\": …}, \"by_priority\": […], …}], \"difference\": {…}}; with --area
  also part: {\"area\": …, \"record\": {…}, \"plans\": [{\"name\": …, \"all\": {…}, \"by_priority\": […]}], \"difference\": {…}}";

/// How far before and after a day its calls keep units busy.
const EDGE: Millis = Millis::from_minutes(120);
/// How far from the time of the record a call of a day like it may come.
const APART_MS: i64 = 900_000;

/// Arguments of `precinct simulate`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct SimulateArgs {
    /// A folder with a city.toml, a city.toml, or an extract
    city: PathBuf,
    /// The record of calls: CSV, plain or .gz
    #[arg(long, value_name = "FILE")]
    calls: PathBuf,
    /// What the columns of the record are, as for `precinct play`
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Where in the record to begin: 2024-01-08 or 2024-01-08T06:00 in the city's time zone, or with an offset
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Where to end
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
    /// The plan: changes to the city as it is, or what `precinct plan posts --save` wrote [default: none]
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// The plan it is held against [default: the city as it is]
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// How units are chosen: closest, cover-aware, joint, own-district [default: as the plan says, else closest]
    #[arg(long, value_name = "POLICY", value_parser = policy)]
    policy: Option<Policy>,
    /// How they are chosen under the other plan [default: the same]
    #[arg(long, value_name = "POLICY", value_parser = policy)]
    against_policy: Option<Policy>,
    /// A policy that decides beside the plan's, with nothing sent: how often it would differ, and by how much
    #[arg(long, value_name = "POLICY", value_parser = policy)]
    shadow: Option<Policy>,
    /// A street that is closed under the plan; may be given several times
    #[arg(long, value_name = "STREET")]
    close: Vec<String>,
    /// Crews in all [default: as many as is usual for the posts, six to a police station]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    units: Option<u32>,
    /// How often each day is simulated, each time with other chance
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    seeds: u32,
    /// Simulate so many days drawn from the record in place of the record itself
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    days: Option<u32>,
    /// How much longer drives take than by the speeds of the roads: 1.5 is half as long again
    #[arg(long, value_name = "FACTOR", default_value = "1", value_parser = factor)]
    pace: u16,
    /// How soon a unit should be there by priority, in minutes
    #[arg(long, value_name = "M,…", value_parser = given::minutes, value_delimiter = ',', num_args = 5)]
    targets: Vec<Millis>,
    /// An area, by its id or name, whose calls have figures of their own; the whole city is simulated all the same
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
    /// Draw how soon units were there, simulated and on record, as an SVG
    #[arg(long, value_name = "FILE")]
    chart: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

fn policy(name: &str) -> Result<Policy, String> {
    let unknown = || format!("{name:?} is no policy: use one of {}", Policy::names().join(", "));
    Policy::named(name).ok_or_else(unknown)
}

/// A factor from 0.1 to 10, in thousandths.
fn factor(text: &str) -> Result<u16, String> {
    let wrong = || format!("{text:?} is no factor: write a number from 0.1 to 10, such as 1.5");
    let factor: f64 = text.parse().map_err(|_| wrong())?;
    if !(0.1..=10.0).contains(&factor) {
        return Err(wrong());
    }
    Ok((factor * 1_000.0).round() as u16)
}

/// Everything an answer is made of.
struct Told<'a> {
    city: &'a City,
    town: &'a Town,
    day: &'a Day,
    window: Window,
    /// What was simulated: days of the record, or days like them.
    pieces: &'a [Piece],
    like: bool,
    seeds: u32,
    /// The recorded pieces.
    record: &'a [Piece],
    arms: &'a [Arm],
    outcomes: &'a [Outcome],
    comparison: Option<Comparison>,
    part: Option<Part<'a>>,
    /// The second plan against the first by the calls of the part.
    part_comparison: Option<Comparison>,
}

impl SimulateArgs {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let bar = Bar::new();
        let place = Place::open(&self.city, shared, None, &bar)?;
        let (profile, base) = (Profile::PoliceCar, HourOfWeek::default());
        let network = Arc::new(place.network_at(profile, base)?);
        bar.step("reading the calls");
        let (day, window, zone) = self.day(&place.city)?;
        let record = pieces(&place.city, &zone, window, &day.calls, EDGE);
        if record.is_empty() {
            return Err(nothing());
        }
        let all: Vec<_> = record.iter().flat_map(|piece| piece.calls.iter().cloned()).collect();
        let behaviour = behaviour(&place.city, &all, (profile, base), self.pace);
        let pieces = self.simulated(&record);
        let part = self.area.as_deref().map(|name| Part::named(&place.city, name)).transpose()?;
        let arms = self.arms(&place.city, &network)?;
        let town = town(&place.city, network, self.targets())
            .map_err(|fault| Failure::Nothing(fault.to_string()))?;
        let settings = Settings { seeds: self.seeds, ..Settings::default() };
        bar.turns("simulating", (arms.len() * pieces.len()) as u64 * u64::from(self.seeds));
        let within = |call: &Call| part.is_some_and(|part| part.holds(call));
        let asked = (&town, part.map(|_| &within as Within<'_>));
        let watching = Watching(&bar);
        let outcomes = trial_of_part(asked, &behaviour, &pieces, &arms, settings, &watching)?;
        drop(bar);
        let told = Told {
            city: &place.city,
            town: &town,
            day: &day,
            window,
            pieces: &pieces,
            like: self.days.is_some(),
            seeds: self.seeds,
            record: &record,
            arms: &arms,
            comparison: outcomes.get(1).map(|second| compare(&outcomes[0], second)),
            part,
            part_comparison: compared(&outcomes),
            outcomes: &outcomes,
        };
        if let Some(file) = &self.chart {
            write_file(file, chart::picture(&told, shared.lang()).as_bytes())?;
        }
        if self.json {
            out.json(&answer::Answer::new(&told, shared.lang_asked()))?;
        } else {
            table::write(&told, shared.lang(), out)?;
        }
        Ok(Done::Yes)
    }

    /// The recorded days, or days like them.
    fn simulated(&self, record: &[Piece]) -> Vec<Piece> {
        let Some(days) = self.days else { return record.to_vec() };
        let like = |day: u32| {
            let piece = &record[day as usize % record.len()];
            resampled(piece, u64::from(day) + 1, APART_MS, 1)
        };
        (0..days).map(like).collect()
    }

    fn targets(&self) -> [Millis; Priority::COUNT] {
        self.targets.clone().try_into().unwrap_or(TARGETS)
    }

    /// The record, and which part of it is simulated.
    fn day(&self, city: &City) -> Result<(Day, Window, Zone), Failure> {
        let unknown = || {
            Failure::Usage(format!(
                "the city's time zone {} is unknown: mend its city.toml",
                city.time_zone
            ))
        };
        let zone = Zone::named(&city.time_zone).ok_or_else(unknown)?;
        let (from, to) = (time(self.from.as_ref(), &zone)?, time(self.to.as_ref(), &zone)?);
        let mapping = match &self.map {
            None => None,
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|source| CityError::Read { path: path.clone(), source })?;
                Some(Mapping::parse(&text)?)
            }
        };
        let mut day = read_day(&self.calls, mapping)?;
        let window = Window::of(&day, &zone, from, to).ok_or_else(nothing)?;
        let edge = i64::from(EDGE.0);
        let wide =
            Window { from: Timestamp(window.from.0 - edge), to: Timestamp(window.to.0 + edge) };
        wide.cut(&mut day);
        Ok((day, window, zone))
    }

    /// The plans: what it is held against first, if there is anything to hold it against.
    fn arms(&self, city: &City, network: &Network) -> Result<Vec<Arm>, Failure> {
        let as_is = as_it_is(city, self.units.map(|units| units as usize));
        if as_is.crews.is_empty() {
            return Err(Failure::Nothing(
                "the city has no posts, so there are no crews: give it posts in its city.toml"
                    .to_owned(),
            ));
        }
        let (mut second, file) = Self::arm(&as_is, self.plan.as_ref(), "plan", city, network)?;
        second.plan.closed.extend(named_streets(network.map(), &self.close)?);
        second.policy = self.policy.or(file).unwrap_or(Policy::Closest);
        second.shadow = self.shadow;
        let compares = self.plan.is_some()
            || self.against.is_some()
            || !self.close.is_empty()
            || self.against_policy.is_some();
        if !compares {
            "as it is".clone_into(&mut second.name);
            return Ok(vec![second]);
        }
        let (mut first, file) =
            Self::arm(&as_is, self.against.as_ref(), "as it is", city, network)?;
        first.policy = self.against_policy.or(self.policy).or(file).unwrap_or(Policy::Closest);
        Ok(vec![first, second])
    }

    fn arm(
        as_is: &Plan,
        file: Option<&PathBuf>,
        name: &str,
        city: &City,
        network: &Network,
    ) -> Result<(Arm, Option<Policy>), Failure> {
        let mut plan = as_is.clone();
        if let Some(path) = file.filter(|path| path.extension().is_some_and(|end| end == "json")) {
            make_saved(&read_plan(path)?, &mut plan, city)?;
            let name = path
                .file_stem()
                .map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned());
            return Ok((Arm { name, plan, policy: Policy::Closest, shadow: None }, None));
        }
        let file = file.map(|path| PlanFile::read(path)).transpose()?.unwrap_or_default();
        file.change(&mut plan, city, network)?;
        let name = file.name.clone().unwrap_or_else(|| name.to_owned());
        let arm = Arm { name, plan, policy: Policy::Closest, shadow: None };
        Ok((arm, file.policy()?))
    }
}

fn nothing() -> Failure {
    Failure::Nothing(
        "the record has no calls that can be simulated: check it, or its mapping".to_owned(),
    )
}

/// Moves a bar at each run.
struct Watching<'a>(&'a Bar);

impl Observer for Watching<'_> {
    fn done(&self, _: usize) {
        self.0.turn();
    }
}
