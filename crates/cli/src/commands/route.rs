//! `precinct route`: the quickest way from one place to another, street by street.

use std::path::PathBuf;

use clap::Args;
use precinct_base::{LonLat, Millimetres, Millis};
use precinct_city::CalibrationSummary;
use precinct_roads::{Network, Route, Scratch, Snap, Step, Turn};
use serde::Serialize;
use serde_json::json;

use super::Done;
use crate::args::{Shared, Travel};
use crate::failure::Failure;
use crate::output::Out;
use crate::place::{Place, snap};
use crate::progress::Bar;
use crate::text::fitting;
use crate::text::numbers::{MetresExact, clock, length};
use crate::text::table::{Align, Table, shorten};
use crate::text::words::Lang;
use crate::{geojson, given};

const EXAMPLE: &str = "\
Example:
  precinct route cities/macau --from 113.5439,22.1987 --to 113.5583,22.1560
  precinct route town --from 113.54,22.19 --to 113.55,22.16 --geojson > way.geojson

--json is one object:
  {\"ms\": 402118, \"length_m\": 5120.4,
   \"steps\": [{\"turn\": \"left\", \"street\": …, \"length_m\": …, \"ms\": …}, …], …}";

/// Arguments of `precinct route`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct RouteArgs {
    /// A folder with a city.toml, a city.toml, or an extract
    city: PathBuf,
    /// The place to set out from
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    from: LonLat,
    /// The place to go to
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    to: LonLat,
    #[command(flatten)]
    travel: Travel,
    /// Answer in JSON
    #[arg(long, conflicts_with = "geojson")]
    json: bool,
    /// Answer in `GeoJSON`.
    #[arg(long, help = "Answer in GeoJSON: the way as a line, and its two ends")]
    geojson: bool,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Answer<'a> {
    city: &'a str,
    profile: &'static str,
    hour: String,
    ms: u32,
    length_m: MetresExact,
    from: End,
    to: End,
    #[serde(skip_serializing_if = "Option::is_none")]
    calibration: Option<CalibrationSummary>,
    steps: Vec<StepAnswer<'a>>,
}

/// An end of the way: the point on the road, and how far from it the place lies.
#[derive(Serialize)]
struct End {
    lon: f64,
    lat: f64,
    snap_m: MetresExact,
}

#[derive(Serialize)]
struct StepAnswer<'a> {
    turn: &'static str,
    street: Option<&'a str>,
    length_m: MetresExact,
    ms: u32,
    lon: f64,
    lat: f64,
}

impl From<&Snap> for End {
    fn from(snap: &Snap) -> Self {
        let (lon, lat) = snap.at.degrees();
        Self { lon, lat, snap_m: MetresExact(snap.distance) }
    }
}

const fn turn_name(turn: Turn) -> &'static str {
    match turn {
        Turn::Start => "start",
        Turn::Straight => "straight",
        Turn::Left => "left",
        Turn::Right => "right",
        Turn::Round => "round",
    }
}

impl RouteArgs {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let place = Place::open(&self.city, shared, None, &Bar::new())?;
        let network = place.network(&self.travel)?;
        let rules = self.travel.rules();
        let ends = [snap(&network, self.from, rules)?, snap(&network, self.to, rules)?];
        let route = network
            .route(&mut Scratch::default(), &ends[0], &ends[1])
            .ok_or(Failure::NoWay { from: self.from, to: self.to, profile: network.profile() })?;
        let lang = if self.json { shared.lang_asked() } else { Some(shared.lang()) };
        let name = |step: &Step| Lang::plain(lang, network.map().names().get(step.name));
        let steps = joined(route.steps(&network), name);
        if self.json {
            out.json(&self.answer(&place, &network, &ends, &route, &steps, shared.lang_asked()))?;
        } else if self.geojson {
            out.json(&features(&network, &ends, &route))?;
        } else {
            table(shared.lang(), &place, &network, &route, &steps, out)?;
        }
        Ok(Done::Yes)
    }

    fn answer<'a>(
        &self,
        place: &'a Place,
        network: &'a Network,
        ends: &[Snap; 2],
        route: &Route,
        steps: &[Step],
        lang: Option<Lang>,
    ) -> Answer<'a> {
        let step = |step: &Step| {
            let (lon, lat) = step.at.degrees();
            StepAnswer {
                turn: turn_name(step.turn),
                street: Lang::plain(lang, network.map().names().get(step.name)),
                length_m: MetresExact(step.length),
                ms: step.time.0,
                lon,
                lat,
            }
        };
        Answer {
            city: Lang::plain(lang, &place.city.name).unwrap_or_default(),
            profile: network.profile().name(),
            hour: given::hour_name(self.travel.hour()),
            ms: route.time.0,
            length_m: MetresExact(route.length()),
            from: End::from(&ends[0]),
            to: End::from(&ends[1]),
            calibration: place.city.calibrated_for(network.profile()).map(CalibrationSummary::of),
            steps: steps.iter().map(step).collect(),
        }
    }
}

