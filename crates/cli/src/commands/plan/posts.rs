//! `precinct plan posts`: where the posts of a city go.

use std::path::PathBuf;

use clap::Args;
use precinct_base::{Metres, Millis};
use precinct_city::City;
use precinct_planner::{Answer, Ask, Floor, PerMille, solve};
use precinct_roads::{Network, SnapRules};
use precinct_siting::{HourShares, Place as Spot, PlaceRules, Reached};

use super::aim::{Aiming, Objective, per_mille};
use super::answer::watching;
use super::by_hour::{self, ByHour};
use super::choices::{self, Choices};
use super::keep;
use super::{posts_answer, posts_table, report};
use crate::args::{Shared, Travel};
use crate::commands::Done;
use crate::failure::Failure;
use crate::given::{self, Posts as Kinds};
use crate::map::Theme;
use crate::output::{Out, remark, write_file};
use crate::place::Place;
use crate::progress::Bar;

const EXAMPLE: &str = "\
Example:
  precinct plan posts cities/san-francisco --choose 5 --keep police --map five-more.svg
  precinct plan posts cities/macau --choose 20 --minutes 1,3,5 --report plan.html --save plan.json
  precinct plan posts town --choose 8 --from-existing --json | jq '.objective, .gap, .chosen[].name'
  precinct plan posts cities/san-francisco --choose 5 --hours 20-4:3 --calls sf/sfpd_cad_5000.csv.gz

Candidates are street corners spread over where demand is, or with --from-existing the city's posts and sites, or with
--candidates a CSV with a heading: lon,lat and, if wanted, name,money,staff,capacity,busy (percent),standing (free,
kept, forbidden). Where a capacity is given, demand is shared out so that most is served.

--json is one object: objective, bound, gap (a share), proven, chosen [{name, lon, lat, origin, …}], kept, demand_share, before
and after (shares by minutes), gained, lost, areas, binds, work; by hour also hours {times, calls}, and of a calibrated city its
calibration.";

/// Arguments of `precinct plan posts`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Posts {
    /// A folder with a city.toml, a city.toml, or an extract
    city: PathBuf,
    /// How many posts to choose, beside those kept [with --objective set: as few as it takes]
    #[arg(long, short = 'p', value_name = "P")]
    choose: Option<usize>,
    /// Posts that stand and stay: police (all but fire stations), all, or kinds such as checkpoint,standby
    #[arg(long, value_name = "KIND,…", value_parser = given::posts, value_delimiter = ',')]
    keep: Vec<Kinds>,
    #[command(flatten)]
    choices: Choices,
    /// Minutes for each grade of place, the most urgent first; the last is for all that follow [default: the city's own]
    #[arg(long, value_name = "M,…", value_parser = given::minutes, value_delimiter = ',')]
    minutes: Vec<Millis>,
    /// Minutes within which every place is to be reached that can be
    #[arg(long, value_name = "M", value_parser = given::minutes)]
    outer: Option<Millis>,
    /// The share of each area's demand to be covered, in percent
    #[arg(long, value_name = "PERCENT", value_parser = per_mille)]
    least_cover: Option<PerMille>,
    /// The longest way looked at when times are to be least, in minutes
    #[arg(long, value_name = "M", value_parser = given::minutes, default_value = "30")]
    horizon: Millis,
    /// The demand to count, by its name in the city.toml [default: the city's own choice]
    #[arg(long, value_name = "NAME")]
    pub(super) demand: Option<String>,
    #[command(flatten)]
    pub(super) travel: Travel,
    #[command(flatten)]
    by_hour: ByHour,
    #[command(flatten)]
    aiming: Aiming,
    /// The plan this one is to better, as saved by --save
    #[arg(long, value_name = "FILE.json")]
    parent: Option<PathBuf>,
    /// Save the plan into this file, for `precinct plan audit`
    #[arg(long, value_name = "FILE.json")]
    save: Option<PathBuf>,
    /// Write a report into this file, to be read and printed
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Draw a map of the plan into this file, as SVG
    #[arg(long, value_name = "FILE.svg")]
    map: Option<PathBuf>,
    /// The colours of the map
    #[arg(long, value_enum, default_value_t = Theme::Auto, requires = "map")]
    theme: Theme,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Everything an answer is made of.
pub(super) struct Told<'a> {
    pub(super) city: &'a City,
    pub(super) network: &'a Network,
    pub(super) rules: SnapRules,
    pub(super) spots: &'a [Spot],
    pub(super) reached: &'a Reached,
    pub(super) ask: &'a Ask,
    pub(super) answer: &'a Answer,
    /// Candidates where a post stands today, whether it stays or not.
    pub(super) today: &'a [u32],
    /// What changes from today to the plan.
    pub(super) change: &'a report::Change,
    /// The calls that demand was spread over the hours by, if it counts by hour.
    pub(super) shares: Option<&'a HourShares>,
}

