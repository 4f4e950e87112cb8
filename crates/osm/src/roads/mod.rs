//! An extract's roads: two passes over the file, then the ways are split where they meet.

mod assemble;
mod barriers;
mod locate;
mod report;
mod select;

pub use report::RoadReport;

use std::path::Path;

use precinct_base::caps::{ROAD_NODES, ROAD_SEGMENTS};
use precinct_roads::Draft;

use crate::budget::Budget;
use crate::extract::{Extract, Format};
use crate::{ClassSpeeds, Clip, OsmError, Progress};
use assemble::Assembly;
use locate::Locator;
use select::Selection;

/// What to read, and how.
#[derive(Clone, Copy)]
pub struct RoadOptions<'a> {
    /// Which part of the extract.
    pub clip: &'a Clip,
    /// How fast each profile goes on each class of road.
    pub speeds: &'a ClassSpeeds,
    /// Told how far it is.
    pub progress: &'a dyn Progress,
}

/// Roads as read, and what was found.
#[derive(Clone, Debug)]
pub struct Roads {
    /// Nodes, segments and names.
    pub draft: Draft,
    /// Counts.
    pub report: RoadReport,
}

/// Reads the roads of an extract; its format is told by its name: `.osm.pbf`, `.osm` or `.osm.gz`.
pub fn read_roads(path: &Path, options: &RoadOptions<'_>) -> Result<Roads, OsmError> {
    read(&mut Extract::file(path)?, options)
}

/// Reads the roads of an extract in memory. `name` is used in messages.
pub fn read_roads_bytes(
    name: &str,
    format: Format,
    bytes: &[u8],
    options: &RoadOptions<'_>,
) -> Result<Roads, OsmError> {
    read(&mut Extract::bytes(name, format, bytes), options)
}

fn read(extract: &mut Extract<'_>, options: &RoadOptions<'_>) -> Result<Roads, OsmError> {
    let budget = extract.budget();
    let mut selection = Selection::new(&budget);
    extract.scan("reading ways", &mut selection, options.progress)?;
    let selected = selection.finish();
    let mut locator = Locator::new(&selected.refs, options.clip, &budget);
    extract.scan("reading nodes", &mut locator, options.progress)?;
    let located = locator.finish();
    let roads = build(selected, &located, options, &budget).map_err(|_| extract.overdrawn())?;
    let counts = [
        ("junctions", roads.draft.nodes.len(), ROAD_NODES),
        ("stretches of road", roads.draft.segments.len(), ROAD_SEGMENTS),
    ];
    for (what, found, limit) in counts {
        if found > limit {
            return Err(OsmError::TooMany { file: extract.name().to_owned(), what, found, limit });
        }
    }
    Ok(roads)
}

fn build(
    selected: select::Selected,
    located: &locate::Located,
    options: &RoadOptions<'_>,
    budget: &Budget,
) -> Result<Roads, crate::budget::Overdrawn> {
    let mut report = selected.report;
    report.take_in(located);
    let mut assembly = Assembly::new(located, selected.names, options.speeds, budget);
    for way in &selected.ways {
        assembly.add(way, &selected.refs[way.refs.clone()], &mut report)?;
    }
    let mut draft = assembly.finish();
    report.barriers = barriers::close(&mut draft, located);
    report.sum(&draft);
    Ok(Roads { draft, report })
}
