//! What an OpenStreetMap extract says of a city besides its roads, as tables like any other.

use std::collections::BTreeMap;
use std::path::PathBuf;

use precinct_base::{Bounds, LonLat};
use precinct_osm::{Places, Progress, Settlement, SettlementKind};
use precinct_roads::Name;

use crate::source::Section;
use crate::table::{Record, Shape};
use crate::{AreaLevel, Clip, Fault, Severity, clip, says};

/// The extract of a city. It is read when it is first asked.
pub(crate) struct Extract {
    pub(crate) path: PathBuf,
    found: Option<Found>,
}

/// What was found in it.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) posts: Vec<Thing>,
    pub(crate) sites: Vec<Thing>,
    pub(crate) areas: Vec<Thing>,
    /// Where people live, and how many may live there.
    pub(crate) homes: Vec<(LonLat, u32)>,
    /// The town it is an extract of, if one is named.
    pub(crate) town: Option<(Name, LonLat)>,
    /// A box that leaves out stray far nodes.
    pub(crate) bounds: Option<Bounds>,
    /// Areas that the edge of the extract cuts through.
    pub(crate) broken_areas: u64,
}

/// A post, site or area.
pub(crate) struct Thing {
    /// Its kind or level, as named in this program.
    pub(crate) kind: &'static str,
    pub(crate) name: Name,
    pub(crate) id: String,
    pub(crate) shape: Shape,
}

/// Rows in the columns named.
pub(crate) struct Table {
    pub(crate) columns: &'static [&'static str],
    pub(crate) records: Vec<Record>,
}

impl Thing {
    /// Whether it is a point in `clip`.
    pub(crate) fn is_in(&self, clip: &Clip) -> bool {
        matches!(self.shape, Shape::Point(at) if clip::holds(clip, at))
    }
}

impl Extract {
    pub(crate) const fn new(path: PathBuf) -> Self {
        Self { path, found: None }
    }

    /// What is in it, within `clip`.
    pub(crate) fn places(&mut self, clip: &Clip) -> Result<&Found, Fault> {
        self.places_with(clip, &precinct_osm::Silent)
    }

    /// The same, telling `progress` how far it is.
    pub(crate) fn places_with(
        &mut self,
        clip: &Clip,
        progress: &dyn Progress,
    ) -> Result<&Found, Fault> {
        if self.found.is_none() {
            self.found = Some(self.read(clip, progress)?);
        }
        Ok(self.found.get_or_insert_default())
    }

    fn read(&self, clip: &Clip, progress: &dyn Progress) -> Result<Found, Fault> {
        let places = precinct_osm::read_places(&self.path, clip, progress);
        places.map(Found::of).map_err(|error| {
            let file = self.path.display().to_string();
            let (what, mend) = (says::places_unreadable(error), says::fetch_extract());
            Fault::new(Severity::Refusal, file, what, mend)
        })
    }
}

impl Found {
    fn of(places: Places) -> Self {
        let post = |post: precinct_osm::Post| Thing {
            kind: post.kind.name(),
            name: post.name,
            id: post.source.to_string(),
            shape: Shape::Point(post.at),
        };
        let site = |site: precinct_osm::Site| Thing {
            kind: site.kind.name(),
            name: site.name,
            id: site.source.to_string(),
            shape: Shape::Point(site.at),
        };
        let town = town(&places.settlements, places.dense_bounds);
        Self {
            posts: places.posts.into_iter().map(post).collect(),
            sites: places.sites.into_iter().map(site).collect(),
            areas: level_areas(places.areas, town.as_ref().map(|(_, at)| *at)),
            homes: places.homes.iter().map(|home| (home.at, home.weight)).collect(),
            town,
            bounds: places.dense_bounds,
            broken_areas: places.report.broken_area_count,
        }
    }
}

/// Areas with levels of this program. What an `admin_level` means differs by country, so their order alone is used: the
/// smallest number with more than one area is the districts, the next the station areas, the others grid cells; what is
/// larger than districts is the city, if the town lies in it.
fn level_areas(areas: Vec<precinct_osm::Area>, town: Option<LonLat>) -> Vec<Thing> {
    let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
    for area in &areas {
        *counts.entry(area.level).or_default() += 1;
    }
    let districts =
        counts.iter().find(|(_, count)| **count > 1).map_or(u8::MAX, |(level, _)| *level);
    let below: Vec<u8> = counts.keys().copied().filter(|level| *level > districts).collect();
    let level = |area: &precinct_osm::Area| match below
        .iter()
        .position(|level| *level == area.level)
    {
        None if area.level < districts && town.is_some_and(|town| area.shape.contains(town)) => {
            AreaLevel::City
        }
        None => AreaLevel::District,
        Some(0) => AreaLevel::StationArea,
        Some(_) => AreaLevel::GridCell,
    };
    let thing = |area: precinct_osm::Area| Thing {
        kind: level(&area).name(),
        name: area.name,
        id: area.source.to_string(),
        shape: Shape::Area(area.shape),
    };
    areas.into_iter().map(thing).collect()
}

/// The settlement an extract is likely of: of those of the largest kind the one nearest to the middle.
fn town(settlements: &[Settlement], bounds: Option<Bounds>) -> Option<(Name, LonLat)> {
    let middle = bounds.map(Bounds::centre);
    let size = |kind: SettlementKind| match kind {
        SettlementKind::Village => SettlementKind::Town as u8 * 2 + 1,
        other => other as u8 * 2,
    };
    let nearest = |one: &&Settlement| {
        (size(one.kind), middle.map(|middle| middle.distance(one.at)), one.source)
    };
    settlements.iter().min_by_key(nearest).map(|one| (one.name.clone(), one.at))
}

impl Found {
    /// What it has for one part of a city.
    pub(crate) fn table(&self, section: Section) -> Table {
        let kinds = &["id", "name", "name_zh", "name_en", "kind"][..];
        let levels = &["id", "name", "name_zh", "name_en", "level"][..];
        match section {
            // They are read from tables alone.
            Section::Addresses | Section::HotSpots => Table { columns: &[], records: Vec::new() },
            Section::Posts => things(kinds, &self.posts),
            Section::Sites => things(kinds, &self.sites),
            Section::Areas => things(levels, &self.areas),
            Section::Demand => {
                let homes = self.homes.iter().zip(1..);
                let record = |(&(at, weight), row): (&(LonLat, u32), u64)| Record {
                    row,
                    values: vec![weight.to_string()],
                    trimmed: None,
                    shape: Shape::Point(at),
                };
                Table { columns: &["weight"], records: homes.map(record).collect() }
            }
        }
    }
}

fn things(columns: &'static [&'static str], things: &[Thing]) -> Table {
    let record = |(thing, row): (&Thing, u64)| {
        let Name { local, zh, en } = thing.name.clone();
        let values = vec![thing.id.clone(), local, zh, en, thing.kind.to_owned()];
        Record { row, values, trimmed: None, shape: thing.shape.clone() }
    };
    Table { columns, records: things.iter().zip(1..).map(record).collect() }
}
