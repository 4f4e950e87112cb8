//! The map file: a base map as bytes, the same bytes on every machine.
//!
//! | bytes | what |
//! |---|---|
//! | 0..12 | `precincttile` |
//! | 12..16 | version of the format, little-endian |
//! | 16..48 | SHA-256 of every byte after these |
//! | 48..80 | fingerprint of what the map was made from |
//! | 80.. | the rest, numbers as varints (signed ones zigzag) |
//!
//! The rest is the attribution, the bounds (a number of corners, 0 or 2, then longitude and latitude of each), and five lists, each
//! after its length: texts, attributes, features, parts and points. A point is two steps from the one before and the zoom from
//! which it is kept. What can be worked out — boxes and trees — is not in the file.

mod error;
mod read;
mod write;

pub use error::{MapFault, MapFileError};

/// The version of the map file's format. A file of another version is made anew, never converted.
pub const MAP_FILE_VERSION: u32 = 1;

const MAGIC: [u8; 12] = *b"precincttile";
const VERSION_AT: usize = 12;
const DIGEST_AT: usize = 16;
const DIGESTED_FROM: usize = 48;
const MADE_FROM_AT: usize = 48;
const BODY_AT: usize = 80;

#[cfg(test)]
mod tests;
