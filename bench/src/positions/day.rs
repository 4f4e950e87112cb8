//! The whole job at once: fixes come, views are made, others ask.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use precinct_base::LonLat;
use precinct_bench::crowd;
use precinct_bench::results::{figure, grouped};
use precinct_bench::timing::Times;
use precinct_positions::Reader;

use super::system::thread_ns;
use super::{Bench, LIMIT, NEAREST, hear};

/// Nearest queries a second, of all readers together.
const RATE: u64 = 10_000;
const READERS: u64 = 2;
/// Each reader asks so many at a time.
const BURST: u64 = 5;
/// Bursts of fixes in a second.
const PARTS: usize = 20;

/// What the writer did.
struct Written {
    fixes: u64,
    cpu: Option<f64>,
    wall: f64,
    late: u64,
}

/// Runs for so many seconds.
pub(super) fn measure(mut bench: Bench, seconds: u64) -> String {
    let first = bench.second();
    bench.hear(&first);
    bench.positions.tick(bench.now);
    let incidents = crowd::incidents(&bench.units, 100_000, 8);
    // Made beforehand, so that the writer's time is that of the writer; the same three seconds again and again, later each time.
    let rounds: Vec<_> = (0..3).map(|_| bench.second()).collect();
    let reader = bench.positions.reader();
    let done = AtomicBool::new(false);
    let (written, asked) = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..READERS)
            .map(|number| {
                let (reader, incidents, done) = (reader.clone(), &incidents, &done);
                scope.spawn(move || ask(&reader, incidents, number, done))
            })
            .collect();
        let written = write(&mut bench, rounds, seconds);
        done.store(true, Ordering::Relaxed);
        let asked = readers.into_iter().map(|reader| reader.join().expect("a reader"));
        (written, Times::merged(asked.collect::<Vec<_>>()))
    });
    bench.check();
    tell(&written, &asked)
}

fn write(
    bench: &mut Bench,
    mut rounds: Vec<Vec<precinct_positions::Fix>>,
    seconds: u64,
) -> Written {
    let (began, cpu) = (Instant::now(), thread_ns());
    let mut written = Written { fixes: 0, cpu: None, wall: 0.0, late: 0 };
    let part = Duration::from_secs(1) / PARTS as u32;
    let mut due = began;
    for second in 0..seconds as usize {
        bench.now.0 += 1_000;
        let fixes = &mut rounds[second % 3];
        for fix in fixes.iter_mut() {
            fix.time = bench.now;
        }
        for some in fixes.chunks(fixes.len().div_ceil(PARTS)) {
            let taken = hear(&mut bench.positions, bench.now, some);
            assert_eq!(taken.taken, some.len() as u64);
            written.fixes += taken.taken;
            due += part;
            match due.checked_duration_since(Instant::now()) {
                Some(left) => std::thread::sleep(left),
                None => written.late += 1,
            }
        }
        written.wall = began.elapsed().as_secs_f64();
        bench.positions.tick(bench.now);
    }
    written.cpu = thread_ns().zip(cpu).map(|(after, before)| (after - before) as f64 / 1e9);
    // The places are those of the round that came last.
    for fix in &rounds[(seconds as usize - 1) % 3] {
        bench.units[fix.unit.index()] = fix.at;
    }
    written
}

fn ask(reader: &Reader, incidents: &[LonLat], number: u64, done: &AtomicBool) -> Times {
    let pause = Duration::from_micros(1_000_000 * BURST * READERS / RATE);
    let mut times = Vec::new();
    let (mut due, mut next) = (Instant::now(), number as usize * incidents.len() / 2);
    while !done.load(Ordering::Relaxed) {
        for _ in 0..BURST {
            let start = Instant::now();
            let near = reader.view().nearest(incidents[next % incidents.len()], NEAREST, LIMIT);
            times.push(start.elapsed().as_secs_f64() * 1e6);
            assert!(!near.is_empty(), "somebody is near");
            next += 1;
        }
        due += pause;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
    }
    times.into_iter().collect()
}

fn tell(written: &Written, asked: &Times) -> String {
    let share = written.cpu.map_or_else(
        || "not told by this system".to_owned(),
        |cpu| format!("{} %", figure(cpu / written.wall * 100.0)),
    );
    format!(
        "All at once for {} s: one thread hears {} fixes a second in {PARTS} bursts and makes a view each second; {READERS} others ask for the nearest \
         {} times a second.\n\n| figure | value | at least |\n|---|---:|---:|\n| fixes a second | {} | 740,000 |\n| share of a core the writer's thread takes, \
         ticks among it | {share} | at most 50 % |\n| bursts that were not done in their time | {} |  |\n| nearest: p50 | {} µs |  |\n| nearest: p99 | {} µs | at most \
         5,000 µs |\n| nearest: the slowest of {} | {} µs |  |\n",
        figure(written.wall),
        grouped(crowd::UNITS as u64),
        grouped(RATE),
        figure(written.fixes as f64 / written.wall),
        written.late,
        figure(asked.median()),
        figure(asked.quantile(0.99)),
        grouped(asked.count() as u64),
        figure(asked.quantile(1.0)),
    )
}
