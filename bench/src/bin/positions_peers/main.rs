//! Positions beside Redis, each behind a socket of this machine and asked by the same client: `bench/peers/positions`.

mod client;
mod figures;
mod ours;
mod redis;

use std::process::ExitCode;

use clap::Parser;
use precinct_base::{LonLat, Timestamp};
use precinct_bench::crowd::{self, Dice};
use precinct_bench::results;
use precinct_positions::Fix;

/// Runs Precinct and Redis in turn and tells the ratios.
#[derive(Parser)]
struct Arguments {
    /// Units, each with a fix a round
    #[arg(long, default_value_t = crowd::UNITS, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1_000..1_000_000))]
    units: usize,
    /// Queries a round
    #[arg(long, default_value_t = 10_000, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1_000..10_000_000))]
    queries: usize,
    /// Rounds, in which both take turns
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..100))]
    rounds: u32,
    /// Put the table into bench/RESULTS.md
    #[arg(long)]
    write: bool,
}

/// What both are given.
struct Job {
    units: Vec<LonLat>,
    fixes: Vec<Fix>,
    incidents: Vec<LonLat>,
}

impl Job {
    fn new(arguments: &Arguments) -> Self {
        let mut units = crowd::nation(arguments.units);
        let mut dice = Dice(4);
        let mut order: Vec<u32> = (0..units.len() as u32).collect();
        dice.shuffle(&mut order);
        let fixes = crowd::fixes(&mut units, &order, ours::START, &mut dice);
        let incidents = crowd::incidents(&units, arguments.queries, 9);
        Self { units, fixes, incidents }
    }

    /// The same units so many seconds after the start, each so many metres east of its place: one that has not moved is no work for
    /// Redis.
    fn moved(&self, seconds: u32, metres: i32) -> Vec<Fix> {
        let time = Timestamp(ours::START.0 + i64::from(seconds) * 1_000);
        let east = |at: LonLat| LonLat::new(at.lon() + metres * 100, at.lat()).unwrap_or(at);
        self.fixes.iter().map(|fix| Fix { time, at: east(fix.at), ..*fix }).collect()
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let job = Job::new(&arguments);
    let Some(redis) = redis::Server::start() else {
        eprintln!("skipped: redis-server is not there (Debian: apt-get install redis-server)");
        return ExitCode::SUCCESS;
    };
    let version = redis.version();
    let mut figures = figures::Figures::default();
    for round in 0..arguments.rounds {
        ours::measure(&job, round, &mut figures);
        redis::measure(&redis, &job, &mut figures);
    }
    redis::compare(&redis, &job);
    let text = figures.text(&version, &arguments);
    println!("{text}");
    if arguments.write {
        results::write("positions-peers", &text).expect("bench/RESULTS.md can be written");
    }
    ExitCode::SUCCESS
}
