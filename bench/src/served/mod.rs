//! A served city under load, from outside: the program is started, spoken to over HTTP, killed and started again.

mod client;
mod devices;
mod killed;
mod load;
mod memory;
mod process;
mod slow;

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use client::Client;
use load::{Load, Measured};
use process::Process;
use slow::Slow;

/// Clients that give commands.
const CLIENTS: u32 = 64;
/// Commands a second that are asked of it.
const PACE: u64 = 500;

/// The report, of so many seconds of paced load and of as much as it takes.
pub(crate) fn report(program: &Path, city: &Path, (seconds, flood): (u64, u64)) -> String {
    let folder = std::env::temp_dir().join(format!("precinct-served-{}", std::process::id()));
    let mut process = Process::start(program, city, &folder, Vec::new());
    let key = process.key();
    let control = Client::new(process.address(), &key);
    load::prepare(&control, CLIENTS);
    let devices = devices::enrol(&control);
    let mut text = String::from(
        "Command: `cargo build --profile quick -p precinct-cli && cargo run --profile quick -p precinct-bench -- served --write`. \
         San Francisco, served by a process of its own; 64 clients take incidents through their lives (intake with text, \
         recommendation, dispatch, acknowledged, en route, on scene, clear, resolve), each waiting for its answer; beside them a gateway \
         sends 2,000 positions a second in frames, 250 devices send 2,000 more one by one as OsmAnd does, and somebody watches the stream. A closed incident leaves the board after five minutes. Client and server share the two cores.\n\n\
         | load | commands/s | p50 ms | p99 ms | longest ms | recommendation p50 ms | p99 ms | fixes one by one/s | p99 ms | stream behind p99 ms | server's memory MB |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    let mut grown = String::new();
    let loads =
        [("500 a second asked for", Some(PACE), seconds), ("as fast as it goes", None, flood)];
    for (name, pace, seconds) in loads {
        let lasts = Duration::from_secs(seconds);
        let wish = Load { clients: CLIENTS, pace, lasts, devices: &devices };
        let (measured, memory) =
            memory::watched(&process, lasts, || wish.put(process.address(), &key));
        let name = format!("{name}, {seconds} s");
        // Said at once, too: an hour is not to be lost by what comes after it.
        let row = row(&name, &measured, process.memory_mb());
        eprintln!("{row}");
        let _ = writeln!(text, "{row}");
        if pace.is_some() {
            grown = memory.report(measured.incidents_an_hour());
            eprint!("{grown}");
        }
    }
    let _ = write!(text, "\n{grown}");
    let killed = killed::report(&mut process, &key);
    eprint!("{killed}");
    let _ = write!(text, "\n{killed}");
    drop(process);
    let _ = write!(text, "\n{}", on_a_slow_disk(program, city, &folder.with_extension("slow")));
    std::fs::remove_dir_all(&folder).expect("a folder to remove");
    text
}

fn on_a_slow_disk(program: &Path, city: &Path, folder: &Path) -> String {
    let (slow, data) = (Slow::build(folder), folder.join("data"));
    let process = Process::start(program, city, &data, slow.environment(&data));
    let key = process.key();
    load::prepare(&Client::new(process.address(), &key), 1);
    let text = slow::report(&process, &slow, &key);
    drop(process);
    std::fs::remove_dir_all(folder).expect("a folder to remove");
    text
}

fn row(name: &str, measured: &Measured, memory: u64) -> String {
    let commands = measured.commands();
    let advice = measured.advice();
    let fixes = measured.fixes();
    format!(
        "| {name} | {:.0} | {:.1} | {:.1} | {:.0} | {:.1} | {:.1} | {:.0} | {:.1} | {:.0} | {memory} |",
        commands.count as f64 / measured.took.as_secs_f64(),
        commands.p50,
        commands.p99,
        commands.longest,
        advice.p50,
        advice.p99,
        fixes.count as f64 / measured.took.as_secs_f64(),
        fixes.p99,
        measured.lag().p99,
    )
}
