//! `precinct reach`: what is within so many minutes by road of a place.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use precinct_base::{LonLat, Millimetres, Millis, MultiPolygon, NameId};
use precinct_city::CalibrationSummary;
use precinct_roads::{Network, OutlineStyle, Reach as Reached, Scratch, Snap, Stretch, Way};
use serde::Serialize;
use serde_json::json;

use super::Done;
use crate::args::{Shared, Travel};
use crate::failure::Failure;
use crate::output::Out;
use crate::place::{Place, snap};
use crate::progress::Bar;
use crate::text::fitting;
use crate::text::numbers::{Kilometres, MetresExact, Minutes, clock, grouped, length};
use crate::text::table::{Align, Table, shorten};
use crate::text::words::Lang;
use crate::{geojson, given};

const EXAMPLE: &str = "\
Example:
  precinct reach cities/san-francisco --from -122.4193,37.7793 --minutes 5
  precinct reach town.osm.pbf --from 113.54,22.19 --minutes 2.5 --geojson > reach.geojson

--json is one object: snap_m is how far the place lies from the road it was put on, nodes
the junctions within the time by the number each has in the source:
  {\"snap_m\": 4.1, \"nodes\": [{\"osm_id\": 65334, \"ms\": 48211}, …], …}";

/// A street of which less is reached is only touched.
const TOLD: Millimetres = Millimetres(50_000);
/// How many streets the table names.
const FARTHEST: usize = 10;

/// Arguments of `precinct reach`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Reach {
    /// A folder with a city.toml, a city.toml, or an extract
    city: PathBuf,
    /// The place to set out from
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    from: LonLat,
    /// The time, whole minutes or decimals
    #[arg(long, value_name = "M", value_parser = given::minutes)]
    minutes: Millis,
    #[command(flatten)]
    travel: Travel,
    /// Answer in JSON
    #[arg(long, conflicts_with = "geojson")]
    json: bool,
    /// Answer in `GeoJSON`.
    #[arg(long, help = "Answer in GeoJSON: the outline of what is reached, and the place")]
    geojson: bool,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Answer<'a> {
    city: &'a str,
    profile: &'static str,
    hour: String,
    minutes: Minutes,
    from: [f64; 2],
    snap_m: MetresExact,
    snap: [f64; 2],
    snap_street: Option<&'a str>,
    streets_km: Kilometres,
    #[serde(skip_serializing_if = "Option::is_none")]
    calibration: Option<CalibrationSummary>,
    nodes: Vec<Node>,
}

/// A junction reached.
#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    osm_id: i64,
    ms: u32,
}

