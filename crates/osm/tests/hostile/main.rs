//! Broken and hostile files: refused or read, never a panic, and never more than 256 MB of memory for a file of up to 1 MB.
//!
//! The mutations are seeded, so that a failure is found again. `fuzz/` looks further.

mod bombs;
#[expect(dead_code, reason = "the other tests use the rest")]
#[path = "../it/common.rs"]
mod common;
mod mutate;
mod peak;
mod wire;

/// The most memory a file of up to a megabyte may take.
const MOST: usize = 256 << 20;

/// Runs `work` and fails if it takes more memory than allowed.
fn within_memory<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let (result, peak) = peak::during(work);
    assert!(peak < MOST, "{what}: {} MB", peak >> 20);
    result
}
