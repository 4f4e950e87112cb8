//! `precinct plan cover`: a siting problem given by coordinates, so that published instances run as they are.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use precinct_base::{LonLat, Millis};
use precinct_planner::{Candidate, Demand, Plane, Point, Table, solve, solve_rows};
use precinct_roads::{Network, Scratch, SnapRules, Way};

use super::Done;
use super::aim::{Aiming, Objective};
use super::answer::{Outcome, Scale, watching};
use super::instance::{self, Instance, Micro, ONE, Spot};
use crate::args::{Shared, Travel};
use crate::failure::Failure;
use crate::output::Out;
use crate::place::Place;
use crate::progress::Bar;

const EXAMPLE: &str = "\
Example:
  precinct plan cover --instance sjc324.txt --radius 800 --choose 5 --json | jq '.objective, .gap'
  precinct plan cover --instance pmed1.txt --objective median --json
  precinct plan cover --instance sites.csv --distance road --city cities/macau --radius 3 --choose 4

FILE has a place a line: x y weight, apart by spaces or commas, every place being demand and facility; or, as the
OR-Library's p-median problems, nodes edges p, then an edge a line; or, with a name that ends in .json,
{\"demand\": [[x, y, weight], …], \"facilities\": [[x, y], …], \"radius\": r, \"p\": p}.

--json is one object: objective, bound, gap (a share), proven, chosen (facilities, the first is 0),
  demand_share, demand_total, binds, work. Distances equal to the radius are within it.";

/// How distances are measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Distance {
    /// As the crow flies, on a plane; along the edges where the instance is a graph
    #[default]
    Euclid,
    /// By road in minutes: x and y are longitude and latitude
    Road,
}

/// Arguments of `precinct plan cover`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cover {
    /// The instance
    #[arg(long, value_name = "FILE")]
    instance: PathBuf,
    /// The facilities, if they are not the places of the instance: a file of the same form
    #[arg(long, value_name = "FILE")]
    facilities: Option<PathBuf>,
    /// How far a facility covers; minutes by road [default: what the instance says]
    #[arg(long, value_name = "DISTANCE", value_parser = instance::micro)]
    radius: Option<Micro>,
    /// How many to choose [default: what the instance says]
    #[arg(long, short = 'p', value_name = "P")]
    choose: Option<usize>,
    /// How distances are measured
    #[arg(long, value_enum, default_value_t)]
    distance: Distance,
    /// The city whose roads are meant
    #[arg(long, value_name = "CITY", required_if_eq("distance", "road"))]
    city: Option<PathBuf>,
    #[command(flatten)]
    travel: Travel,
    #[command(flatten)]
    aiming: Aiming,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// An instance in whole numbers.
struct Whole {
    facilities: Vec<Point>,
    demand: Vec<(Point, u64)>,
    /// What a distance and a weight of one are, in millionths.
    scale: Scale,
}

