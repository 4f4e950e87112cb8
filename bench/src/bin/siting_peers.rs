//! Precinct's side of the siting comparison: writes the models as other programs are given them, solves, and tells how long it took.

use std::path::PathBuf;
use std::time::Instant;

use clap::Parser;
use precinct_bench::{ny, sites};
use precinct_planner::{Candidate, Effort, Rows, Unwatched, solve_rows};

/// Writes merged.txt, plain.txt and ours.json into a folder
#[derive(Parser)]
struct Arguments {
    /// The folder
    folder: PathBuf,
    /// Times the question is asked
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let Some(data) = ny::folder() else {
        eprintln!(
            "skipped: the New York files are not there; set PRECINCT_DATA to the folder that holds ny/"
        );
        return Ok(());
    };
    let table = sites::table(&ny::load(&data));
    let ask = sites::ask();
    let rows = Rows::of(&table, &ask);
    std::fs::create_dir_all(&arguments.folder)?;
    std::fs::write(arguments.folder.join("merged.txt"), sites::written(&rows))?;
    std::fs::write(arguments.folder.join("plain.txt"), sites::written_plain(&table))?;
    let candidates = vec![Candidate::default(); sites::CANDIDATES];
    let mut merging = Vec::new();
    let mut solving = Vec::new();
    let mut objective = 0;
    for _ in 0..arguments.rounds.max(1) {
        let start = Instant::now();
        let rows = Rows::of(&table, &ask);
        merging.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        let answer = solve_rows(&rows, &candidates, &ask, &Effort::default(), &mut Unwatched)
            .expect("there is a plan");
        solving.push(start.elapsed().as_secs_f64());
        assert!(answer.proven, "proven");
        assert_eq!(sites::covered(&table, &answer.chosen), answer.objective, "counted again");
        objective = answer.objective;
    }
    let told =
        serde_json::json!({ "objective": objective, "merging": merging, "solving": solving });
    std::fs::write(arguments.folder.join("ours.json"), told.to_string())
}
