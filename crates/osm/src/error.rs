//! Why a file could not be read: where, what, and what to do.

use std::io;
use std::path::PathBuf;

use crate::pbf::PbfFault;

/// Why a map file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum OsmError {
    /// The file cannot be opened or read.
    #[error("{}: cannot be read: {source}", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The name does not say a format that is read here.
    #[error(
        "{}: not a kind of map file that is read here: give .osm.pbf, .osm or .osm.gz (unpack .bz2, .xz and .7z first)",
        file.display()
    )]
    Kind {
        /// The file.
        file: PathBuf,
    },
    /// A PBF file is truncated, corrupt or made to do harm.
    #[error("{}: block at byte {offset}: {fault}; fetch or export the file again", file.display())]
    Pbf {
        /// The file.
        file: PathBuf,
        /// Where the block starts.
        offset: u64,
        /// What is wrong with it.
        fault: PbfFault,
    },
    /// An XML file is truncated or not OSM.
    #[error("{}: at byte {offset} of the XML: {what}; fetch or export the file again", file.display())]
    Xml {
        /// The file.
        file: PathBuf,
        /// Where, in bytes of the text after unpacking.
        offset: u64,
        /// What is wrong there.
        what: String,
    },
    /// A row of a DIMACS file is wrong.
    #[error("{}, row {row}: {what}", file.display())]
    Dimacs {
        /// The file.
        file: PathBuf,
        /// The row, from 1.
        row: u64,
        /// What is wrong with it and how it should be.
        what: String,
    },
    /// A DIMACS time unit that is no time.
    #[error(
        "a time unit of {numerator}/{denominator} milliseconds is no time: give two numbers from 1 to 1,000,000"
    )]
    Unit {
        /// As given.
        numerator: u32,
        /// As given.
        denominator: u32,
    },
    /// The file unfolds to far more than a map of its size holds.
    #[error(
        "{}: unfolds to far more roads and places than a file of {bytes} bytes can honestly hold; it is corrupt or made to do harm",
        file.display()
    )]
    Overdrawn {
        /// The file.
        file: PathBuf,
        /// Its size.
        bytes: u64,
    },
    /// There is more of something than the program handles.
    #[error("{}: {found} {what}, at most {limit} are handled; clip the area smaller", file.display())]
    TooMany {
        /// The file.
        file: PathBuf,
        /// Of what.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many may be.
        limit: usize,
    },
}
