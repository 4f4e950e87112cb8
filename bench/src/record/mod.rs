//! The record: commands that wait for the disk, replay, recovery, memory.

mod commands;
mod day;
mod memory;
mod recover;

use std::fmt::Write as _;
use std::path::Path;

/// What is measured, at what size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Seconds for each number of clients.
    pub(crate) seconds: u64,
    /// Sizes of journals to recover, in events.
    pub(crate) events: &'static [u64],
}

impl Size {
    /// For a look.
    pub(crate) const SHORT: Self = Self { seconds: 3, events: &[1_000_000] };
    /// For the record.
    pub(crate) const WHOLE: Self = Self { seconds: 10, events: &[1_000_000, 10_000_000] };
}

/// The report, of journals in new folders below `folder`.
pub(crate) fn report(folder: &Path, size: Size) -> String {
    // First, while nothing that was freed could be taken again unseen.
    let memory = memory::measure();
    let mut text =
        String::from("Command: `cargo run --profile bench -p precinct-bench -- record --write");
    text += if size.events.len() > 1 { " --whole`\n\n" } else { "`\n\n" };
    text += "Commands acknowledged when they are on the disk. Each client waits for its answer before it asks again; a command is a step in\n\
             the life of an incident (intake with text, dispatch, acknowledged, en route, on scene, clear, resolve).\n\n\
             | clients waiting | commands/s | p50 ms | p99 ms | longest ms | commands a commit |\n|--:|--:|--:|--:|--:|--:|\n";
    for clients in [1, 8, 64, 512] {
        let _ = writeln!(text, "{}", commands::measure(folder, clients, size.seconds));
    }
    text += "\nReplay and recovery, on one core. Replay reads each record, checks its hash and its place, parses it and applies its events.\n\n\
             | events | records | bytes a record | replay, events/s | recover without snapshot, s | with snapshot, s | snapshot, MB | made in, s |\n\
             |--:|--:|--:|--:|--:|--:|--:|--:|\n";
    for &events in size.events {
        let _ = writeln!(text, "{}", recover::measure(folder, events));
    }
    let _ = write!(text, "\n{memory}");
    text
}
