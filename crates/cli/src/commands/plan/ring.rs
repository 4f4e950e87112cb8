//! `precinct plan ring`: every road that crosses the border of an area, which crossings have a checkpoint, and how soon the rest can be
//! manned.

use std::path::{Path, PathBuf};

use clap::Args;
use precinct_base::{Metres, Millis, MultiPolygon, PostId};
use precinct_city::{Area, City, PostKind};
use precinct_containment::{Crossing, PostPlace, Readiness, crossings, readiness};
use precinct_roads::{Network, Scratch};
use serde::Serialize;

use super::super::Done;
use super::contain::{Seconds, seconds};
use super::served::Served;
use super::units::{Force, units};
use crate::args::{Shared, Travel};
use crate::failure::Failure;
use crate::given::{self, Posts};
use crate::output::Out;
use crate::place::Place;
use crate::progress::Bar;
use crate::text::numbers::{Share, clock, grouped};
use crate::text::table::{Align, Table, shorten};
use crate::text::words::Lang;

const EXAMPLE: &str = "\
Example:
  precinct plan ring cities/san-francisco --area MISSION --units posts
  precinct plan ring cities/macau --polygon ring.geojson --near 80 --json | jq '.gaps'

A crossing is one road, or the carriageways of one road within 60 m of each other. A post
of the city watches every crossing within --near of it and is taken to be manned, unless
--unmanned is given; a crossing without one is an open gap. With --units the gaps are
manned as early as all can be.

Exit code 1 means that gaps stay open.";

/// Arguments of `precinct plan ring`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Ring {
    /// A folder with a city.toml, a city.toml, or an extract
    city: PathBuf,
    /// The area of the city whose border is the ring, by name
    #[arg(
        long,
        value_name = "NAME",
        required_unless_present = "polygon",
        conflicts_with = "polygon"
    )]
    area: Option<String>,
    /// A .geojson file of polygons whose border is the ring
    #[arg(long, value_name = "FILE")]
    polygon: Option<PathBuf>,
    /// The posts that watch crossings
    #[arg(long, value_name = "KIND,…", value_parser = given::posts, value_delimiter = ',', default_value = "checkpoint")]
    posts: Vec<Posts>,
    /// How near a post has to be to watch a crossing, in metres
    #[arg(long, value_name = "METRES", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    near: u32,
    /// Nobody is at the posts
    #[arg(long)]
    unmanned: bool,
    /// The units that may be sent to the gaps: a file as of `plan contain`, `posts` or `live`
    #[arg(long, value_name = "FILE|posts|live")]
    units: Option<PathBuf>,
    #[command(flatten)]
    served: Served,
    /// How long a unit takes to close a crossing once it is there
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = "45")]
    setup: Millis,
    /// How long at most a unit may drive
    #[arg(long, value_name = "M", value_parser = given::minutes, default_value = "60")]
    minutes: Millis,
    #[command(flatten)]
    travel: Travel,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Answer<'a> {
    city: &'a str,
    area: &'a str,
    profile: &'static str,
    crossings: Vec<CrossingAnswer<'a>>,
    count: usize,
    with_post: usize,
    manned: usize,
    gaps: usize,
    manned_share: Share,
    missing: usize,
    manned_by: Option<Seconds>,
}

/// A crossing; times are seconds from now.
#[derive(Serialize)]
struct CrossingAnswer<'a> {
    at: [f64; 2],
    name: Option<&'a str>,
    class: &'static str,
    inwards: bool,
    outwards: bool,
    roads: usize,
    ways: Vec<i64>,
    post: Option<&'a str>,
    gap: bool,
    unit: Option<&'a str>,
    arrival: Option<Seconds>,
    ready: Option<Seconds>,
}

/// A ring, and what it is told with.
struct Told<'a> {
    place: &'a Place,
    network: &'a Network,
    force: Option<&'a Force>,
    label: &'a str,
    crossings: &'a [Crossing],
    ready: &'a Readiness,
}

impl Ring {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let bar = Bar::new();
        let place = Place::open(&self.city, shared, None, &bar)?;
        let network = place.network(&self.travel)?;
        let (label, area) = self.border(&place.city, shared.lang_asked())?;
        let crossings = crossings(&network, &area);
        let force = self.units.as_deref().map(|from| self.force(from, &place)).transpose()?;
        let ready = self.ready(&place.city, &crossings, force.as_ref());
        drop(bar);
        let told = Told {
            place: &place,
            network: &network,
            force: force.as_ref(),
            label: &label,
            crossings: &crossings,
            ready: &ready,
        };
        if self.json {
            out.json(&told.answer(&self.travel, shared.lang_asked()))?;
        } else {
            told.table(shared.lang(), out)?;
        }
        Ok(if ready.closed.missing() == 0 { Done::Yes } else { Done::No })
    }

    /// The area that is meant, and what it is called.
    fn border(&self, city: &City, lang: Option<Lang>) -> Result<(String, MultiPolygon), Failure> {
        if let Some(path) = &self.polygon {
            let area = precinct_city::read_outline(path)?;
            return Ok((path.display().to_string(), area));
        }
        let wanted = self.area.as_deref().unwrap_or_default();
        let is = |area: &&Area| {
            let names = [&area.name.local, &area.name.zh, &area.name.en, &area.id];
            names.into_iter().any(|name| name.to_lowercase() == wanted.to_lowercase())
        };
        let name = |area: &Area| Lang::plain(lang, &area.name).unwrap_or(&area.id).to_owned();
        let mut found = city.areas.iter().filter(is);
        if let Some(area) = found.next() {
            return Ok((name(area), area.shape.clone()));
        }
        let known: Vec<String> = city.areas.iter().take(12).map(name).collect();
        let known = if known.is_empty() {
            "it has no areas: give --polygon".to_owned()
        } else {
            format!("it has {} and others", known.join(", "))
        };
        Err(Failure::Nothing(format!("this city has no area called {wanted:?}; {known}")))
    }

    fn force(&self, from: &Path, place: &Place) -> Result<Force, Failure> {
        let given = units(from, &place.city, &self.served)?;
        Force::new(&given, place, self.travel.hour(), self.travel.rules())
    }

    fn ready(&self, city: &City, crossings: &[Crossing], force: Option<&Force>) -> Readiness {
        let watches = |kind: PostKind| self.posts.iter().any(|posts| posts.holds(kind));
        let posts: Vec<PostPlace> = (0..)
            .map(PostId)
            .zip(&city.posts)
            .filter(|(_, post)| watches(post.kind))
            .map(|(id, post)| PostPlace { post: id, at: post.at, manned: !self.unmanned })
            .collect();
        let (units, networks) =
            force.map_or((&[][..], [None; 4]), |force| (&force.units[..], force.networks()));
        let times = (self.setup, self.minutes);
        let mut scratch = Scratch::default();
        readiness(crossings, &posts, Metres(self.near), (units, networks), times, &mut scratch)
    }
}