impl Reach {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let place = Place::open(&self.city, shared, None, &Bar::new())?;
        let network = place.network(&self.travel)?;
        let start = [snap(&network, self.from, self.travel.rules())?];
        let mut scratch = Scratch::default();
        let reach = network.reach(&mut scratch, &start, self.minutes, Way::Out);
        if self.json {
            let lang = shared.lang_asked();
            out.json(&self.answer(&place, &network, &start[0], &reach, lang))?;
        } else if self.geojson {
            out.json(&self.features(&network, &start[0], &reach))?;
        } else {
            self.table(shared.lang(), &place, &network, &start[0], &reach, out)?;
        }
        Ok(Done::Yes)
    }

    fn answer<'a>(
        &self,
        place: &'a Place,
        network: &'a Network,
        start: &Snap,
        reach: &Reached<'_>,
        lang: Option<Lang>,
    ) -> Answer<'a> {
        let map = network.map();
        let node = |(node, time): (_, Millis)| Node { osm_id: map.osm_id(node), ms: time.0 };
        let mut nodes: Vec<Node> = reach.nodes().map(node).collect();
        nodes.sort_unstable();
        // A barrier is one junction of the source and two of the map, one on each side.
        nodes.dedup_by_key(|node| node.osm_id);
        let degrees = |at: LonLat| <[f64; 2]>::from(at.degrees());
        Answer {
            city: Lang::plain(lang, &place.city.name).unwrap_or_default(),
            profile: network.profile().name(),
            hour: given::hour_name(self.travel.hour()),
            minutes: Minutes(self.minutes),
            from: degrees(self.from),
            snap_m: MetresExact(start.distance),
            snap: degrees(start.at),
            snap_street: Lang::plain(lang, map.segment_name(start.segment)),
            streets_km: Kilometres(total(&reach.streets(self.minutes))),
            calibration: place.city.calibrated_for(network.profile()).map(CalibrationSummary::of),
            nodes,
        }
    }

    fn features(&self, network: &Network, start: &Snap, reach: &Reached<'_>) -> serde_json::Value {
        let outline = geojson::area(&outline(network, reach, self.minutes));
        let minutes = Minutes(self.minutes);
        geojson::collection(vec![
            geojson::feature(
                outline,
                json!({ "minutes": minutes, "profile": self.travel.profile().name() }),
            ),
            geojson::feature(
                geojson::point(start.at),
                json!({ "snap_m": MetresExact(start.distance) }),
            ),
        ])
    }

    fn table(
        &self,
        lang: Lang,
        place: &Place,
        network: &Network,
        start: &Snap,
        reach: &Reached<'_>,
        out: &mut Out,
    ) -> Result<(), Failure> {
        let (map, words) = (network.map(), lang.words());
        let city = lang.name(&place.city.name).unwrap_or_default();
        let time = lang.within(&Minutes(self.minutes).number());
        out.heading(&format!("{city} · {time} · {}", lang.profile(network.profile())))?;
        let street = lang.street(map.segment_name(start.segment), map.segment(start.segment).class);
        let streets = reach.streets(self.minutes);
        let mut table = Table::new(&[("", Align::Left), ("", Align::Left)]);
        table.row([words.snapped.to_owned(), format!("{street} ({})", length(start.distance))]);
        table.row([words.junctions.to_owned(), grouped(reach.nodes().len() as u64)]);
        table.row([words.streets.to_owned(), length(total(&streets))]);
        out.text(&table.render(out.bold()))?;
        let mut table = Table::new(&[
            (words.farthest, Align::Left),
            (words.seconds, Align::Right),
            (words.length, Align::Right),
        ]);
        for (name, first, along) in farthest(network, reach, &streets) {
            let name = lang.name(map.names().get(name)).unwrap_or_default();
            table.row([shorten(name, 40), clock(first), length(along)]);
        }
        if !table.is_empty() {
            out.line("")?;
            out.text(&table.render(out.bold()))?;
        }
        let profile = network.profile();
        if place.city.calibrated_for(profile).is_some() {
            out.line("")?;
            out.line(&fitting::statement(lang, &place.city, profile))?;
        }
        Ok(())
    }
}

/// The area a person would draw round the streets reached.
fn outline(network: &Network, reach: &Reached<'_>, limit: Millis) -> MultiPolygon {
    let streets = reach.streets(limit);
    let traced = streets.iter().map(|stretch| network.map().trace(stretch));
    precinct_roads::outline(traced, &OutlineStyle::default())
}

fn total(streets: &[Stretch]) -> Millimetres {
    Millimetres(streets.iter().map(|stretch| stretch.length().0).sum())
}

/// The named streets reached last: when each is first come to at a junction, and how much of it is reached.
fn farthest(
    network: &Network,
    reach: &Reached<'_>,
    streets: &[Stretch],
) -> Vec<(NameId, Millis, Millimetres)> {
    let mut by_name: BTreeMap<NameId, (Option<Millis>, u64)> = BTreeMap::new();
    for stretch in streets {
        let segment = network.map().segment(stretch.segment);
        let ends = [segment.from, segment.to].into_iter().filter_map(|node| reach.time(node));
        let known = by_name.entry(segment.name).or_default();
        known.0 = known.0.into_iter().chain(ends).min();
        known.1 += stretch.length().0;
    }
    let named = by_name
        .into_iter()
        .filter(|(name, (_, along))| *name != NameId::default() && *along >= TOLD.0);
    let mut all: Vec<(NameId, Millis, Millimetres)> = named
        .filter_map(|(name, (first, along))| Some((name, first?, Millimetres(along))))
        .collect();
    all.sort_by_key(|&(name, first, along)| (std::cmp::Reverse((first, along)), name));
    all.truncate(FARTHEST);
    all
}
