//! Precinct's own figures, every one with its answer checked.

mod advice;
mod containment;
mod gazetteer;
mod ideas;
mod planner;
mod positions;
mod record;
mod roads;
mod served;
mod tiles;
mod whatif;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use precinct_bench::{ny, results};

/// Measures Precinct; panics where an answer is wrong.
#[derive(Parser)]
#[command(after_help = "Example: cargo run --profile bench -p precinct-bench -- roads --write")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Searches on New York's roads, the road file, imports
    Roads {
        /// Put the tables into bench/RESULTS.md
        #[arg(long)]
        write: bool,
        /// Also the nearest of 740,000 units, on New York ninety times over: needs 7 GB and two to five minutes
        #[arg(long)]
        nation: bool,
    },
    /// What each idea in the searches buys
    Ideas {
        /// Put the table into bench/RESULTS.md
        #[arg(long)]
        write: bool,
    },
    /// Where posts go: New York with 2,000 candidates, and twenty million places of demand
    Planner {
        /// Put the table into bench/RESULTS.md
        #[arg(long)]
        write: bool,
    },
    /// Whom to send: San Francisco with 10,000 units
    Advice {
        /// Put the table into bench/RESULTS.md
        #[arg(long)]
        write: bool,
    },
    /// Keeping somebody in who left: a thousand on New York and on San Francisco
    Containment {
        /// Put the table into bench/RESULTS.md
        #[arg(long)]
        write: bool,
        /// Only write down some balls with our cuts, for bench/peers/containment
        #[arg(long, value_name = "DIR", conflicts_with = "write")]
        dump: Option<PathBuf>,
    },
    /// Commands that wait for the disk, replay, recovery, memory
    Record {
        /// Put the tables into bench/RESULTS.md
        #[arg(long)]
        write: bool,
        /// Also a journal of ten million events: needs 8 GB of disk and some minutes
        #[arg(long)]
        whole: bool,
        /// Where journals are made: on the disk that is to be measured
        #[arg(long, default_value = "build", value_name = "DIR")]
        folder: PathBuf,
    },
    /// Fixes heard, views made, the nearest found: 740,000 units
    Positions {
        /// Put the tables into bench/RESULTS.md
        #[arg(long)]
        write: bool,
        /// How long all is done at once
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
        seconds: u64,
    },
    /// The base map: made, kept, cut into tiles
    Tiles {
        /// Put the table into bench/RESULTS.md
        #[arg(long)]
        write: bool,
        /// Also leave the tiles of Macau in a folder, as Z/X/Y.mvt, to be looked at
        #[arg(long, value_name = "DIR")]
        keep: Option<PathBuf>,
    },
    /// Places found by name, on San Francisco and Macau
    Gazetteer {
        /// Put the tables into bench/RESULTS.md
        #[arg(long)]
        write: bool,
    },
    /// A served city under load: commands, advice, positions and the stream over HTTP, a kill in the middle
    Served {
        /// Put the table into bench/RESULTS.md
        #[arg(long)]
        write: bool,
        /// The program that serves
        #[arg(long, value_name = "FILE", default_value = "target/quick/precinct")]
        program: PathBuf,
        /// The city it serves
        #[arg(long, value_name = "CITY", default_value = "cities/san-francisco/city.toml")]
        city: PathBuf,
        /// Seconds of the paced load; `make soak` takes an hour
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
        seconds: u64,
        /// Seconds of the load that is as much as it takes
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
        flood: u64,
    },
    /// A year of calls simulated, a hundred variants, the same trace beside another simulator
    Whatif {
        /// Put the table into bench/RESULTS.md
        #[arg(long)]
        write: bool,
        /// A Python that has the other simulator, as bench/peers/simulation.py wants it
        #[arg(long, value_name = "FILE")]
        python: Option<PathBuf>,
    },
    /// Import one file and print what it took: extract, or the folder of the New York files
    #[command(hide = true)]
    Import {
        /// The file
        file: PathBuf,
    },
    /// The nearest units at the scale of a nation
    #[command(hide = true)]
    Nation,
}

fn main() -> ExitCode {
    match Arguments::parse().what {
        What::Import { file } => roads::import::one(&file),
        What::Nation => on_new_york(|folder| println!("{}", roads::nation::measure(folder))),
        What::Roads { write, nation } => on_new_york(|folder| {
            tell("roads", &roads::report(folder, nation), write);
        }),
        What::Advice { write } => advice(write),
        What::Planner { write } => on_new_york(|folder| {
            tell("planner", &planner::report(folder), write);
        }),
        What::Containment { dump: Some(to), .. } => on_new_york(|folder| {
            containment::dump(folder, &to);
        }),
        What::Containment { write, dump: None } => on_new_york(|folder| {
            tell("containment", &containment::report(folder), write);
        }),
        What::Record { write, whole, folder } => {
            let size = if whole { record::Size::WHOLE } else { record::Size::SHORT };
            tell("record", &record::report(&folder, size), write);
            ExitCode::SUCCESS
        }
        What::Positions { write, seconds } => {
            tell("positions", &positions::report(seconds), write);
            ExitCode::SUCCESS
        }
        What::Tiles { write, keep } => {
            tell("tiles", &tiles::report(keep.as_deref()), write);
            ExitCode::SUCCESS
        }
        What::Gazetteer { write } => {
            match gazetteer::report() {
                Some(text) => tell("gazetteer", &text, write),
                None => eprintln!(
                    "skipped: San Francisco and Macau are not there; set PRECINCT_DATA to the folder that holds sf/ and macau/"
                ),
            }
            ExitCode::SUCCESS
        }
        What::Served { write, program, city, seconds, flood } => {
            tell("served", &served::report(&program, &city, (seconds, flood)), write);
            ExitCode::SUCCESS
        }
        What::Whatif { write, python } => {
            match whatif::report(python.as_deref()) {
                Some(text) => tell("whatif", &text, write),
                None => eprintln!(
                    "skipped: San Francisco is not there; set PRECINCT_DATA to the folder that holds sf/"
                ),
            }
            ExitCode::SUCCESS
        }
        What::Ideas { write } => on_new_york(|folder| {
            tell("ideas", &ideas::report(&ny::load(folder)), write);
        }),
    }
}

fn advice(write: bool) -> ExitCode {
    match advice::report() {
        Some(text) => tell("advice", &text, write),
        None => eprintln!(
            "skipped: sf/san-francisco.osm.pbf is not there; set PRECINCT_DATA to the folder that holds sf/ and ny/"
        ),
    }
    ExitCode::SUCCESS
}

fn on_new_york(run: impl FnOnce(&std::path::Path)) -> ExitCode {
    match ny::folder() {
        Some(folder) => run(&folder),
        None => eprintln!(
            "skipped: the New York files of the 9th DIMACS challenge are not there; set PRECINCT_DATA to the folder that holds ny/"
        ),
    }
    ExitCode::SUCCESS
}

fn tell(section: &str, text: &str, write: bool) {
    println!("{text}");
    if write {
        match results::write(section, text) {
            Ok(()) => eprintln!("written to bench/RESULTS.md"),
            Err(error) => eprintln!("bench/RESULTS.md cannot be written: {error}"),
        }
    }
}
