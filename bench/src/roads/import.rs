//! Imports, each in a process of its own so that its memory can be told.

use std::path::Path;
use std::process::{Command, ExitCode};

use precinct_bench::ny;
use precinct_bench::results::{Markdown, figure, grouped};
use precinct_bench::timing::{median, microseconds};
use precinct_osm::{ClassSpeeds, Clip, RoadOptions, Silent, read_roads};
use serde_json::{Value, json};

const ROUNDS: usize = 5;

/// Imports one file and prints what was found and what it took.
pub(crate) fn one(file: &Path) -> ExitCode {
    let (read_us, draft) = microseconds(|| {
        if file.is_dir() {
            return Ok(ny::draft(file));
        }
        let (clip, speeds) = (Clip::default(), ClassSpeeds::default());
        let options = RoadOptions { clip: &clip, speeds: &speeds, progress: &Silent };
        read_roads(file, &options).map(|roads| roads.draft)
    });
    let draft = match draft {
        Ok(draft) => draft,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(3);
        }
    };
    let (build_us, map) = microseconds(|| ny::map(&draft));
    let told = json!({
        "nodes": map.node_count(),
        "segments": map.segment_count(),
        "read_ms": read_us / 1e3,
        "build_ms": build_us / 1e3,
        "peak_kb": peak_kb(),
    });
    println!("{told}");
    ExitCode::SUCCESS
}

/// The most memory this process held at once; nothing where the system does not tell.
pub(super) fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// All files that are there.
pub(super) fn table() -> Markdown {
    let headings = ["import", "file", "nodes", "segments", "read", "road map made", "peak memory"];
    let mut table = Markdown::new(&headings);
    let data = ny::folder().and_then(|folder| folder.parent().map(Path::to_owned));
    let Some(data) = data else { return table };
    for (city, file) in [
        ("San Francisco", "sf/san-francisco.osm.pbf"),
        ("Macau", "macau/macau-260220.osm.pbf"),
        ("Wuhan", "wuhan/wuhan.osm.pbf"),
        ("New York (DIMACS)", "ny"),
    ] {
        if let Some(row) = row(city, &data.join(file)) {
            table.row(&row);
        }
    }
    table
}

fn row(city: &str, file: &Path) -> Option<[String; 7]> {
    let bytes = size(file)?;
    let runs: Vec<Value> = (0..ROUNDS).map(|_| child(file)).collect();
    let whole = |key: &str| runs[0][key].as_u64().map_or_else(String::new, grouped);
    let middle = |key: &str| median(runs.iter().filter_map(|run| run[key].as_f64()));
    for key in ["nodes", "segments"] {
        assert!(runs.iter().all(|run| run[key] == runs[0][key]), "{city} is the same every time");
    }
    Some([
        city.to_owned(),
        format!("{} MB", figure(bytes as f64 / 1e6)),
        whole("nodes"),
        whole("segments"),
        format!("{} ms", figure(middle("read_ms"))),
        format!("{} ms", figure(middle("build_ms"))),
        format!("{} MB", figure(middle("peak_kb") / 1e3)),
    ])
}

/// The bytes of a file or of the files in a folder; nothing if it is not there.
fn size(path: &Path) -> Option<u64> {
    if path.is_file() {
        return std::fs::metadata(path).ok().map(|file| file.len());
    }
    let files = std::fs::read_dir(path).ok()?;
    Some(files.filter_map(|file| Some(file.ok()?.metadata().ok()?.len())).sum())
}

/// Runs this program again for one file.
fn child(file: &Path) -> Value {
    let program = std::env::current_exe().expect("this program has a file");
    let output = Command::new(program).arg("import").arg(file).output();
    let output = output.expect("this program can be started again");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one line of JSON")
}
