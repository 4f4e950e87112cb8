//! `precinct play`: a recorded or generated day, driven through the doors of a served city.

use std::path::PathBuf;

use clap::Args;
use precinct_base::{HourOfWeek, Millis, Timestamp};
use precinct_city::{CalibrationSummary, City};
use precinct_play::{
    Client, Day, Glance, Patience, Report, Settings, Whims, Window, Zone, from_rfc3339, generate,
    play, read_day, rfc3339,
};
use precinct_roads::Profile;
use serde::Serialize;

use super::Done;
use super::calibrate::{SHOWN, mapping, told_about, zone};
use crate::args::Shared;
use crate::failure::Failure;
use crate::output::Out;
use crate::place::Place;
use crate::progress::Bar;
use crate::simulate::Measured;
use crate::text::fitting;
use crate::text::numbers::{clock, grouped};
use crate::text::table::{Align, Table};

const EXAMPLE: &str = "\
Example:
  precinct play cities/san-francisco --calls sf/sfpd_cad_5000.csv.gz --server http://127.0.0.1:7171 --key KEY
  precinct play town --server http://127.0.0.1:7171 --key KEY --count 200 --seed 7

The server must run the same city. Its clock says what time it is and how fast it runs; a day of another time is played from then on.
Without --from and --to the busiest day of the record is played. Calls of San Francisco's police and fire brigade are known by their
columns; for any other record --map names a TOML file that says what its columns are. Without --calls a day is made up.

A mapping; dispatch, en_route, on_scene, clear, unit, address may be there too, and point in place of lon and lat:
  called = [\"call\"]                 # of on_view: somebody called; with anything else a patrol found it
  [columns]
  id = \"number\"
  received = \"time\"
  kind = \"type\"
  priority = \"grade\"
  on_view = \"source\"
  lon = \"x\"
  lat = \"y\"
  [time]
  format = \"%Y-%m-%dT%H:%M:%S\"
  zone = \"Asia/Shanghai\"
  [kinds]                            # all others are default_kind, \"other\" unless it says otherwise
  theft = \"pickpocket\"
  [priorities]
  urgent = 1

Exit code 1 means that something was lost: a call that never became an incident, or an incident that the server no longer knows.

--json is one object:
  {\"day\": {\"rows\": …, \"left_out\": {…}, …}, \"report\": {\"calls\": …, \"taken\": …, \"response\": {\"1\": {…}}, \"latency\": {…}, …}}";

/// Arguments of `precinct play`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct PlayArgs {
    /// A folder with a city.toml, a city.toml, or an extract: the city that is served
    city: PathBuf,
    /// The record of the day: CSV, plain or .gz [default: a day is made up]
    #[arg(long, value_name = "FILE")]
    calls: Option<PathBuf>,
    /// What the columns of the record are
    #[arg(long, value_name = "FILE", requires = "calls")]
    map: Option<PathBuf>,
    /// Where the city is served
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:7171")]
    server: String,
    /// An API key that may take calls, send units and plan tours
    #[arg(long, value_name = "KEY", env = "PRECINCT_KEY", hide_env_values = true)]
    key: String,
    /// An API key that may send positions [default: the same]
    #[arg(long, value_name = "KEY")]
    positions_key: Option<String>,
    /// Where in the record to begin: 2024-01-08 or 2024-01-08T06:00 in the city's time zone, or with an offset
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Where to end
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
    /// Units in all [default: as many as is usual for the posts, six to a police station]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    units: Option<u32>,
    /// Calls of a day that is made up [default: one for each 600 people]
    #[arg(long, conflicts_with = "calls", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    count: Option<u32>,
    /// The number that chance follows from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Crews never decline, fall silent, refuel or call for help
    #[arg(long)]
    calm: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Answer<'a> {
    day: DayAnswer<'a>,
    /// What crews' times and the streets' come from, if the city is calibrated.
    #[serde(skip_serializing_if = "Option::is_none")]
    calibration: Option<CalibrationSummary>,
    report: &'a Report,
}

#[derive(Serialize)]
struct DayAnswer<'a> {
    rows: u64,
    from: String,
    to: String,
    left_out: &'a std::collections::BTreeMap<String, u64>,
    unmapped: &'a std::collections::BTreeMap<String, u64>,
    faults: Vec<String>,
}

