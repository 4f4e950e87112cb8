//! `precinct forecast`: where and when the public will call, from calls the public made, scored on days held out.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use precinct_base::{HourOfWeek, LonLat, Metres};
use precinct_calibration::{
    Call, Cell, Forecast, ForecastReport, ForecastRules, Method, MethodScore, Origin, Places,
    forecast,
};
use precinct_play::Day;
use serde::Serialize;

use super::Done;
use super::calibrate::{mapping, told_about, zone};
use crate::args::Shared;
use crate::failure::Failure;
use crate::output::{Out, write_file};
use crate::place::Place;
use crate::progress::Bar;
use crate::text::fitting::{self, Words};
use crate::text::numbers::grouped;
use crate::text::table::{Align, Table};

const EXAMPLE: &str = "\
Example:
  precinct forecast cities/san-francisco-fire --calls ../shared/data/sf/sf_fire_calls_2020-04.csv.gz -o forecast.csv

What patrols came upon is refused, so that they are never sent to where they have been. Calls are known by their columns as for
`precinct play`; --map names a TOML file for any other record. The last third of the days is held out to score the forecast.

The file has a row for each cell: id, lon, lat, weight (calls a week), low and high (nine chances in ten that the rate lies between),
and weight_00_06, weight_06_12, weight_12_18, weight_18_24. A city takes it as demand:
  [[demand]]
  name = \"forecast\"
  measure = \"calls\"
  file = \"forecast.csv\"
  columns = { lon = \"lon\", lat = \"lat\", id = \"id\", weight = \"weight\" }

--json is one object: {\"report\": {\"rows\": …, \"patrol\": …, \"methods\": [{\"method\": \"smoothed\", \"surprise_milli\": …, \"hits\": […]}, …]}, \"cells\": …}";

/// Arguments of `precinct forecast`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct ForecastArgs {
    /// A folder with a city.toml, a city.toml, or an extract: the city the calls are of
    city: PathBuf,
    /// The record of calls: CSV, plain or .gz
    #[arg(long, value_name = "FILE")]
    calls: PathBuf,
    /// What the columns of the record are
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// The demand of the city that says where people live, by its name [default: the city's own choice]
    #[arg(long, value_name = "NAME")]
    people: Option<String>,
    /// The side of a cell in metres
    #[arg(long, value_name = "METRES", default_value_t = 250, value_parser = clap::value_parser!(u32).range(50..=5_000))]
    cell: u32,
    /// Where to write the forecast
    #[arg(short, long, value_name = "FILE.csv")]
    output: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    report: &'a ForecastReport,
    cells: &'a [Cell],
}

impl ForecastArgs {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let bar = Bar::new();
        let place = Place::open(&self.city, shared, self.people.as_deref(), &bar)?;
        bar.step("reading the record");
        let day = precinct_play::read_day(&self.calls, mapping(self.map.as_deref())?)?;
        told_about(&day, self.json);
        bar.step("fitting");
        let calls = calls(&day, &place)?;
        let map = &place.map;
        let streets: Vec<LonLat> = map.node_ids().map(|node| map.node_at(node)).collect();
        let people: Vec<(LonLat, u32)> =
            place.city.demand.iter().map(|one| (one.at, one.weight)).collect();
        let places = Places { streets: &streets, people: &people };
        let rules = ForecastRules { cell: Metres(self.cell) };
        let forecast = forecast(&calls, &places, &rules)
            .map_err(|error| Failure::Nothing(error.to_string()))?;
        drop(bar);
        if let Some(file) = &self.output {
            write_file(file, csv(&forecast).as_bytes())?;
        }
        if self.json {
            out.json(&Answer { report: &forecast.report, cells: &forecast.cells })?;
        } else {
            table(&forecast.report, fitting::words(shared.lang()), out)?;
        }
        Ok(Done::Yes)
    }
}

