//! Graphs of the 9th DIMACS implementation challenge: `.gr` (arcs with travel times) and `.co` (coordinates), plain or gzip.
//!
//! Source of the format: *9th DIMACS Implementation Challenge: Shortest Paths*, File formats. A node's number is its `osm_id`.
//! The arcs of a road with traffic both ways become one segment, as far as they can be paired; nothing is merged or dropped.

mod pair;
mod rows;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use precinct_base::caps::{ROAD_NODES, ROAD_SEGMENTS};
use precinct_base::{LonLat, Millis};
use precinct_roads::{Draft, DraftNode};

use crate::budget::{Budget, Overdrawn};
use crate::roads::{RoadReport, Roads};
use crate::{OsmError, Progress};
use pair::Arc;
use rows::{Row, Rows, Stop};

/// What a node and an arc are charged, over all steps.
const NODE_BYTES: usize = 40;
const ARC_BYTES: usize = 176;

/// Milliseconds per unit of travel time, as a fraction.
///
/// ```
/// use precinct_osm::TimeUnit;
/// // One unit of the challenge's USA-road-t graphs, with a motorway at 100 km/h, is 3.6 ms.
/// let unit = TimeUnit { numerator: 36, denominator: 10 };
/// assert_eq!(unit.time(1_000).map(|time| time.0), Some(3_600));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeUnit {
    /// Above the line.
    pub numerator: u32,
    /// Below the line; not 0.
    pub denominator: u32,
}

impl TimeUnit {
    /// The largest number above or below the line.
    const LARGEST: u32 = 1_000_000;

    /// So many units, to the nearest millisecond; `None` past the longest duration.
    pub fn time(self, units: u32) -> Option<Millis> {
        let denominator = u64::from(self.denominator.max(1));
        let ms = (u64::from(units) * u64::from(self.numerator) + denominator / 2) / denominator;
        u32::try_from(ms).ok().map(Millis)
    }

    fn check(self) -> Result<(), OsmError> {
        let Self { numerator, denominator } = self;
        let sensible = 1..=Self::LARGEST;
        if sensible.contains(&numerator) && sensible.contains(&denominator) {
            Ok(())
        } else {
            Err(OsmError::Unit { numerator, denominator })
        }
    }
}

/// Reads a graph (`.gr` or `.gr.gz`) and its coordinates (`.co` or `.co.gz`).
pub fn read_dimacs(
    graph: &Path,
    coordinates: &Path,
    unit: TimeUnit,
    progress: &dyn Progress,
) -> Result<Roads, OsmError> {
    unit.check()?;
    let (mut graph_input, mut coordinate_input) = (Input::file(graph)?, Input::file(coordinates)?);
    read(&mut graph_input, &mut coordinate_input, unit, progress)
}

/// Reads a graph and its coordinates in memory, plain or gzip.
pub fn read_dimacs_bytes(
    graph: &[u8],
    coordinates: &[u8],
    unit: TimeUnit,
) -> Result<Roads, OsmError> {
    unit.check()?;
    let (mut graph, mut coordinates) =
        (Input::bytes("graph.gr", graph), Input::bytes("coordinates.co", coordinates));
    read(&mut graph, &mut coordinates, unit, &crate::Silent)
}

/// A file or bytes to read rows of.
struct Input<'a> {
    name: PathBuf,
    size: u64,
    reader: Box<dyn Read + 'a>,
}

impl<'a> Input<'a> {
    fn file(path: &Path) -> Result<Self, OsmError> {
        let error = |source| OsmError::Read { file: path.to_owned(), source };
        let file = File::open(path).map_err(error)?;
        let size = file.metadata().map_err(error)?.len();
        Ok(Self { name: path.to_owned(), size, reader: Box::new(file) })
    }

    fn bytes(name: &str, bytes: &'a [u8]) -> Self {
        Self { name: PathBuf::from(name), size: bytes.len() as u64, reader: Box::new(bytes) }
    }