impl PlayArgs {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let bar = Bar::new();
        let place = Place::open(&self.city, shared, None, &bar)?;
        let network = place.network_at(Profile::PoliceCar, HourOfWeek::default())?;
        let client = Client::new(&self.server, &self.key, Patience::default());
        let client = match &self.positions_key {
            Some(key) => client.with_positions_key(key),
            None => client,
        };
        bar.step("reading the day");
        let (mut day, window) = self.day(&place.city, &client)?;
        told_about(&day, self.json);
        let calls = std::mem::take(&mut day.calls);
        let settings = Settings {
            seed: self.seed,
            units: self.units.map(|units| units as usize),
            whims: if self.calm {
                Whims { declines: 0, silent: 0, sos: 0, fuel: 0 }
            } else {
                Whims::default()
            },
            window,
        };
        let habits = Measured::new(&place.city, zone(&place.city.time_zone)?);
        let watch = &mut |glance| bar.say(shown(glance));
        let report = play(&client, (&network, &habits), calls, &settings, watch)?;
        drop(bar);
        if self.json {
            let used = place.city.calibrated_for(Profile::PoliceCar);
            let calibration = used.map(CalibrationSummary::of);
            out.json(&Answer { day: answer(&day, window), calibration, report: &report })?;
        } else {
            out.line(&fitting::statement(shared.lang(), &place.city, Profile::PoliceCar))?;
            told(&day, &report, out)?;
        }
        Ok(if report.is_whole() { Done::Yes } else { Done::No })
    }

    /// The day that is played, cut to its time.
    fn day(&self, city: &City, client: &Client) -> Result<(Day, Window), Failure> {
        let zone = zone(&city.time_zone)?;
        let (from, to) = (time(self.from.as_ref(), &zone)?, time(self.to.as_ref(), &zone)?);
        let Some(path) = &self.calls else {
            let from = if from.is_none() && to.is_none() {
                Some(client.clock().map_err(precinct_play::PlayError::from)?.now)
            } else {
                from
            };
            let window = Window::of(&Day::default(), &zone, from, to).ok_or_else(nothing)?;
            return Ok((generate(city, window, self.count, self.seed)?, window));
        };
        let mut day = read_day(path, mapping(self.map.as_deref())?)?;
        let window = Window::of(&day, &zone, from, to).ok_or_else(nothing)?;
        window.cut(&mut day);
        Ok((day, window))
    }
}

fn nothing() -> Failure {
    Failure::Nothing(
        "the record has no calls that can be played: check it, or its mapping".to_owned(),
    )
}

/// A time of the command line: with an offset, or in the city's zone.
pub(super) fn time(text: Option<&String>, zone: &Zone) -> Result<Option<Timestamp>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let local = || {
        let formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"];
        let day = zone.read("%Y-%m-%dT%H:%M", &format!("{text}T00:00"));
        formats.iter().find_map(|format| zone.read(format, text)).or(day)
    };
    from_rfc3339(text).or_else(local).map(Some).ok_or_else(|| {
        Failure::Usage(format!(
            "{text:?} is no time: write 2024-01-08, 2024-01-08T06:00 or 2024-01-08T06:00:00Z"
        ))
    })
}

/// The line that whoever waits sees.
fn shown(glance: Glance) -> String {
    let Glance { now, taken, open, waiting, on_duty, busy } = glance;
    let now = rfc3339(now);
    format!(
        "{now}  {taken} taken in, {open} open, {waiting} waiting, {busy} of {on_duty} units busy"
    )
}

fn answer(day: &Day, window: Window) -> DayAnswer<'_> {
    DayAnswer {
        rows: day.rows,
        from: rfc3339(window.from),
        to: rfc3339(window.to),
        left_out: &day.left_out,
        unmapped: &day.unmapped,
        faults: day.faults.listed.iter().map(ToString::to_string).collect(),
    }
}

