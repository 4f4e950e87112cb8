//! `precinct calibrate`: travel times, turnout and time on scene, fitted to a city's own record and scored on days held out.

mod answer;
mod rows;
mod table;

use std::path::{Path, PathBuf};

use clap::Args;
use precinct_base::HourOfWeek;
use precinct_calibration::{Fitted, Ground, Made, Rules, calibrate};
use precinct_city::{CityError, file_sha256, roads_version};
use precinct_play::{Day, Mapping, Zone, read_day};
use precinct_roads::{Network, Profile, SpeedTable};

use super::Done;
use crate::args::Shared;
use crate::failure::Failure;
use crate::output::{Out, remark, write_file};
use crate::place::Place;
use crate::progress::Bar;

const EXAMPLE: &str = "\
Example:
  precinct calibrate cities/san-francisco-fire --responses ../shared/data/sf/sf_fire_calls_2020-04.csv.gz -o calibration.toml

A row of the record is one unit sent to one call. San Francisco's fire brigade is known by its columns; for any other record --map names
a TOML file that says what the columns are, as for `precinct play`. Beside those, [columns] may name
  force                what kind of unit it is
  leave                when it left the scene for elsewhere, as for a hospital
  post                 the post it stands at, by its id or name in the city's file
  from_lon, from_lat   where it was when it was sent
and, where units have the number of their post in their name, numbered = [\"E\"] says so: E07 stands at the post with a 7 in its name.

Two days in three are fitted to; every third is held out, and the error told is of those. The same record gives the same file.

--json is one object: {\"calibration\": {…}, \"report\": {\"rows\": …, \"refused\": {…}, \"by_hour\": […], …}, \"day\": {\"left_out\": {…}}}";

/// Rows that could not be read which are shown; the others are counted.
pub(super) const SHOWN: usize = 5;

/// Arguments of `precinct calibrate`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct CalibrateArgs {
    /// A folder with a city.toml, a city.toml, or an extract: the city whose record it is
    city: PathBuf,
    /// The record of unit responses: CSV, plain or .gz
    #[arg(long, value_name = "FILE")]
    responses: PathBuf,
    /// What the columns of the record are
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Where to write the calibration
    #[arg(short, long, value_name = "FILE.toml")]
    output: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl CalibrateArgs {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let bar = Bar::new();
        let place = Place::as_imported(&self.city, shared, &bar)?;
        bar.step("reading the record");
        let day = read_day(&self.responses, mapping(self.map.as_deref())?)?;
        told_about(&day, self.json);
        bar.step("fitting");
        let fitted = self.fit(&place, &day)?;
        drop(bar);
        if let Some(file) = &self.output {
            write_file(file, fitted.calibration.text().as_bytes())?;
        }
        if self.json {
            out.json(&answer::Answer::new(&fitted, &day))?;
        } else {
            table::write(&fitted, &day, shared.lang(), out)?;
        }
        Ok(Done::Yes)
    }

    fn fit(&self, place: &Place, day: &Day) -> Result<Fitted, Failure> {
        let zone = zone(&place.city.time_zone)?;
        let (profile, hour) = (Profile::PoliceCar, HourOfWeek::default());
        let network = Network::new(place.map.clone(), profile, &SpeedTable::as_imported(), hour);
        let (areas, names) = (place.city.segment_areas(&place.map), place.city.area_keys());
        let ground = Ground { network: &network, areas: &areas, area_names: &names };
        let record = self.responses.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let made = Made {
            record,
            sha256: file_sha256(&self.responses)?,
            roads: roads_version(&place.map),
            ..Made::default()
        };
        let responses = rows::responses(day, &place.city, &zone);
        calibrate(&responses, &ground, &Rules::default(), made)
            .map_err(|error| Failure::Nothing(error.to_string()))
    }
}

/// The mapping in a file, if one is given.
pub(super) fn mapping(path: Option<&Path>) -> Result<Option<Mapping>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let text = std::fs::read_to_string(path)
        .map_err(|source| CityError::Read { path: path.to_owned(), source })?;
    Ok(Some(Mapping::parse(&text)?))
}

/// The city's time zone.
pub(super) fn zone(name: &str) -> Result<Zone, Failure> {
    let unknown =
        || Failure::Usage(format!("the city's time zone {name} is unknown: mend its city.toml"));
    Zone::named(name).ok_or_else(unknown)
}

/// Remarks on rows that could not be read.
pub(super) fn told_about(day: &Day, quiet: bool) {
    if quiet {
        return;
    }
    for fault in day.faults.listed.iter().take(SHOWN) {
        remark(&fault.to_string());
    }
    if day.faults.faults > SHOWN as u64 {
        remark(&format!("and {} rows more like these", day.faults.faults - SHOWN as u64));
    }
}
