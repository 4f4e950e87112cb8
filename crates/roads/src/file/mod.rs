//! The road file: a road map as bytes, the same bytes on every machine.
//!
//! All numbers are little-endian. A header, a table of sections, then the sections, each at a multiple of 64 bytes and padded
//! with zeros, so that a column can be used where it lies in a mapped file.
//!
//! | bytes | what |
//! |---|---|
//! | 0..12 | `precinctroad` |
//! | 12..16 | version of the format |
//! | 16..48 | SHA-256 of every byte after these |
//! | 48..80 | fingerprint of what the map was made from |
//! | 80..88 | length of the file |
//! | 88..92 | number of sections |
//! | 92..96 | zero |
//! | 96.. | per section: number (4), bytes per element (4), offset (8), elements (8) |
//!
//! A map has exactly one file: what is read back and written again is the same bytes, and whatever differs is refused.

mod check;
mod error;
mod layout;
mod names;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use error::{RoadFileError, ValueFault};
pub use layout::{ROAD_FILE_HEADER_BYTES, ROAD_FILE_VERSION};
