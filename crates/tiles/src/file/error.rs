//! Why bytes are not a map file that can be used.

/// Why bytes are not a base map. Each message ends with the mend.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MapFileError {
    /// It does not start as a map file does.
    #[error("this is not a base map file: delete it, it is made anew from the extract")]
    NotAMapFile,
    /// It was made by another version of the program.
    #[error(
        "this base map file has format {found}, and this program reads format {supported}: delete it, it is made anew from the extract"
    )]
    OtherVersion {
        /// The format it has.
        found: u32,
        /// The format that can be read.
        supported: u32,
    },
    /// Its bytes are not those that were written, or some are missing.
    #[error(
        "this base map file is damaged, its checksum does not agree: delete it, it is made anew from the extract; if that happens again, check the disk"
    )]
    Damaged,
    /// Its checksum is right, and yet it is no map.
    #[error(
        "this base map file was not written by precinct, at byte {at}: {fault}; delete it, it is made anew from the extract"
    )]
    Wrong {
        /// Where, from the start of the file.
        at: usize,
        /// What is wrong there.
        fault: MapFault,
    },
}

/// What is wrong within a map file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MapFault {
    /// It ends within a value.
    #[error("it ends too early")]
    Short,
    /// There is something after its end.
    #[error("there is more after its end")]
    Long,
    /// A list is longer than what is left of the file, or than a map may be.
    #[error("a list is longer than it can be")]
    Count,
    /// Text that is not UTF-8, or a first text that is not empty.
    #[error("a text is not one")]
    Text,
    /// A number that is none of those that may stand there.
    #[error("a number is out of its range")]
    Range,
    /// Rows that are not in order.
    #[error("a row is out of order")]
    Order,
    /// A feature that is not made of the parts its kind is made of.
    #[error("a feature is not made as its kind is")]
    Made,
    /// A place that is not in the world.
    #[error("a place is not in the world")]
    Place,
}
