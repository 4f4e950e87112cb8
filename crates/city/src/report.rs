//! What `precinct city check` and `precinct city init` tell, as plain values for a table or for JSON.

use std::collections::BTreeMap;
use std::path::PathBuf;

use precinct_base::{Bounds, Said};
use precinct_calibration::Score;
use serde::{Serialize, Serializer};

use crate::{CityCalibration, DemandUse, Faults, Threshold};

/// What was found when everything of a city was read.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The city's file or the extract, as given.
    pub place: PathBuf,
    /// Whether nothing has to be mended.
    pub sound: bool,
    /// What has to be mended, and what is worth knowing.
    pub faults: Faults,
    /// What is there; missing if the city's file itself cannot be read.
    pub summary: Option<Summary>,
}

/// What a city has.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// Its name as signposted there.
    pub name: String,
    /// In Chinese; may be empty.
    pub name_zh: String,
    /// In English; may be empty.
    pub name_en: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Where its roads come from.
    pub roads_from: Vec<PathBuf>,
    /// Its roads; missing if they could not be read.
    pub roads: Option<RoadSummary>,
    /// Posts by kind.
    pub posts: BTreeMap<String, u64>,
    /// Sites by kind.
    pub sites: BTreeMap<String, u64>,
    /// Areas by level.
    pub areas: BTreeMap<String, u64>,
    /// Every demand its file offers.
    pub demand_uses: Vec<DemandUse>,
    /// Places of the demand in use.
    pub demand_places: u64,
    /// The sum of the demand in use, to the nearest unit of its measure.
    pub demand_total: u64,
    /// Addresses.
    pub addresses: u64,
    /// Places to be visited again and again.
    pub hot_spots: u64,
    /// What its minutes were fitted to and how far they are off; missing if they are as imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calibration: Option<CalibrationSummary>,
    /// Minutes for each grade of place.
    pub thresholds: Vec<Threshold>,
    /// What was read of each input.
    pub inputs: Vec<InputSummary>,
    /// What to show wherever its data is shown.
    pub attribution: Vec<String>,
    /// What would make the city more complete, a sentence each.
    #[serde(serialize_with = "in_english")]
    pub to_add: Vec<Said>,
}

fn in_english<S: Serializer>(said: &[Said], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(said.iter().map(Said::en))
}

/// Which calibration a city's minutes come from, and its error on days it was not fitted to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalibrationSummary {
    /// The file.
    pub file: String,
    /// Its version: sixteen hexadecimal digits.
    pub checksum: String,
    /// The record it was fitted to.
    pub record: String,
    /// The error on days held out.
    pub held_out: Score,
}

impl CalibrationSummary {
    /// That of a city's calibration.
    pub fn of(used: &CityCalibration) -> Self {
        Self {
            file: used.file.clone(),
            checksum: used.checksum.clone(),
            record: used.calibration.made.record.clone(),
            held_out: used.calibration.held_out,
        }
    }
}

/// What the roads of a city are.
#[derive(Clone, Debug, Serialize)]
pub struct RoadSummary {
    /// Junctions and ends of road.
    pub nodes: u64,
    /// Stretches of road between them.
    pub segments: u64,
    /// Their length, each stretch once, in kilometres.
    pub length_km: u64,
    /// Stretches that have a name.
    pub named: u64,
    /// Nodes on roads that a police car may use.
    pub car_nodes: u64,
    /// Those of them that lie in the largest part in which a car can go from anywhere to anywhere.
    pub car_nodes_in_main_part: u64,
    /// The smallest box round them: west, south, east, north in degrees.
    pub bounds: Option<[f64; 4]>,
}

/// What was read of one input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct InputSummary {
    /// What it gives: `posts`, `sites`, `areas`, `demand`, `addresses`, `hot_spots`.
    pub gives: String,
    /// What it is called there.
    pub name: String,
    /// The file, as written in the city's file; `osm` for the extract.
    pub file: String,
    /// Rows or features in it.
    pub rows: u64,
    /// Rows the `where` of the city's file leaves out.
    pub left_out: u64,
    /// Rows that could not be used.
    pub refused: u64,
    /// Rows used.
    pub used: u64,
}

/// What `init` wrote and found.
#[derive(Clone, Debug, Serialize)]
pub struct InitReport {
    /// The file that was written.
    pub written: PathBuf,
    /// What the city has.
    pub summary: Summary,
    /// What is wrong with what the extract has.
    pub faults: Faults,
}

pub(crate) fn corners(bounds: Bounds) -> [f64; 4] {
    let ((west, south), (east, north)) = (bounds.min().degrees(), bounds.max().degrees());
    [west, south, east, north]
}
