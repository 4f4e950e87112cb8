//! Replay, and recovery of large journals.

use std::path::Path;
use std::time::Instant as Watch;

use precinct_base::{Instant, Timestamp, UnitId};
use precinct_core::{Command, CommandId, IncidentId, Moment, Order, State, apply, decide};
use precinct_engine::{Entry, replay, replay_all, snapshots};
use precinct_journal::{Draft, Journal, Options, Reader, snapshot};

use super::day;

/// Records in one batch while the journal is made.
const BATCH: usize = 2_048;
/// Units at work.
const UNITS: u32 = 200;
/// Records written after the snapshot: what a recovery still has to read.
const SINCE: u64 = 10_000;

/// Writes a journal, a command after another.
struct Maker {
    state: State,
    at: Moment,
    journal: Journal,
    drafts: Vec<Draft>,
    events: u64,
    commands: u64,
}

impl Maker {
    fn new(folder: &Path) -> Self {
        let journal = Journal::open(folder, &Options::default()).expect("a journal");
        let at = Moment { tick: Instant(0), wall: Timestamp(1_790_000_000_000) };
        let (state, drafts) = (State::default(), Vec::new());
        let mut maker = Self { state, at, journal, drafts, events: 0, commands: 0 };
        for order in day::begin(UNITS, at.wall) {
            maker.give(order);
        }
        maker
    }

    fn give(&mut self, order: Order) {
        let id: CommandId = day::id(self.commands, 0);
        self.commands += 1;
        let command = Command { id, by: day::by(), at: self.at, order };
        let events = decide(&self.state, &command).expect("a command that is in order");
        if events.is_empty() {
            return;
        }
        for event in &events {
            apply(&mut self.state, event);
        }
        self.events += events.len() as u64;
        let facts = events.into_iter().map(|event| event.fact).collect();
        self.drafts.push(Entry { id, at: self.at, happened: None, by: command.by, facts }.draft());
        if self.drafts.len() == BATCH {
            self.write();
        }
    }

    fn write(&mut self) {
        let expected = self.journal.last().seq;
        self.journal.append(&std::mem::take(&mut self.drafts), expected).expect("room");
    }

    /// Goes on to so many events: incidents one after another, two seconds between commands.
    fn until(&mut self, events: u64) {
        while self.events < events {
            let n = u64::from(self.state.next_incident().0);
            let (incident, unit) = (IncidentId(n as u32), UnitId(n as u32 % UNITS));
            for step in 0..day::STEPS {
                self.at = self.at.later(precinct_base::Millis(2_000));
                while self.state.deadline().is_some_and(|due| due <= self.at.tick) {
                    self.give(Order::TimePasses);
                }
                self.give(day::step(n, step, incident, unit));
            }
        }
        self.write();
    }
}

/// One row of the table.
pub(super) fn measure(folder: &Path, events: u64) -> String {
    let data = folder.join(format!("recover-{events}"));
    let mut maker = Maker::new(&data);
    maker.until(events);
    let reader = Reader::open(&data).expect("a journal");
    let began = Watch::now();
    let all = replay_all(&reader, u64::MAX).expect("whole records");
    let without = began.elapsed().as_secs_f64();
    assert!(
        all.state == maker.state && all.events == maker.events,
        "the state replayed is another"
    );
    let (replayed, records) = (all.events, all.records);
    drop(all);
    let began = Watch::now();
    let made = snapshots::make(&reader).expect("a snapshot");
    let making = began.elapsed().as_secs_f64();
    let size = snapshot::read(&data, made.seq).expect("the snapshot").bytes.len();
    maker.until(maker.events + SINCE);
    let began = Watch::now();
    let some = replay(&reader, u64::MAX).expect("whole records");
    let with = began.elapsed().as_secs_f64();
    assert!(some.state == maker.state && some.from == made.seq, "the state recovered is another");
    let bytes = std::fs::metadata(data.join("journal.db")).map_or(0, |file| file.len());
    std::fs::remove_dir_all(&data).expect("a folder to remove");
    format!(
        "| {replayed} | {records} | {} | {:.0} | {without:.2} | {with:.3} | {:.1} | {making:.1} |",
        bytes / records,
        replayed as f64 / without,
        size as f64 / 1e6,
    )
}
