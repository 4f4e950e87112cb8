//! `precinct city build`: the road file of a city.

use std::path::PathBuf;

use clap::Args;
use precinct_base::Millimetres;
use precinct_roads::RoadMap;

use super::Done;
use crate::args::Shared;
use crate::failure::Failure;
use crate::output::{Out, write_file};
use crate::place::told_about;
use crate::progress::Bar;
use crate::text::numbers::{grouped, length};

const EXAMPLE: &str = "\
Example:
  precinct city build cities/san-francisco
  precinct city build macau.osm.pbf -o macau.roads

The same city gives the same bytes on every machine. Other commands make the road file when it is missing or stale.";

/// Arguments of `precinct city build`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Build {
    /// A folder with a city.toml, a city.toml, or an extract
    city: PathBuf,
    /// Write the road file here as well as into the cache
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Build {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let options = shared.open_options(None);
        let bar = Bar::new();
        bar.step("reading the city");
        let city = precinct_city::open(&self.city, &options)?;
        bar.step("reading its roads");
        let roads = precinct_city::build_roads(&city, &options, &bar)?;
        drop(bar);
        told_about(&roads);
        out.line(&described(&roads.map))?;
        if let Some(file) = roads.file.filter(|_| roads.not_kept.is_none()) {
            out.line(&format!("kept in {}", file.display()))?;
        }
        if let Some(file) = &self.output {
            let bytes = roads.map.to_bytes();
            write_file(file, &bytes)?;
            out.line(&format!(
                "{} bytes written to {}",
                grouped(bytes.len() as u64),
                file.display()
            ))?;
        }
        Ok(Done::Yes)
    }
}

/// What a road map holds, in a line.
fn described(map: &RoadMap) -> String {
    let all: u64 = map.segment_ids().map(|id| map.segment(id).length.0).sum();
    format!(
        "{} junctions, {} stretches of road, {}",
        grouped(map.node_count() as u64),
        grouped(map.segment_count() as u64),
        length(Millimetres(all))
    )
}
