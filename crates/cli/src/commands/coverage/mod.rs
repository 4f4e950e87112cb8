//! `precinct coverage`: how much of a city is within so many minutes of its posts.

mod answer;
mod features;
mod picture;
mod table;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use precinct_base::Millis;
use precinct_city::{City, PostKind};
use precinct_roads::{Network, Snap, SnapRules};

pub(crate) use table::level_shown;

use super::Done;
use crate::args::{Shared, Travel};
use crate::coverage::{Coverage, Question};
use crate::failure::Failure;
use crate::given::{self, Posts};
use crate::map::Theme;
use crate::output::{Out, remark, write_file};
use crate::place::Place;
use crate::progress::Bar;
use crate::text::words::Lang;

const EXAMPLE: &str = "\
Example:
  precinct coverage cities/san-francisco --minutes 1,3,5 --map san-francisco.svg
  precinct coverage cities/macau --minutes 1,3,5 --json | jq '.within'
  precinct coverage town --minutes 0.5,2 --profile foot --posts street_station

--json is one object: demand_total,
  within [{\"minutes\": 5, \"demand_share\": 0.8231, \"street_share\": 0.7514}, …],
  uncovered (the places beyond the last threshold with the most demand), areas, grades.
Thresholds include themselves. Demand is counted where its place touches the road;
a share is null where there is nothing to share.";

/// A map cannot tell more bands apart.
const MOST_THRESHOLDS: usize = 8;

/// Arguments of `precinct coverage`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct CoverageArgs {
    /// A folder with a city.toml, a city.toml, or an extract
    city: PathBuf,
    /// The times, whole minutes or decimals
    #[arg(long, value_name = "M,…", value_parser = given::minutes, value_delimiter = ',', default_value = "1,3,5")]
    minutes: Vec<Millis>,
    /// The posts to count: police (all but fire stations), all, or kinds such as checkpoint,standby
    #[arg(long, value_name = "KIND,…", value_parser = given::posts, value_delimiter = ',', default_value = "police")]
    posts: Vec<Posts>,
    /// The demand to count, by its name in the city.toml [default: the city's own choice]
    #[arg(long, value_name = "NAME")]
    demand: Option<String>,
    #[command(flatten)]
    travel: Travel,
    /// How many uncovered places to tell
    #[arg(long, value_name = "N", default_value_t = 10)]
    worst: usize,
    /// Draw a map into this file, as SVG
    #[arg(long, value_name = "FILE.svg")]
    map: Option<PathBuf>,
    /// The colours of the map
    #[arg(long, value_enum, default_value_t = Theme::Auto, requires = "map")]
    theme: Theme,
    /// Answer in JSON
    #[arg(long, conflicts_with = "geojson")]
    json: bool,
    /// Answer in `GeoJSON`.
    #[arg(
        long,
        help = "Answer in GeoJSON: streets by band of minutes, posts, uncovered places, areas with their shares"
    )]
    geojson: bool,
}

/// Everything an answer is made of.
struct Told<'a> {
    city: &'a City,
    network: &'a Network,
    coverage: &'a Coverage,
    thresholds: &'a [Millis],
    /// Posts counted, by their index in the city, and where each is on the road.
    posts: &'a [(usize, Snap)],
    /// Posts of the kinds asked for with no road near.
    off_road: usize,
    /// The hour of the week, by name.
    hour: String,
}

impl CoverageArgs {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let thresholds = self.thresholds()?;
        let bar = Bar::new();
        let place = Place::open(&self.city, shared, self.demand.as_deref(), &bar)?;
        bar.step("measuring");
        let network = place.network(&self.travel)?;
        let rules = SnapRules { door: true, ..self.travel.rules() };
        let (posts, off_road) = self.snapped(&place.city, &network, rules, shared.lang())?;
        let starts: Vec<Snap> = posts.iter().map(|post| post.1).collect();
        let question =
            Question { posts: &starts, thresholds: &thresholds, rules, worst: self.worst };
        let coverage = Coverage::measure(&network, &place.city, &question);
        let told = Told {
            city: &place.city,
            network: &network,
            coverage: &coverage,
            thresholds: &thresholds,
            posts: &posts,
            off_road,
            hour: given::hour_name(self.travel.hour()),
        };
        let lang = shared.lang();
        if let Some(file) = &self.map {
            bar.step("drawing");
            write_file(file, picture::draw(&told, lang, self.theme).as_bytes())?;
        }
        drop(bar);
        self.tell(&told, shared, out)?;
        Ok(Done::Yes)
    }

    fn tell(&self, told: &Told<'_>, shared: &Shared, out: &mut Out) -> Result<(), Failure> {
        let lang = shared.lang();
        if self.json {
            out.json(&answer::Answer::new(told, shared.lang_asked()))
        } else if self.geojson {
            out.json(&features::collection(told, shared.lang_asked()))
        } else {
            if told.off_road > 0 {
                remark(&format!(
                    "{} posts have no road within {} m and are not counted",
                    told.off_road,
                    self.travel.rules().limit.0
                ));
            }
            table::write(told, lang, out)
        }
    }

    /// The thresholds in order, each once.
    fn thresholds(&self) -> Result<Vec<Millis>, Failure> {
        let mut all = self.minutes.clone();
        all.sort_unstable();
        all.dedup();
        if all.len() > MOST_THRESHOLDS {
            return Err(Failure::Usage(format!(
                "--minutes has {} times, more than can be told apart: give at most {MOST_THRESHOLDS}",
                all.len()
            )));
        }
        Ok(all)
    }

    /// The posts asked for that a road is near to, and how many have none.
    fn snapped(
        &self,
        city: &City,
        network: &Network,
        rules: SnapRules,
        lang: Lang,
    ) -> Result<(Vec<(usize, Snap)>, usize), Failure> {
        let wanted = |kind: PostKind| self.posts.iter().any(|posts| posts.holds(kind));
        let asked: Vec<usize> =
            (0..city.posts.len()).filter(|&i| wanted(city.posts[i].kind)).collect();
        let snap = |&i: &usize| network.snap(city.posts[i].at, &rules).map(|snap| (i, snap));
        let found: Vec<(usize, Snap)> = asked.iter().filter_map(snap).collect();
        if found.is_empty() {
            return Err(Failure::Nothing(no_posts(city, asked.len(), lang)));
        }
        let off_road = asked.len() - found.len();
        Ok((found, off_road))
    }
}

/// What to say when there is nothing to measure from.
fn no_posts(city: &City, asked: usize, lang: Lang) -> String {
    let name = lang.name(&city.name).unwrap_or("this city");
    if asked > 0 {
        return format!(
            "none of the {asked} posts of {name} has a road near: check where they are with `precinct city check`, or allow more with --snap"
        );
    }
    if !city.posts.is_empty() {
        let mut kinds: BTreeMap<PostKind, usize> = BTreeMap::new();
        for post in &city.posts {
            *kinds.entry(post.kind).or_default() += 1;
        }
        let kinds: Vec<String> =
            kinds.iter().map(|(kind, count)| format!("{count} {}", kind.name())).collect();
        return format!(
            "{name} has no post of the kinds asked for; it has {}: choose with --posts",
            kinds.join(", ")
        );
    }
    format!(
        "{name} has no posts, so there is nothing to measure from: add a [[posts]] table to its city.toml that names a CSV or \
         GeoJSON file with their places, or ask about one place with `precinct reach`"
    )
}