impl Cover {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let bar = Bar::new();
        bar.step("reading the instance");
        let outcome = match instance::read(&self.instance)? {
            Instance::Graph { nodes, edges, choose } => {
                self.on_graph(nodes, &edges, choose, &bar)?
            }
            Instance::Places { mut facilities, demand, radius, choose } => {
                if let Some(file) = &self.facilities {
                    let Instance::Places { demand, .. } = instance::read(file)? else {
                        let text = "--facilities is a graph: give places, one a line as x y";
                        return Err(Failure::Usage(text.to_owned()));
                    };
                    facilities = demand;
                }
                let radius = self.radius.or(radius);
                let choose = self.choose.or(choose);
                match self.distance {
                    Distance::Euclid => {
                        self.on_plane(&facilities, &demand, (radius, choose), &bar)?
                    }
                    Distance::Road => {
                        self.by_road(&facilities, &demand, (radius, choose), (shared, &bar))?
                    }
                }
            }
        };
        drop(bar);
        outcome.tell(self.json, shared.lang(), out)?;
        Ok(Done::Yes)
    }

    fn takes_times(&self) -> bool {
        matches!(self.aiming.objective, Objective::Median | Objective::Centre)
    }

    fn radius(&self, radius: Option<Micro>) -> Result<Micro, Failure> {
        let radius = radius.or_else(|| self.takes_times().then_some(0));
        radius.filter(|&radius| radius >= 0).ok_or_else(|| {
            Failure::Usage(
                "how far a facility covers is not said: give it with --radius".to_owned(),
            )
        })
    }

    fn on_plane(
        &self,
        facilities: &[Spot],
        demand: &[Spot],
        (radius, choose): (Option<Micro>, Option<usize>),
        bar: &Bar,
    ) -> Result<Outcome, Failure> {
        let radius = self.radius(radius)?;
        let whole = Whole::new(facilities, demand, (radius, self.takes_times()))?;
        let reach = (radius / whole.scale.distance) as u64;
        let candidates = vec![Candidate::default(); whole.facilities.len()];
        let ask = self.aiming.ask(choose, vec![Millis(reach.min(u64::from(u32::MAX)) as u32)])?;
        bar.step("searching");
        let mut watch = watching(bar);
        let answer = if self.takes_times() {
            let table = whole.table()?;
            solve(&table, &candidates, &ask, &self.aiming.effort(), &mut watch)?
        } else {
            let plane = Plane::new(whole.facilities.clone(), reach.saturating_mul(reach));
            let rows = plane.merge(whole.demand.len(), |i| whole.demand[i]);
            solve_rows(&rows, &candidates, &ask, &self.aiming.effort(), &mut watch)?
        };
        let total = whole.demand.iter().map(|one| one.1).sum();
        let covers = |chosen: &[u32]| covered_on_plane(&whole, chosen, reach);
        Ok(Outcome::new(ask.aim, answer, whole.scale, total, covers))
    }

    fn on_graph(
        &self,
        nodes: usize,
        edges: &[(u32, u32, u64)],
        choose: usize,
        bar: &Bar,
    ) -> Result<Outcome, Failure> {
        let radius = self.radius(self.radius)?;
        let distance = instance::unit(edges.iter().map(|one| one.2 as i64).chain([radius]));
        let scaled: Vec<(u32, u32, u64)> =
            edges.iter().map(|&(a, b, length)| (a, b, length / distance as u64)).collect();
        bar.step("measuring");
        let table = instance::all_pairs(nodes, &scaled)?;
        let reach = Millis((radius / distance).min(i64::from(u32::MAX)) as u32);
        let ask = self.aiming.ask(Some(self.choose.unwrap_or(choose)), vec![reach])?;
        let candidates = vec![Candidate::default(); nodes];
        bar.step("searching");
        let mut watch = watching(bar);
        let answer = solve(&table, &candidates, &ask, &self.aiming.effort(), &mut watch)?;
        let scale = Scale { distance, weight: ONE };
        let covers = |chosen: &[u32]| covered_in(&table, chosen, reach);
        Ok(Outcome::new(ask.aim, answer, scale, nodes as u64, covers))
    }

    fn by_road(
        &self,
        facilities: &[Spot],
        demand: &[Spot],
        (radius, choose): (Option<Micro>, Option<usize>),
        (shared, bar): (&Shared, &Bar),
    ) -> Result<Outcome, Failure> {
        let radius = self.radius(radius)?;
        // Checked by clap: --distance road asks for --city.
        let city = self.city.clone().unwrap_or_default();
        let place = Place::open(&city, shared, None, bar)?;
        let network = place.network(&self.travel)?;
        let within = Millis((radius * 60 / 1_000).clamp(0, i64::from(u32::MAX)) as u32);
        let longest = if self.takes_times() { Millis::from_minutes(24 * 60) } else { within };
        let rules = SnapRules { door: true, ..self.travel.rules() };
        let weight = instance::unit(demand.iter().map(|one| one.weight as i64));
        bar.step("measuring");
        let table = by_road(&network, (facilities, demand), (&rules, longest), weight)?;
        let ask = self.aiming.ask(choose, vec![within])?;
        let candidates = vec![Candidate::default(); facilities.len()];
        bar.step("searching");
        let mut watch = watching(bar);
        let answer = solve(&table, &candidates, &ask, &self.aiming.effort(), &mut watch)?;
        let total = (0..table.len()).map(|row| table.weight(row, &[])).sum();
        let covers = |chosen: &[u32]| covered_in(&table, chosen, within);
        // A minute has 60,000 milliseconds; told in minutes as radii are.
        let scale = Scale { distance: 0, weight };
        Ok(Outcome::new(ask.aim, answer, scale, total, covers))
    }
}

