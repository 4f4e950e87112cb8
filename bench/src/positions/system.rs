//! What the system tells of a thread and of this process.

use precinct_bench::timing::microseconds;

/// Nanoseconds this thread has run on a processor; nothing where the system does not tell.
pub(super) fn thread_ns() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

/// Resident memory of this process, in bytes.
pub(super) fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok());
    pages.unwrap_or(0) * 4_096
}

/// Runs `call` and tells how many microseconds of a processor it took; by the clock where the system does not tell.
pub(super) fn processor_us<T>(call: impl FnOnce() -> T) -> (f64, T) {
    let before = thread_ns();
    let (clock, answer) = microseconds(call);
    let taken = thread_ns().zip(before).map(|(after, before)| (after - before) as f64 / 1e3);
    (taken.unwrap_or(clock), answer)
}
