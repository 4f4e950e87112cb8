//! The track of a stretch of time as one block of bytes: what units drove, for the review of an incident.
//!
//! A block holds the fixes of many units, sorted by unit and time. Each unit's are apart, found by a table, so that one unit can be
//! read without the others. Checksums (CRC-32, ISO 3309) cover the table and each unit's bytes: any flipped byte is found when it
//! is read, and never any sooner than needed. All numbers are little-endian.
//!
//! | bytes | what |
//! |--:|---|
//! | 8 | `PRCTRK1\n` |
//! | 4 | units in the table, `n` |
//! | 8 | the instant of the first fix, milliseconds since 1970 |
//! | 8 | the instant of the last fix |
//! | `n` × 16 | unit; fixes; where its bytes end, counted from the end of the table; their checksum |
//! | 4 | checksum of all before |
//! | | each unit's fixes, [packed](encode()) one after another |
//!
//! ```
//! use precinct_base::{LonLat, Timestamp, UnitId};
//! use precinct_positions::{Fix, track};
//!
//! let fix = |unit, ms| Fix::new(UnitId(unit), LonLat::default(), Timestamp(ms));
//! let bytes = track::encode(vec![fix(2, 5_000), fix(1, 1_000), fix(2, 3_000)]).unwrap();
//! let partition = track::Partition::open(&bytes).unwrap();
//! let some = partition.unit(UnitId(2), Timestamp(4_000), Timestamp(9_000)).unwrap();
//! assert_eq!(some, [fix(2, 5_000)]);
//! ```

mod decode;
mod encode;
mod error;
mod step;
#[cfg(test)]
mod tests;

pub use decode::Partition;
pub use encode::encode;
pub use error::{TooManyFixes, TrackError};

/// What a block begins with.
pub const MAGIC: [u8; 8] = *b"PRCTRK1\n";
/// Bytes before the table.
const HEADER: usize = 28;
/// Bytes of one unit in the table.
const ENTRY: usize = 16;
/// Bytes of a checksum.
const SUM: usize = 4;