impl Whole {
    /// Places in the coarsest unit that loses nothing; or, where distances are summed, in the finest one that fits.
    fn new(
        facilities: &[Spot],
        demand: &[Spot],
        (radius, fine): (Micro, bool),
    ) -> Result<Self, Failure> {
        let spots = || facilities.iter().chain(demand);
        let exact = instance::unit(spots().flat_map(|spot| [spot.x, spot.y]).chain([radius]));
        let weight = instance::unit(demand.iter().map(|one| one.weight as i64));
        let largest = spots().map(|spot| spot.x.abs().max(spot.y.abs())).max().unwrap_or(0);
        let mut distance = if fine { 1 } else { exact };
        while distance < exact && largest / distance >= 1 << 30 {
            distance *= 10;
        }
        if largest / distance >= 1 << 31 {
            return Err(Failure::Nothing(
                "coordinates have too many digits to be told apart exactly: give them with fewer decimals".to_owned(),
            ));
        }
        let point = |spot: &Spot| Point { x: spot.x / distance, y: spot.y / distance };
        Ok(Self {
            facilities: facilities.iter().map(point).collect(),
            demand: demand.iter().map(|one| (point(one), one.weight / weight as u64)).collect(),
            scale: Scale { distance, weight },
        })
    }

    /// All distances, to the nearest whole.
    fn table(&self) -> Result<Table, Failure> {
        let mut table = Table::new(self.facilities.len(), 1)?;
        for &(at, weight) in &self.demand {
            let far = |one: &Point| {
                let square = u128::from(one.square_to(at));
                ((4 * square).isqrt().div_ceil(2)) as u32
            };
            let row: Vec<(u32, Millis)> = self
                .facilities
                .iter()
                .enumerate()
                .map(|(i, one)| (i as u32, Millis(far(one))))
                .collect();
            table.push(&Demand { weights: &[weight], grade: 0, area: None }, &row)?;
        }
        Ok(table)
    }
}

fn covered_on_plane(whole: &Whole, chosen: &[u32], reach: u64) -> u64 {
    let near = |at: Point| {
        let square = reach.saturating_mul(reach);
        chosen.iter().any(|&one| whole.facilities[one as usize].square_to(at) <= square)
    };
    whole.demand.iter().filter(|one| near(one.0)).map(|one| one.1).sum()
}

/// Demand of a table within a time of the chosen.
fn covered_in(table: &Table, chosen: &[u32], within: Millis) -> u64 {
    let near = |&row: &usize| {
        table.row(row).any(|(one, time)| time <= within && chosen.binary_search(&one).is_ok())
    };
    (0..table.len()).filter(near).map(|row| table.weight(row, &[])).sum()
}

fn by_road(
    network: &Network,
    (facilities, demand): (&[Spot], &[Spot]),
    (rules, longest): (&SnapRules, Millis),
    weight: Micro,
) -> Result<Table, Failure> {
    let snapped = |spots: &[Spot]| -> Result<Vec<precinct_roads::Snap>, Failure> {
        spots
            .iter()
            .map(|spot| {
                let at =
                    LonLat::new((spot.x * 10) as i32, (spot.y * 10) as i32).ok_or_else(|| {
                        Failure::Nothing(
                            "a place is not on the earth: x is its longitude and y its latitude"
                                .to_owned(),
                        )
                    })?;
                crate::place::snap(network, at, *rules)
            })
            .collect()
    };
    let (sources, targets) = (snapped(facilities)?, snapped(demand)?);
    let mut times = vec![Vec::new(); targets.len()];
    let mut scratch = Scratch::default();
    for (candidate, source) in sources.iter().enumerate() {
        let sources = [*source];
        let reach = network.reach(&mut scratch, &sources, longest, Way::Out);
        for (row, target) in targets.iter().enumerate() {
            if let Some((time, _)) = reach.at(target) {
                times[row].push((candidate as u32, time));
            }
        }
    }
    let mut table = Table::new(facilities.len(), 1)?;
    for (spot, row) in demand.iter().zip(&times) {
        let weights = [spot.weight / weight as u64];
        table.push(&Demand { weights: &weights, grade: 0, area: None }, row)?;
    }
    Ok(table)
}
