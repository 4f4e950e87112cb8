//! The command line: what there is to ask, and the settings every command shares.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use precinct_base::{HourOfWeek, Metres};
use precinct_city::{ClipWish, OpenOptions};
use precinct_roads::{Profile, SnapRules};

use crate::commands::{self, Done};
use crate::failure::Failure;
use crate::given::{self, ProfileName};
use crate::output::Out;
use crate::text::words::Lang;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  the answer is \"no\", or the data has faults
  2  wrong usage
  3  a file cannot be read or written, or is corrupt

CITY is a folder with a city.toml, a city.toml, or an OpenStreetMap extract (.osm.pbf, .osm, .osm.gz).

Example, from nothing:
  precinct city generate --seed 1 --people 300000 -o town
  precinct coverage town --minutes 1,3,5 --map town.svg";

/// Minutes by road: what a city's posts reach, and what they do not
#[derive(Debug, Parser)]
#[command(name = "precinct", version, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

/// Settings of every command.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Settings")]
pub(crate) struct Shared {
    /// The folder that paths in a city.toml are relative to [default: ../shared/data beside the checkout]
    #[arg(long, global = true, env = "PRECINCT_DATA", hide_env_values = true, value_name = "DIR")]
    data_root: Option<PathBuf>,
    /// Where road files are kept [default: the user's cache folder]
    #[arg(long, global = true, env = "PRECINCT_CACHE", hide_env_values = true, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// The language of tables, maps and street names [default: that of the terminal; in JSON, names as signposted]
    #[arg(long, global = true, env = "PRECINCT_LANG", hide_env_values = true, value_name = "LANG")]
    lang: Option<Lang>,
    /// What of the extract belongs to the city, in place of what its city.toml says: west,south,east,north in degrees, or a
    /// .geojson file of polygons
    #[arg(long, global = true, value_name = "W,S,E,N|FILE", value_parser = given::clip, allow_hyphen_values = true)]
    clip: Option<ClipWish>,
}

impl Shared {
    /// How to open a city.
    pub(crate) fn open_options(&self, demand: Option<&str>) -> OpenOptions {
        OpenOptions {
            data_root: self.data_root.clone(),
            cache: precinct_city::cache_folder(self.cache.clone(), |name| std::env::var_os(name)),
            demand: demand.map(str::to_owned),
            clip: self.clip.clone(),
            as_imported: false,
        }
    }

    /// The language for people.
    pub(crate) fn lang(&self) -> Lang {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty());
        Lang::or_from(self.lang, locale.as_deref())
    }

    /// The language of names for programs, if one was asked for; else names are as signposted, wherever the program runs.
    pub(crate) const fn lang_asked(&self) -> Option<Lang> {
        self.lang
    }
}

/// Who travels, when, and how places are put on roads.
#[derive(Clone, Debug, Args)]
pub(crate) struct Travel {
    /// Who travels
    #[arg(long, value_enum, default_value_t = ProfileName::Car)]
    profile: ProfileName,
    /// The hour of the week, such as fri-18, for cities whose speeds are known by the hour
    #[arg(long, value_parser = given::hour, value_name = "HOUR")]
    hour: Option<HourOfWeek>,
    /// Count roads cut off from the rest, and allow places on them
    #[arg(long)]
    islands: bool,
    /// How far from a road a place may lie, in metres
    #[arg(long, default_value_t = 1_000, value_name = "METRES", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    snap: u32,
}

impl Travel {
    /// Who travels.
    pub(crate) fn profile(&self) -> Profile {
        self.profile.into()
    }

    /// When; Monday 00:00 if nothing was said.
    pub(crate) fn hour(&self) -> HourOfWeek {
        self.hour.unwrap_or_default()
    }

    /// How places are put on roads.
    pub(crate) const fn rules(&self) -> SnapRules {
        SnapRules { limit: Metres(self.snap), islands: self.islands, door: false }
    }
}

/// What there is to ask.
#[derive(Debug, Subcommand)]
enum Command {
    /// Make, check and prepare cities
    #[command(subcommand)]
    City(commands::city::City),
    /// Show what is within so many minutes by road of a place
    Reach(commands::reach::Reach),
    /// Show how much of a city is within so many minutes of its posts
    Coverage(commands::coverage::CoverageArgs),
    /// Show the quickest way from one place to another
    Route(commands::route::RouteArgs),
    /// Work out what to do, and how well that is proven: posts, points that seal a place off, rings, lanes
    #[command(subcommand)]
    Plan(commands::plan::Plan),
    /// Serve a city: the control room's doors for consoles, phones and other systems
    Serve(commands::serve::Serve),
    /// Copy a data folder while the city is served, and verify the copy
    Backup(commands::backup::Backup),
    /// Make a data folder from a backup
    Restore(commands::restore::Restore),
    /// Check a data folder, and say what to do where something is wrong
    Doctor(commands::doctor::Doctor),
    /// Make keys for machines
    #[command(subcommand)]
    Key(commands::key::KeyCommand),
    /// Fit travel times, turnout and time on scene to a city's own record
    Calibrate(commands::calibrate::CalibrateArgs),
    /// Say where and when the public will call, from calls the public made
    Forecast(commands::forecast::ForecastArgs),
    /// Drive a served city with a recorded or generated day
    Play(Box<commands::play::PlayArgs>),
    /// Try a plan on recorded days, and hold it against another
    Simulate(Box<commands::simulate::SimulateArgs>),
    /// Look into the record of a city
    #[command(subcommand)]
    Journal(commands::journal::Journal),
    /// Go through shifts that never were, to find faults
    #[command(subcommand)]
    Sim(commands::sim::Sim),
}

impl Cli {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut Out) -> Result<Done, Failure> {
        let shared = &self.shared;
        match &self.command {
            Command::City(command) => command.run(shared, out),
            Command::Reach(command) => command.run(shared, out),
            Command::Coverage(command) => command.run(shared, out),
            Command::Route(command) => command.run(shared, out),
            Command::Plan(command) => command.run(shared, out),
            Command::Serve(command) => command.run(shared, out),
            Command::Backup(command) => command.run(out),
            Command::Restore(command) => command.run(out),
            Command::Doctor(command) => command.run(shared, out),
            Command::Key(command) => command.run(out),
            Command::Calibrate(command) => command.run(shared, out),
            Command::Forecast(command) => command.run(shared, out),
            Command::Play(command) => command.run(shared, out),
            Command::Simulate(command) => command.run(shared, out),
            Command::Journal(command) => command.run(shared, out),
            Command::Sim(command) => command.run(shared, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound_and_every_command_shows_an_example() {
        let mut command = Cli::command();
        command.build();
        command.clone().debug_assert();
        examples(&command);
    }

    fn examples(command: &clap::Command) {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        if command.has_subcommands() {
            command.get_subcommands().filter(|sub| sub.get_name() != "help").for_each(examples);
        } else {
            assert!(help.contains("precinct "), "{} has no example", command.get_name());
        }
    }

    #[test]
    fn a_place_west_of_greenwich_is_no_option() {
        let given = [
            "precinct",
            "reach",
            "sf",
            "--from",
            "-122.41,37.78",
            "--minutes",
            "2.5",
            "--hour",
            "fri-18",
        ];
        assert!(Cli::try_parse_from(given).is_ok());
    }
}