impl<'a> Told<'a> {
    /// Who goes to a crossing.
    fn sent(&self, crossing: usize) -> Option<precinct_containment::Sent> {
        let gap = self.ready.open.binary_search(&crossing).ok()?;
        self.ready.closed.sent[gap]
    }

    fn post(&self, crossing: usize) -> Option<&'a precinct_city::Post> {
        self.ready.posts[crossing].and_then(|post| self.place.city.posts.get(post.post.index()))
    }

    fn answer(&self, travel: &Travel, lang: Option<Lang>) -> Answer<'_> {
        let map = self.network.map();
        let one = |(i, crossing): (usize, &'a Crossing)| {
            let sent = self.sent(i);
            let seconds = |time: Millis| Seconds(i64::from(time.0));
            CrossingAnswer {
                at: crossing.at.degrees().into(),
                name: Lang::plain(lang, map.names().get(crossing.name)),
                class: crossing.class.name(),
                inwards: crossing.inwards(),
                outwards: crossing.outwards(),
                roads: crossing.roads.len(),
                ways: crossing
                    .roads
                    .iter()
                    .map(|road| map.segment(road.place.segment).way)
                    .collect(),
                post: self.post(i).map(|post| Lang::plain(lang, &post.name).unwrap_or(&post.id)),
                gap: self.ready.posts[i].is_none(),
                unit: sent.and_then(|sent| Some(self.force?.name(sent.unit))),
                arrival: sent.map(|sent| seconds(sent.arrival)),
                ready: sent.map(|sent| seconds(sent.ready)),
            }
        };
        let (count, manned) = (self.crossings.len(), self.ready.manned());
        Answer {
            city: Lang::plain(lang, &self.place.city.name).unwrap_or_default(),
            area: self.label,
            profile: travel.profile().name(),
            crossings: self.crossings.iter().enumerate().map(one).collect(),
            count,
            with_post: self.ready.with_post(),
            manned,
            gaps: count - self.ready.with_post(),
            manned_share: Share::of(manned as u64, count as u64),
            missing: self.ready.closed.missing(),
            manned_by: self.ready.closed.by.map(|by| Seconds(i64::from(by.0))),
        }
    }

    fn table(&self, lang: Lang, out: &mut Out) -> Result<(), Failure> {
        let (words, map) = (lang.sealing(), self.network.map());
        let count = |number: usize| grouped(number as u64);
        let with_post = self.ready.with_post();
        let told = lang.ring(
            &count(self.crossings.len()),
            &count(with_post),
            &count(self.crossings.len() - with_post),
        );
        out.heading(&format!("{} · {told}", self.label))?;
        if self.force.is_some() {
            let closed = &self.ready.closed;
            let manned = count(closed.sent.len() - closed.missing());
            let by = clock(closed.by.unwrap_or(Millis::ZERO));
            out.line(&format!("  {}", lang.manned_by(&manned, &by, closed.missing())))?;
        }
        out.line("")?;
        let mut table = Table::new(&[
            (words.point, Align::Left),
            (words.ways, Align::Left),
            (words.post, Align::Left),
            (words.unit, Align::Left),
            (words.closed, Align::Right),
        ]);
        for (i, crossing) in self.crossings.iter().enumerate() {
            let name = lang.street(map.names().get(crossing.name), crossing.class);
            let ways = match (crossing.inwards(), crossing.outwards()) {
                (true, false) => words.inwards,
                (false, true) => words.outwards,
                _ => words.both,
            };
            let post = self.post(i).map_or(words.gap, |post| {
                lang.name(&post.name).unwrap_or_else(|| lang.post(post.kind))
            });
            let sent = self.sent(i);
            let unit = sent.and_then(|sent| Some(self.force?.name(sent.unit))).unwrap_or("");
            let closed = sent.map(|sent| clock(sent.ready)).unwrap_or_default();
            let name = shorten(&format!("{name} ({})", crossing.at), 60);
            table.row([name, ways.into(), shorten(post, 24), shorten(unit, 24), closed]);
        }
        out.text(&table.render(out.bold()))
    }
}