/// Steps that go straight on along what is called the same are one, even where the names differ in another language.
fn joined<'a>(steps: Vec<Step>, name: impl Fn(&Step) -> Option<&'a str>) -> Vec<Step> {
    let mut all: Vec<Step> = Vec::with_capacity(steps.len());
    for step in steps {
        match all.last_mut() {
            Some(last) if step.turn == Turn::Straight && name(last) == name(&step) => {
                last.length.0 += step.length.0;
                last.time = last.time.saturating_add(step.time);
            }
            _ => all.push(step),
        }
    }
    all
}

fn features(network: &Network, ends: &[Snap; 2], route: &Route) -> serde_json::Value {
    let path = route.path(network);
    let way = json!({ "ms": route.time.0, "length_m": MetresExact(route.length()), "profile": network.profile().name() });
    let end = |snap: &Snap, role| {
        geojson::feature(
            geojson::point(snap.at),
            json!({ "end": role, "snap_m": MetresExact(snap.distance) }),
        )
    };
    geojson::collection(vec![
        geojson::feature(geojson::line(&path), way),
        end(&ends[0], "from"),
        end(&ends[1], "to"),
    ])
}

fn table(
    lang: Lang,
    place: &Place,
    network: &Network,
    route: &Route,
    steps: &[Step],
    out: &mut Out,
) -> Result<(), Failure> {
    let words = lang.words();
    let city = lang.name(&place.city.name).unwrap_or_default();
    let travel = lang.profile(network.profile());
    out.heading(&format!(
        "{city} · {} · {} · {travel}",
        length(route.length()),
        clock(route.time)
    ))?;
    let mut table = Table::new(&[
        (words.turn, Align::Left),
        (words.street, Align::Left),
        (words.length, Align::Right),
        (words.seconds, Align::Right),
    ]);
    let mut done = Millis::ZERO;
    for step in steps {
        done = done.saturating_add(step.time);
        let street = lang.name(network.map().names().get(step.name)).unwrap_or(words.unnamed);
        table.row([
            lang.turn(step.turn).to_owned(),
            shorten(street, 44),
            length(Millimetres(step.length.0)),
            clock(done),
        ]);
    }
    out.text(&table.render(out.bold()))?;
    let profile = network.profile();
    if place.city.calibrated_for(profile).is_some() {
        out.line("")?;
        out.line(&fitting::statement(lang, &place.city, profile))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use precinct_base::NameId;

    use super::*;

    #[test]
    fn going_straight_on_along_one_name_is_one_step() {
        let step = |turn, name, ms| Step {
            turn,
            name: NameId(name),
            length: Millimetres(10),
            time: Millis(ms),
            at: LonLat::default(),
        };
        let steps = vec![
            step(Turn::Start, 1, 5),
            step(Turn::Straight, 2, 6),
            step(Turn::Left, 2, 7),
            step(Turn::Straight, 3, 8),
        ];
        let told =
            joined(steps, |step| Some(if step.name.0 < 3 { "High Street" } else { "Low Street" }));
        let times: Vec<(Turn, u32)> = told.iter().map(|step| (step.turn, step.time.0)).collect();
        assert_eq!(times, [(Turn::Start, 11), (Turn::Left, 7), (Turn::Straight, 8)]);
        assert_eq!(told[0].length, Millimetres(20));
    }

    #[test]
    fn turns_have_names_of_their_own() {
        let all =
            [Turn::Start, Turn::Straight, Turn::Left, Turn::Right, Turn::Round].map(turn_name);
        assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), 5);
    }
}
