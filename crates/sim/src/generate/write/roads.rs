//! `roads.osm.pbf`: the streets, the river, the police stations and other sites, and the city itself, as OpenStreetMap would
//! hold them.

use std::io::{Result, Write};

use precinct_base::LonLat;
use precinct_city::{PostKind, SiteKind};
use precinct_osm::write::PbfWriter;

use super::super::Title;
use super::super::city::{City, Way};
use super::super::web::Kind;

type Tags<'a> = Vec<(&'a str, &'a str)>;
/// Writes a node at a place, with its tags.
type AddNode<'a> = dyn FnMut(LonLat, &[(&str, &str)]) -> Result<()> + 'a;

/// Ways longer than this are written in several parts: other programs expect at most 2,000 nodes.
const LONGEST: usize = 1_900;

pub(super) fn write(city: &City, out: &mut dyn Write) -> Result<()> {
    let mut writer = PbfWriter::new(out)?;
    let numbers = numbers(city);
    for (node, &number) in numbers.iter().enumerate().filter(|(_, number)| **number > 0) {
        writer.node(number, city.nodes[node], &[])?;
    }
    let mut last = numbers.iter().max().copied().unwrap_or(0);
    let mut add = |at: LonLat, tags: &[(&str, &str)]| {
        last += 1;
        writer.node(last, at, tags).map(|()| last)
    };
    places(city, &mut |at, tags| add(at, tags).map(drop))?;
    let mut line =
        |line: &[LonLat]| line.iter().map(|&at| add(at, &[])).collect::<Result<Vec<i64>>>();
    let [middle, left, right] =
        [line(&city.river.middle)?, line(&city.river.left)?, line(&city.river.right)?];
    let mut ways = Ways { writer, last: 0 };
    for street in &city.ways {
        let refs: Vec<i64> = street.nodes.iter().map(|&node| numbers[node as usize]).collect();
        ways.add(&refs, &street_tags(street, &city.streets[street.street as usize]))?;
    }
    let mut tags = vec![("waterway", "river")];
    named(&city.river.name, &mut tags);
    ways.add(&middle, &tags)?;
    for ring in water(&left, &right) {
        ways.add(&ring, &[("natural", "water"), ("water", "river")])?;
    }
    ways.writer.finish().map(drop)
}

/// Writes ways, numbered from 1.
struct Ways<W> {
    writer: PbfWriter<W>,
    last: i64,
}

impl<W: Write> Ways<W> {
    /// Writes a way, in several parts if it is too long for one.
    fn add(&mut self, refs: &[i64], tags: &[(&str, &str)]) -> Result<()> {
        for start in (0..refs.len().saturating_sub(1)).step_by(LONGEST) {
            self.last += 1;
            self.writer.way(
                self.last,
                &refs[start..(start + LONGEST + 1).min(refs.len())],
                tags,
            )?;
        }
        Ok(())
    }
}

/// The water between two banks as closed rings, each short enough for one way.
fn water(left: &[i64], right: &[i64]) -> Vec<Vec<i64>> {
    let step = LONGEST / 2 - 2;
    let ring = |start: usize| {
        let end = (start + step + 1).min(left.len());
        let back = right[start..end].iter().rev();
        left[start..end].iter().chain(back).chain(&left[start..=start]).copied().collect()
    };
    (0..left.len().saturating_sub(1)).step_by(step).map(ring).collect()
}

/// The OSM number of each node: those of ways from 1 in order, 0 for others.
fn numbers(city: &City) -> Vec<i64> {
    let mut numbers = vec![0; city.nodes.len()];
    for &node in city.ways.iter().flat_map(|way| &way.nodes) {
        numbers[node as usize] = 1;
    }
    let mut last = 0;
    for number in numbers.iter_mut().filter(|number| **number > 0) {
        last += 1;
        *number = last;
    }
    numbers
}

fn named<'a>(title: &'a Title, tags: &mut Tags<'a>) {
    if !title.is_empty() {
        tags.extend([
            ("name", title.zh.as_str()),
            ("name:zh", title.zh.as_str()),
            ("name:en", title.en.as_str()),
        ]);
    }
}

fn street_tags<'a>(way: &Way, title: &'a Title) -> Tags<'a> {
    let mut tags: Tags<'a> =
        way.kind.highway().map(|class| ("highway", class)).into_iter().collect();
    if way.kind != Kind::MotorwayLink {
        named(title, &mut tags);
    }
    let speed = match way.kind {
        Kind::Motorway => Some(("80", "3")),
        Kind::Trunk => Some(("70", "6")),
        Kind::Primary => Some(("60", "6")),
        Kind::Secondary => Some(("50", "4")),
        _ => None,
    };
    if let Some((speed, lanes)) = speed {
        tags.extend([("maxspeed", speed), ("lanes", lanes)]);
    }
    if way.oneway {
        tags.push(("oneway", "yes"));
    }
    if way.bridge {
        tags.extend([("bridge", "yes"), ("layer", "1")]);
    }
    if way.kind == Kind::Service {
        tags.push(("service", "driveway"));
    }
    tags
}

/// The city, its posts and its sites as tagged nodes.
fn places(city: &City, add: &mut AddNode<'_>) -> Result<()> {
    let people = city.counts.people.to_string();
    let mut tags = vec![("place", "city"), ("population", people.as_str())];
    named(&city.name, &mut tags);
    add(city.centre, &tags)?;
    for post in &city.posts {
        let mut tags: Tags<'_> = match post.kind {
            PostKind::Checkpoint => vec![("police", "checkpoint")],
            PostKind::StreetStation => vec![("amenity", "police"), ("police", "street_station")],
            _ => vec![("amenity", "police")],
        };
        named(&post.name, &mut tags);
        add(post.at, &tags)?;
    }
    for site in &city.sites {
        let mut tags: Tags<'_> = site_tags(site.kind).to_vec();
        named(&site.name, &mut tags);
        add(site.at, &tags)?;
    }
    Ok(())
}

const fn site_tags(kind: SiteKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        SiteKind::School => &[("amenity", "school")],
        SiteKind::Kindergarten => &[("amenity", "kindergarten")],
        SiteKind::University => &[("amenity", "university")],
        SiteKind::Hospital => &[("amenity", "hospital")],
        SiteKind::Clinic => &[("amenity", "clinic")],
        SiteKind::Bank => &[("amenity", "bank")],
        SiteKind::RailwayStation => &[("railway", "station")],
        SiteKind::MetroStation => &[("railway", "station"), ("station", "subway")],
        SiteKind::BusStation => &[("amenity", "bus_station")],
        SiteKind::Works => &[("man_made", "works")],
        SiteKind::Market => &[("amenity", "marketplace")],
        SiteKind::Government => &[("amenity", "townhall")],
        _ => &[("place", "neighbourhood")],
    }
}

#[cfg(test)]
mod tests {
    use super::water;

    #[test]
    fn long_water_is_cut_into_closed_rings_that_meet() {
        let (left, right): (Vec<i64>, Vec<i64>) = ((0..2_500).collect(), (5_000..7_500).collect());
        let rings = water(&left, &right);
        assert_eq!(rings.len(), 3);
        assert!(rings.iter().all(|ring| ring.first() == ring.last() && ring.len() <= 1_900));
        assert!(rings.windows(2).all(|w| w[0].contains(&w[1][0])));
        let covered: usize = rings.iter().map(|ring| (ring.len() - 1) / 2 - 1).sum();
        assert_eq!(covered, 2_499);
    }
}
