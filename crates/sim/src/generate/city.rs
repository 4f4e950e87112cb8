//! A generated city, complete, as plain data.

use precinct_base::{LonLat, MultiPolygon, Plane, Polygon};
use precinct_city::{AreaLevel, PostKind, SiteKind};

use super::areas::{Shape, divide, shapes};
use super::demand::{Rhythm, demand};
use super::error::GenerateError;
use super::flat::Pt;
use super::layout::{Layout, layout};
use super::names::{Stems, Title, city_title, river_title, street_titles};
use super::posts::posts;
use super::sites::sites;
use super::size::Counts;
use super::titles;
use super::web::{Flow, Kind, Role};
use crate::rng::Rng;

/// An order for one city.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// The number it is made from.
    pub seed: u64,
    /// People who live there: [`Order::LEAST_PEOPLE`] to [`Order::MOST_PEOPLE`].
    pub people: u64,
}

impl Order {
    /// The smallest city.
    pub const LEAST_PEOPLE: u64 = 20_000;
    /// The largest city.
    pub const MOST_PEOPLE: u64 = 40_000_000;
}

/// A street or other line of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What it is.
    pub kind: Kind,
    /// Its nodes, as indices into [`City::nodes`], in the direction of travel if it is one-way.
    pub nodes: Vec<u32>,
    /// Its name, as an index into [`City::streets`].
    pub street: u32,
    /// Whether it may only be driven in the order of its nodes.
    pub oneway: bool,
    /// Whether it leads over something.
    pub bridge: bool,
}

/// A post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// What it is.
    pub kind: PostKind,
    /// Its name.
    pub name: Title,
    /// Where it is.
    pub at: LonLat,
    /// People on patrol from it each day.
    pub staff: u64,
}

/// A site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// What it is.
    pub kind: SiteKind,
    /// Its name.
    pub name: Title,
    /// Where it is.
    pub at: LonLat,
    /// People who live, learn, lie or work there.
    pub people: u64,
}

/// An area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its level.
    pub level: AreaLevel,
    /// Its name.
    pub name: Title,
    /// Its ground.
    pub shape: MultiPolygon,
    /// People who live there.
    pub people: u64,
}

/// A place of demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// Where it is.
    pub at: LonLat,
    /// What people would call the place; may be empty.
    pub name: Title,
    /// The grade of the place: `centre`, `urban` or `rural`.
    pub grade: &'static str,
    /// How its calls lie in the week.
    pub rhythm: Rhythm,
    /// People who live there.
    pub people: u64,
    /// Calls a year.
    pub calls: u64,
    /// Calls a year from 06 to 12, 12 to 18, 18 to 24 and 00 to 06 o'clock.
    pub by_part: [u64; 4],
}

/// A river.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct River {
    /// Its name.
    pub name: Title,
    /// Its middle, downstream.
    pub middle: Vec<LonLat>,
    /// Its left bank: a place beside each of the middle.
    pub left: Vec<LonLat>,
    /// Its right bank, likewise.
    pub right: Vec<LonLat>,
}

/// A generated city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct City {
    /// The number it was made from.
    pub seed: u64,
    /// Its name.
    pub name: Title,
    /// Its centre.
    pub centre: LonLat,
    /// What was asked of it.
    pub counts: Counts,
    /// Nodes of the map.
    pub nodes: Vec<LonLat>,
    /// Names of streets; may be empty.
    pub streets: Vec<Title>,
    /// Streets and other lines.
    pub ways: Vec<Way>,
    /// Its river.
    pub river: River,
    /// Posts.
    pub posts: Vec<Post>,
    /// Sites.
    pub sites: Vec<Site>,
    /// Areas, the largest level first.
    pub areas: Vec<Area>,
    /// Places of demand.
    pub demand: Vec<Demand>,
}

/// Where a city lies and what it is called in its nation.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) name: Title,
    pub(super) centre: LonLat,
}

impl Setting {
    /// Of a city that stands alone: somewhere on a plain in the east of Asia.
    pub(super) fn alone(seed: u64) -> Self {
        let mut rng = Rng::new(seed, "setting");
        let (lon, lat) =
            (rng.between(1_060_000_000, 1_170_000_000), rng.between(270_000_000, 370_000_000));
        Self {
            name: city_title(seed, 0),
            centre: LonLat::new(lon as i32, lat as i32).unwrap_or_default(),
        }
    }
}

impl City {
    /// Makes the city of an order.
    pub fn new(order: &Order) -> Result<Self, GenerateError> {
        if !(Order::LEAST_PEOPLE..=Order::MOST_PEOPLE).contains(&order.people) {
            return Err(GenerateError::People { people: order.people });
        }
        Ok(Self::make(order.seed, Counts::alone(order.people), &Setting::alone(order.seed)))
    }