fn told(day: &Day, report: &Report, out: &mut Out) -> Result<(), Failure> {
    out.heading("The day")?;
    let mut table = Table::new(&[("", Align::Left), ("", Align::Right)]);
    let mut row = |what: &str, count: u64| table.row([what.to_owned(), grouped(count)]);
    row("rows of the record", day.rows);
    for (why, &count) in &day.left_out {
        row(&format!("left out: {why}"), count);
    }
    let stages = [
        ("calls played", report.calls),
        ("taken in", report.taken),
        ("a unit sent", report.dispatched),
        ("a unit on scene", report.arrived),
        ("closed", report.closed),
    ];
    for (what, count) in stages {
        row(what, count as u64);
    }
    out.text(&table.render(out.bold()))?;
    let mut unmapped: Vec<(&String, &u64)> = day.unmapped.iter().collect();
    unmapped.sort_by_key(|&(_, &count)| std::cmp::Reverse(count));
    for (kind, &count) in unmapped.into_iter().take(SHOWN) {
        out.line(&format!("  not mapped: {kind} ({})", grouped(count)))?;
    }
    response(report, out)?;
    losses(report, out)?;
    traffic(report, out)
}

fn response(report: &Report, out: &mut Out) -> Result<(), Failure> {
    out.heading("From the call to the first unit on scene")?;
    let mut table = Table::new(&[
        ("Priority", Align::Left),
        ("Arrived", Align::Right),
        ("Median", Align::Right),
        ("9 in 10", Align::Right),
        ("In the record", Align::Right),
        ("Median", Align::Right),
        ("9 in 10", Align::Right),
    ]);
    let minutes = |ms: i64| clock(Millis(u32::try_from(ms.max(0)).unwrap_or(u32::MAX)));
    for (priority, times) in &report.response {
        table.row([
            priority.to_string(),
            grouped(times.arrived as u64),
            minutes(times.median_ms),
            minutes(times.p90_ms),
            grouped(times.recorded as u64),
            minutes(times.recorded_median_ms),
            minutes(times.recorded_p90_ms),
        ]);
    }
    out.text(&table.render(out.bold()))
}

fn losses(report: &Report, out: &mut Out) -> Result<(), Failure> {
    if !report.is_whole() {
        out.heading("Lost")?;
        for (call, why) in report.not_taken.iter().take(SHOWN) {
            out.line(&format!("  call {call} was not taken in: {why}"))?;
        }
        let count = report.not_taken.len().saturating_sub(SHOWN);
        if count > 0 {
            out.line(&format!("  and {count} more"))?;
        }
        if report.not_played > 0 {
            out.line(&format!("  {} calls were not played before the end", report.not_played))?;
        }
        if !report.forgotten.is_empty() {
            out.line(&format!("  incidents the server does not know: {:?}", report.forgotten))?;
        }
    }
    Ok(())
}

fn traffic(report: &Report, out: &mut Out) -> Result<(), Failure> {
    out.heading("The server")?;
    let latency = report.latency;
    let ms = |us: u64| format!("{}.{} ms", us / 1_000, us / 100 % 10);
    let rate = report.commands_per_1000_s;
    out.line(&format!(
        "  {} questions, {}.{} a second, {} asked again; answers {} median, {} of 99 in 100, {} longest",
        grouped(report.commands),
        rate / 1_000,
        rate / 100 % 10,
        grouped(report.repeated),
        ms(latency.p50_us),
        ms(latency.p99_us),
        ms(latency.max_us),
    ))?;
    let left_out: u64 = report.fixes_left_out.values().sum();
    out.line(&format!(
        "  {} positions sent, {} of them left out, {} frames not taken",
        grouped(report.fixes),
        grouped(left_out),
        grouped(report.frames_failed)
    ))?;
    for (what, refusals) in &report.refusals {
        out.line(&format!(
            "  refused: {what}, {} times; first: {}",
            grouped(refusals.count),
            refusals.first
        ))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_local_unless_they_say_otherwise() {
        let zone = Zone::named("America/Los_Angeles").unwrap();
        let at = |text: &str| time(Some(&text.to_owned()), &zone).unwrap().map(rfc3339).unwrap();
        assert_eq!(at("2024-01-08"), "2024-01-08T08:00:00.000Z");
        assert_eq!(at("2024-01-08T06:30"), "2024-01-08T14:30:00.000Z");
        assert_eq!(at("2024-01-08T06:30:00Z"), "2024-01-08T06:30:00.000Z");
        assert!(time(Some(&"monday".to_owned()), &zone).is_err());
        assert_eq!(time(None, &zone).unwrap(), None);
    }
}
