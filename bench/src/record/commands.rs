//! Commands acknowledged durably, with so many clients waiting.

use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::{Duration, Instant};

use precinct_base::UnitId;
use precinct_core::{Fact, IncidentId};
use precinct_engine::live::{SystemChance, SystemClock};
use precinct_engine::{Ask, Clock as _, Disk, Engine, Outcome, Request};
use precinct_journal::{Options, verify};

use super::day;

/// One row of the table.
pub(super) fn measure(folder: &Path, clients: u64, seconds: u64) -> String {
    let data = folder.join(format!("commands-{clients}"));
    let disk = Disk::open(&data, Options::default()).expect("a data folder");
    let mut engine = Engine::start(disk, SystemClock::default(), SystemChance).expect("an engine");
    let wall = SystemClock::default().read().wall;
    for (n, order) in day::begin(clients as u32, wall).into_iter().enumerate() {
        let done = engine.turn(vec![day::request(n as u64, u64::MAX, order)]);
        assert!(matches!(done[..], [Outcome::Done(_)]), "{done:?}");
    }
    let before = engine.head().seq;
    let (asks, waiting) = sync_channel(4_096);
    let until = Instant::now() + Duration::from_secs(seconds);
    let began = Instant::now();
    let mut waits: Vec<Duration> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..clients)
            .map(|client| {
                let asks = asks.clone();
                scope.spawn(move || work(client, &asks, until))
            })
            .collect();
        drop(asks);
        engine.serve(&waiting, &mut ());
        threads.into_iter().flat_map(|thread| thread.join().expect("a client")).collect()
    });
    let took = began.elapsed();
    // Every acknowledged command has a record; the rest are the engine's own.
    let records = engine.head().seq - before;
    assert!(records >= waits.len() as u64);
    let turns = engine.turns();
    drop(engine);
    assert!(verify(&data, &[], &mut |_| {}).expect("a journal").is_whole());
    std::fs::remove_dir_all(&data).expect("a folder to remove");
    waits.sort_unstable();
    let ms = |at: usize| waits[at.min(waits.len() - 1)].as_secs_f64() * 1e3;
    let (count, last) = (waits.len(), waits.len() - 1);
    format!(
        "| {clients} | {:.0} | {:.2} | {:.2} | {:.1} | {:.1} |",
        count as f64 / took.as_secs_f64(),
        ms(count / 2),
        ms(count * 99 / 100),
        ms(last),
        count as f64 / (turns as f64 - day::begin(clients as u32, wall).len() as f64).max(1.0)
    )
}

/// One client: takes incidents through their lives until the time is up; how long each command took.
fn work(client: u64, asks: &SyncSender<Ask>, until: Instant) -> Vec<Duration> {
    let mut waits = Vec::new();
    let (mut n, mut incident) = (0, IncidentId(0));
    while Instant::now() < until {
        let order = day::step(client << 32 | n, n % day::STEPS, incident, UnitId(client as u32));
        let began = Instant::now();
        let facts = ask(asks, day::request(n, client, order));
        waits.push(began.elapsed());
        if let Some(Fact::IncidentOpened(opened)) = facts.first() {
            incident = opened.incident;
        }
        n += 1;
    }
    waits
}

fn ask(asks: &SyncSender<Ask>, request: Request) -> Vec<Fact> {
    let (reply, outcome) = sync_channel(1);
    let answer = move |outcome| reply.send(outcome).expect("a client that waits");
    asks.send(Ask::new(request, answer)).expect("an engine that listens");
    match outcome.recv().expect("an answer") {
        Outcome::Done(done) if !done.repeated => done.facts,
        other => panic!("{other:?}"),
    }
}
