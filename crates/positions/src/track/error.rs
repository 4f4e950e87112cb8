//! Why bytes are no track, and why a track cannot be bytes.

use precinct_base::{UnitId, caps};

/// A partition is too large: make it of a shorter time, or of fewer units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{count} fixes are too many for one partition of the track: make partitions of a shorter time, at most {limit} fixes each",
    limit = caps::TRACK_FIXES
)]
pub struct TooManyFixes {
    /// How many there are.
    pub count: usize,
}

/// Why bytes are not a partition of a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrackError {
    /// They do not begin as a track does.
    #[error(
        "these bytes are no track: they do not begin with PRCTRK1; give a file that Precinct wrote"
    )]
    Magic,
    /// They end before the table does.
    #[error(
        "the track ends after {bytes} bytes, within its table: the file was cut short; restore it from a backup"
    )]
    Short {
        /// How many there are.
        bytes: usize,
    },
    /// The checksum of the table is not right.
    #[error(
        "the table of the track is damaged: its checksum is another; restore the file from a backup"
    )]
    Table,
    /// The table says what cannot be, though its checksum is right.
    #[error(
        "the table of the track is wrong at its entry {entry} though its checksum is right: it was not written by Precinct"
    )]
    Entry {
        /// Which, from 0.
        entry: usize,
    },
    /// The bytes of a unit have another checksum.
    #[error(
        "the track of unit {unit} is damaged: its checksum is another; restore the file from a backup"
    )]
    Unit {
        /// Whose.
        unit: UnitId,
    },
    /// The bytes of a unit say what cannot be, though their checksum is right.
    #[error(
        "the track of unit {unit} is wrong at its fix {fix} though its checksum is right: it was not written by Precinct"
    )]
    Fix {
        /// Whose.
        unit: UnitId,
        /// Which, from 0.
        fix: usize,
    },
}