/// Every call of the record, with who made it known.
fn calls(day: &Day, place: &Place) -> Result<Vec<Call>, Failure> {
    let zone = zone(&place.city.time_zone)?;
    let call = |call: &precinct_play::Call| Call {
        row: call.responses.first().map_or(0, |one| one.row),
        origin: match call.origin {
            precinct_play::Origin::Patrol => Origin::Patrol,
            precinct_play::Origin::Call | precinct_play::Origin::Alarm => Origin::Public,
        },
        // The first of January 1970 was a Thursday; days are counted from a Monday.
        day: zone.day(call.received) + 3,
        hour: HourOfWeek::new(zone.hour_of_week(call.received) as u8).unwrap_or_default(),
        at: call.at,
    };
    Ok(day.calls.iter().map(call).collect())
}

/// The forecast as a table that a city takes as demand.
fn csv(forecast: &Forecast) -> String {
    let milli = |weight: u32| format!("{}.{:03}", weight / 1_000, weight % 1_000);
    let mut text =
        "id,lon,lat,weight,low,high,weight_00_06,weight_06_12,weight_12_18,weight_18_24\n"
            .to_owned();
    for (id, cell) in (1..).zip(&forecast.cells) {
        let weights = [cell.weight, cell.low, cell.high].into_iter().chain(cell.bands);
        let weights: Vec<String> = weights.map(milli).collect();
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{id},{},{}", degrees(cell.at), weights.join(","));
    }
    text
}

/// Longitude and latitude with seven decimals, which is all there are.
fn degrees(at: LonLat) -> String {
    let one = |units: i32| {
        let sign = if units < 0 { "-" } else { "" };
        let units = units.unsigned_abs();
        format!("{sign}{}.{:07}", units / 10_000_000, units % 10_000_000)
    };
    format!("{},{}", one(at.lon()), one(at.lat()))
}

fn table(report: &ForecastReport, words: &Words, out: &mut Out) -> Result<(), Failure> {
    out.heading(words.forecast)?;
    let mut rows = Table::new(&[("", Align::Left), ("", Align::Right), ("", Align::Left)]);
    let mut row = |what: &str, count: u64, note: String| {
        rows.row([what.to_owned(), grouped(count), note]);
    };
    let days = |days: u64| format!("{} {}", grouped(days), words.days);
    row(words.calls, report.rows, String::new());
    row(words.patrol, report.patrol, String::new());
    row(words.outside, report.outside, String::new());
    row(words.calls_fitted, report.calls_fitted, days(report.days_fitted));
    row(words.calls_held_out, report.observed, days(report.days_held_out));
    row(words.expected, (report.expected + 500) / 1_000, String::new());
    row(words.cells, report.cells, format!("{} {} m", words.kernel, report.bandwidth_m));
    let within = format!("{} {}", percent(report.busy_within_per_mille), words.within);
    row(words.busy, report.busy_cells, within);
    out.text(&rows.render(out.bold()))?;
    out.line("")?;
    out.heading(words.methods)?;
    out.text(&methods(&report.methods, words).render(false))
}

fn percent(per_mille: u64) -> String {
    format!("{}.{} %", per_mille / 10, per_mille % 10)
}

fn milli(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "−" } else { "" };
    let size = thousandths.unsigned_abs();
    format!("{sign}{}.{:03}", size / 1_000, size % 1_000)
}

fn methods(all: &[MethodScore], words: &Words) -> Table {
    let mut table = Table::new(&[
        ("", Align::Left),
        (words.surprise, Align::Right),
        (words.gain, Align::Right),
        (words.hit_1, Align::Right),
        (words.hit_5, Align::Right),
        (words.hit_10, Align::Right),
        (words.pai_5, Align::Right),
    ]);
    for one in all {
        let name = match one.method {
            Method::Smoothed => words.smoothed,
            Method::SmoothedNoHours => words.no_hours,
            Method::LastWeek => words.last_week,
            Method::People => words.people,
        };
        let figures = [milli(one.surprise_milli), milli(one.gain_milli)];
        let hits = one.hits.iter().map(|hits| percent(hits.hit_per_mille));
        let pai = one.hits.get(1).map(|hits| milli(hits.pai_milli as i64)).into_iter();
        table.row([name.to_owned()].into_iter().chain(figures).chain(hits).chain(pai));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_to_the_last_decimal() {
        let at = LonLat::new(-1_224_311_823, 5).unwrap();
        assert_eq!(degrees(at), "-122.4311823,0.0000005");
        assert_eq!(milli(-1_050), "−1.050");
    }
}