    pub(super) fn make(seed: u64, counts: Counts, setting: &Setting) -> Self {
        let layout = layout(seed, &counts);
        let sheet = Sheet::new(setting.centre);
        let streets = street_titles(&layout.web, &layout.ground, seed);
        let division = divide(&layout, &counts);
        let districts = titles::districts(seed, &layout, &division);
        let mut stems = Stems::new(seed, "stations", &[]);
        let stations: Vec<Title> = division.district_of.iter().map(|_| stems.next()).collect();
        let drawn_posts = posts(&layout, &division, &streets, &stations, &counts);
        let drawn_sites = sites(seed, &layout, &division, &setting.name, &districts, &counts);
        let drawn_demand = demand(&layout, &drawn_sites, &streets, counts.people);
        let levels = titles::levels(&setting.name, districts, &stations, &division);
        let areas = levels
            .into_iter()
            .flat_map(|(level, group, titles)| areas(&layout, &sheet, level, &group, titles))
            .collect();
        Self {
            seed,
            name: setting.name.clone(),
            centre: setting.centre,
            counts,
            nodes: layout.web.nodes.iter().map(|&p| sheet.place(p)).collect(),
            ways: ways(&layout),
            streets,
            river: river(seed, &layout, &sheet),
            posts: drawn_posts
                .into_iter()
                .map(|p| Post {
                    kind: p.kind,
                    name: p.title,
                    at: sheet.place(p.at),
                    staff: p.staff,
                })
                .collect(),
            sites: drawn_sites
                .into_iter()
                .map(|s| Site {
                    kind: s.kind,
                    name: s.title,
                    at: sheet.place(s.at),
                    people: s.people,
                })
                .collect(),
            areas,
            demand: drawn_demand
                .into_iter()
                .map(|d| Demand {
                    at: sheet.place(d.at),
                    name: d.title,
                    grade: d.grade,
                    rhythm: d.rhythm,
                    people: d.people,
                    calls: d.calls,
                    by_part: d.by_part,
                })
                .collect(),
        }
    }
}

/// The sheet a city is drawn on, laid on the earth.
struct Sheet {
    centre: LonLat,
    plane: Plane,
}

impl Sheet {
    fn new(centre: LonLat) -> Self {
        Self { centre, plane: Plane::at(centre.lat()) }
    }

    fn place(&self, p: Pt) -> LonLat {
        self.plane.offset(self.centre, p.x, p.y)
    }

    fn line(&self, line: &[Pt]) -> Vec<LonLat> {
        line.iter().map(|&p| self.place(p)).collect()
    }
}

fn ways(layout: &Layout) -> Vec<Way> {
    let web = &layout.web;
    let strands = web.strands.iter().filter(|strand| strand.kind != Kind::Limit);
    strands
        .map(|strand| {
            let mut nodes = web.strand_nodes(strand);
            if strand.flow == Flow::Backward {
                nodes.reverse();
            }
            let bridge = strand.bridge || web.streets[strand.street as usize].role == Role::Bridge;
            Way {
                kind: strand.kind,
                nodes,
                street: strand.street,
                oneway: strand.flow != Flow::Both,
                bridge,
            }
        })
        .collect()
}

fn river(seed: u64, layout: &Layout, sheet: &Sheet) -> River {
    let river = &layout.ground.river;
    let [left, right] = &river.banks;
    River {
        name: river_title(seed),
        middle: sheet.line(&river.middle),
        left: sheet.line(left),
        right: sheet.line(right),
    }
}

fn areas(
    layout: &Layout,
    sheet: &Sheet,
    level: AreaLevel,
    group: &[u32],
    titles: Vec<Title>,
) -> Vec<Area> {
    let mut people = vec![0; titles.len()];
    for (superblock, &group) in layout.superblocks.iter().zip(group) {
        people[group as usize] += superblock.people;
    }
    let shapes = shapes(layout, group, titles.len());
    let polygons = |shape: Shape| {
        let polygon = |(outer, holes): (Vec<Pt>, Vec<Vec<Pt>>)| Polygon {
            outer: sheet.line(&outer),
            holes: holes.iter().map(|hole| sheet.line(hole)).collect(),
        };
        MultiPolygon(shape.into_iter().map(polygon).collect())
    };
    let parts = titles.into_iter().zip(shapes).zip(people);
    parts
        .map(|((name, shape), people)| Area { level, name, shape: polygons(shape), people })
        .collect()
}
