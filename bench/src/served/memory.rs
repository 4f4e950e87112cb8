//! The memory of a server while it is at work: whether it grows with time.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use super::process::Process;

/// Samples that are taken over a load, one after another.
const SAMPLES: u32 = 120;
/// The part of them, at the beginning, in which what is kept for good is filled: caches, what a day needs.
const WARM: usize = 30;
/// A load that lasts so long has filled caches and board within its first quarter.
const SETTLED: Duration = Duration::from_mins(24);
/// Bytes that may be left of an incident when it has left the board: what figures keep of it and of its task, and the allocator's slack.
/// Times of requests that nobody folded were as much again.
const LEFT: f64 = 1_000.0;

/// Resident memory in megabytes, sampled evenly.
pub(super) struct Memory {
    every: Duration,
    samples: Vec<u64>,
}

/// Does it, and samples the server's memory meanwhile.
pub(super) fn watched<T>(
    process: &Process,
    lasts: Duration,
    work: impl FnOnce() -> T,
) -> (T, Memory) {
    let every = lasts / SAMPLES;
    std::thread::scope(|scope| {
        let (done, ends) = mpsc::channel::<()>();
        let watching = scope.spawn(move || {
            let mut samples = Vec::new();
            while ends.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
                samples.push(process.memory_mb());
            }
            samples
        });
        let made = work();
        drop(done);
        (made, Memory { every, samples: watching.join().expect("who watches") })
    })
}

impl Memory {
    /// How it went, with so many incidents taken in an hour: at the quarters, and the slope of a straight line through all but the first
    /// quarter. Once caches and the board are full, nothing but what figures keep may come on top.
    pub(super) fn report(&self, incidents: f64) -> String {
        let at = |part: usize| {
            self.samples
                .get((self.samples.len() * part / 4).saturating_sub(1))
                .copied()
                .unwrap_or(0)
        };
        let (slope, lasts) = (self.slope(), self.every * SAMPLES);
        let each = slope * 1e6 / incidents.max(1.0);
        assert!(
            lasts < SETTLED || each < LEFT,
            "{each:.0} bytes are left of every incident: something is never given back"
        );
        format!(
            "Memory under the paced load after each quarter of its {} s: {}, {}, {}, {} MB; a straight line through the last three quarters grows by {slope:.0} MB an hour, {each:.0} bytes for each incident taken in, of which figures are made for 400 days.\n",
            lasts.as_secs(),
            at(1),
            at(2),
            at(3),
            at(4),
        )
    }

    /// Megabytes an hour, by least squares.
    fn slope(&self) -> f64 {
        let hour = self.every.as_secs_f64() / 3_600.0;
        let points: Vec<(f64, f64)> = self
            .samples
            .iter()
            .enumerate()
            .skip(WARM)
            .map(|(n, &mb)| (n as f64 * hour, mb as f64))
            .collect();
        let count = points.len().max(1) as f64;
        let (mean_x, mean_y) = (
            points.iter().map(|point| point.0).sum::<f64>() / count,
            points.iter().map(|point| point.1).sum::<f64>() / count,
        );
        let both: f64 = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
        let square: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
        if square > 0.0 { both / square } else { 0.0 }
    }
}