impl Posts {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let bar = Bar::new();
        let place = Place::open(&self.city, shared, self.demand.as_deref(), &bar)?;
        let city = &place.city;
        if city.demand.is_empty() {
            return Err(Failure::Nothing(no_demand(shared, city)));
        }
        let network = place.network(&self.travel)?;
        let rules = SnapRules { door: true, ..self.travel.rules() };
        bar.step("finding candidates");
        let near = PlaceRules { most: self.choices.most(), near: Metres(500) };
        let chosen = self.choices.all(city, &network, (&rules, near), &self.keep)?;
        let mut ask = self.ask(city, chosen.kept())?;
        ask.capacities = chosen.candidates.iter().any(|one| one.capacity.is_some());
        bar.step("measuring");
        let (longest, shares) = (self.longest(&ask), self.by_hour.counted(city)?);
        let how = (&rules, longest);
        let reached = by_hour::reached(city, &network, &chosen.spots, how, shares.as_ref())?;
        bar.step("searching");
        let effort = self.aiming.effort();
        let mut watch = watching(&bar);
        let answer = solve(&reached.table, &chosen.candidates, &ask, &effort, &mut watch)?;
        drop(watch);
        let change = report::Change::of(&reached.table, &ask, &chosen.today, &answer.chosen);
        let told = Told {
            city,
            network: &network,
            rules,
            spots: &chosen.spots,
            reached: &reached,
            ask: &ask,
            answer: &answer,
            today: &chosen.today,
            change: &change,
            shares: shares.as_ref(),
        };
        self.write(&told, &chosen, shared, &bar)?;
        drop(bar);
        if self.json {
            out.json(&posts_answer::Told::new(&told, shared.lang_asked()))?;
        } else {
            if reached.off_road > 0 {
                remark(
                    "some demand has no road near and counts as out of reach: see `precinct city check`",
                );
            }
            posts_table::write(&told, shared.lang(), out)?;
        }
        Ok(Done::Yes)
    }

    /// Map, report and plan file, as far as they are wanted.
    fn write(
        &self,
        told: &Told<'_>,
        chosen: &choices::Chosen,
        shared: &Shared,
        bar: &Bar,
    ) -> Result<(), Failure> {
        bar.step("drawing");
        let lang = shared.lang();
        if let Some(file) = &self.map {
            let picture = report::picture(told, lang, self.theme, &told.answer.chosen);
            write_file(file, picture.as_bytes())?;
        }
        if let Some(file) = &self.report {
            write_file(file, report::page(told, lang).as_bytes())?;
        }
        if let Some(file) = &self.save {
            let parent = self.parent.as_deref().map(keep::read).transpose()?;
            let how = keep::How {
                demand: self.demand.as_deref().unwrap_or_default(),
                travel: &self.travel,
                effort: self.aiming.effort(),
                longest: self.longest(told.ask),
                parent: parent.map(|plan| plan.seal),
            };
            let plan = keep::plan(told, chosen, how);
            let text = serde_json::to_vec_pretty(&plan).map_err(std::io::Error::from)?;
            write_file(file, &text)?;
        }
        Ok(())
    }

    /// The question: posts to be chosen come on top of those kept.
    fn ask(&self, city: &City, kept: usize) -> Result<Ask, Failure> {
        let own = city.thresholds.all().iter().map(|one| one.within);
        let within = if self.minutes.is_empty() { own.collect() } else { self.minutes.clone() };
        let posts = self.choose.map(|choose| choose + kept);
        let mut ask = self.aiming.ask(posts, within)?;
        ask.bands = self.by_hour.times()?;
        ask.outer = self.outer;
        if let Some(least) = self.least_cover {
            let mut areas: Vec<u32> =
                city.demand.iter().filter_map(|one| one.area.map(|area| area.0)).collect();
            areas.sort_unstable();
            areas.dedup();
            ask.floors = areas.into_iter().map(|area| Floor { area, least }).collect();
        }
        Ok(ask)
    }

    /// The longest time the table has to know.
    fn longest(&self, ask: &Ask) -> Millis {
        let slowest = ask.within.iter().copied().chain(ask.outer).max().unwrap_or(Millis::ZERO);
        match self.aiming.objective {
            Objective::Median | Objective::Centre => slowest.max(self.horizon),
            // Minutes to the nearest post are told beyond the thresholds too.
            _ => slowest.max(Millis::from_minutes(10)),
        }
    }
}

fn no_demand(shared: &Shared, city: &City) -> String {
    let name = shared.lang().name(&city.name).unwrap_or("this city").to_owned();
    format!(
        "{name} has no demand, so there is nothing to plan for: add a [[demand]] table to its city.toml that names a file with \
         people or calls and where they are"
    )
}
