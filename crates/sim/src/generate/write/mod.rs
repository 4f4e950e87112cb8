//! A generated city as a folder of files.

mod areas;
mod description;
mod roads;
mod tables;

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::city::{City, Order};
use super::error::GenerateError;
use super::flow_report::Network;

/// What was written of one city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its name, Chinese and English.
    pub name: super::Title,
    /// People.
    pub people: u64,
    /// Junctions and ends of streets cars may use.
    pub nodes: usize,
    /// Stretches of street between them.
    pub segments: usize,
    /// Length of its streets, kilometres.
    pub kilometres: u64,
    /// Posts.
    pub posts: usize,
    /// Sites.
    pub sites: usize,
    /// Areas of all levels.
    pub areas: usize,
    /// Places of demand.
    pub demand: usize,
    /// Bytes of its files.
    pub bytes: u64,
}

/// Makes the city of an order and writes it into `dir`, which is made if it is not there. Files of the same names are
/// replaced; others are left alone. The same order writes the same bytes on every machine.
pub fn write_city(order: &Order, dir: &Path) -> Result<Made, GenerateError> {
    City::new(order)?.write(dir)
}

type Part = (&'static str, fn(&City, &mut dyn Write) -> std::io::Result<()>);

/// The files of a city's folder and what is in them.
const FILES: [Part; 8] = [
    ("roads.osm.pbf", roads::write),
    ("posts.csv", tables::posts),
    ("sites.csv", tables::sites),
    ("areas.geojson", areas::write),
    ("demand.csv", tables::demand),
    ("hours.csv", tables::hours),
    ("hotspots.csv", tables::hot_spots),
    ("city.toml", description::write),
];

impl City {
    /// Writes the city into `dir`; see [`write_city`].
    pub fn write(&self, dir: &Path) -> Result<Made, GenerateError> {
        fs::create_dir_all(dir).map_err(GenerateError::write(dir))?;
        let mut bytes = 0;
        for (name, part) in FILES {
            bytes += write_file(&dir.join(name), |out| part(self, out))?;
        }
        let Network { nodes, segments, kilometres } = Network::of(self);
        Ok(Made {
            name: self.name.clone(),
            people: self.counts.people,
            nodes,
            segments,
            kilometres,
            posts: self.posts.len(),
            sites: self.sites.len(),
            areas: self.areas.len(),
            demand: self.demand.len(),
            bytes,
        })
    }
}

/// Writes a file beside its place and moves it there when it is complete; answers its size.
pub(super) fn write_file(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<u64, GenerateError> {
    let beside = path.with_added_extension("new");
    let write = || {
        let mut out = BufWriter::with_capacity(1 << 16, fs::File::create(&beside)?);
        fill(&mut out)?;
        out.flush()?;
        let size = out.get_ref().metadata()?.len();
        fs::rename(&beside, path)?;
        Ok(size)
    };
    write().map_err(GenerateError::write(path))
}