    /// Hands every row to `take` and then the last row's number to `end`.
    fn each(
        &mut self,
        progress: &dyn Progress,
        what: &str,
        take: &mut dyn FnMut(&Row<'_>) -> Result<(), Stop>,
    ) -> Result<u64, OsmError> {
        progress.start(what, self.size);
        let outcome = Rows::new(&mut self.reader, progress).each(take);
        progress.done();
        outcome.map_err(|stop| match stop {
            Stop::Fault(row, what) => self.fault(row, what),
            Stop::Overdrawn => OsmError::Overdrawn { file: self.name.clone(), bytes: self.size },
            Stop::Read(source) => OsmError::Read { file: self.name.clone(), source },
        })
    }

    fn fault(&self, row: u64, what: String) -> OsmError {
        OsmError::Dimacs { file: self.name.clone(), row, what }
    }
}

fn read(
    graph: &mut Input<'_>,
    coordinates: &mut Input<'_>,
    unit: TimeUnit,
    progress: &dyn Progress,
) -> Result<Roads, OsmError> {
    let budget = Budget::for_file(graph.size.saturating_add(coordinates.size));
    let places = read_places(coordinates, &budget, progress)?;
    let arcs = read_arcs(graph, places.len(), unit, &budget, progress)?;
    let node = |(at, number)| DraftNode { osm_id: number, at };
    let nodes: Vec<_> = places.iter().copied().zip(1..).map(node).collect();
    let mut report = RoadReport {
        nodes: nodes.len() as u64,
        nodes_inside: nodes.len() as u64,
        ..RoadReport::default()
    };
    let segments = pair::segments(arcs, &places, &mut report.too_long);
    let draft = Draft { nodes, segments, ..Draft::default() };
    report.sum(&draft);
    Ok(Roads { draft, report })
}

/// The places of nodes 1, 2, 3, …
fn read_places(
    input: &mut Input<'_>,
    budget: &Budget,
    progress: &dyn Progress,
) -> Result<Vec<LonLat>, OsmError> {
    let (mut places, mut declared): (Vec<(u32, u64, LonLat)>, _) = (Vec::new(), None);
    let last = input.each(progress, "reading coordinates", &mut |row| {
        match row.fields() {
            ["p", "aux", "sp", "co", nodes] => {
                declared = Some(row.number::<u32>(nodes, "the number of nodes")?);
            }
            ["v", node, lon, lat] => {
                budget.charge(NODE_BYTES)?;
                let node = row.number::<u32>(node, "the node")?;
                places.push((node, row.at, row.place(lon, lat)?));
            }
            _ => return Err(row.fault("write \"p aux sp co NODES\" or \"v NODE LON LAT\"")),
        }
        Ok(())
    })?;
    places.sort_unstable_by_key(|&(node, row, _)| (node, row));
    for (expected, &(node, row, _)) in (1_u32..).zip(&places) {
        if node != expected {
            let twice = expected > 1 && node == expected - 1;
            let what = if twice {
                format!("node {node} is given twice")
            } else {
                format!("node {expected} is missing before node {node}; nodes are 1, 2, 3, …")
            };
            return Err(input.fault(row, what));
        }
    }
    let found = places.len();
    if declared != u32::try_from(found).ok() {
        let declared = declared.map_or("nothing".to_owned(), |nodes| format!("{nodes} nodes"));
        return Err(input.fault(
            last,
            format!("the file has {found} nodes, and its \"p\" row says {declared}"),
        ));
    }
    within(input, "nodes", found, ROAD_NODES)?;
    Ok(places.into_iter().map(|(_, _, at)| at).collect())
}

fn within(
    input: &Input<'_>,
    what: &'static str,
    found: usize,
    limit: usize,
) -> Result<(), OsmError> {
    if found <= limit {
        Ok(())
    } else {
        Err(OsmError::TooMany { file: input.name.clone(), what, found, limit })
    }
}

fn read_arcs(
    input: &mut Input<'_>,
    nodes: usize,
    unit: TimeUnit,
    budget: &Budget,
    progress: &dyn Progress,
) -> Result<Vec<Arc>, OsmError> {
    let (mut arcs, mut declared) = (Vec::new(), None);
    let last = input.each(progress, "reading arcs", &mut |row| {
        match row.fields() {
            ["p", "sp", said, count] => {
                if row.number::<u32>(said, "the number of nodes")? as usize != nodes {
                    return Err(
                        row.fault(&format!("the coordinates file has {nodes} nodes, not {said}"))
                    );
                }
                declared = Some(row.number::<u32>(count, "the number of arcs")? as usize);
            }
            ["a", from, to, units] => {
                budget.charge(ARC_BYTES)?;
                let [from, to] = [row.node(from, nodes)?, row.node(to, nodes)?];
                let units = row.number(units, "the travel time")?;
                let time = unit
                    .time(units)
                    .ok_or_else(|| row.fault("the travel time is longer than 49 days"))?;
                arcs.push(Arc::new(from, to, time));
            }
            _ => return Err(row.fault("write \"p sp NODES ARCS\" or \"a FROM TO TIME\"")),
        }
        Ok(())
    })?;
    if declared != Some(arcs.len()) {
        let (found, declared) =
            (arcs.len(), declared.map_or("nothing".to_owned(), |arcs| format!("{arcs} arcs")));
        return Err(input.fault(
            last,
            format!("the file has {found} arcs, and its \"p\" row says {declared}; is it cut off?"),
        ));
    }
    within(input, "arcs", arcs.len(), ROAD_SEGMENTS)?;
    Ok(arcs)
}

impl From<Overdrawn> for Stop {
    fn from(_: Overdrawn) -> Self {
        Self::Overdrawn
    }
}
