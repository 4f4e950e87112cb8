//! Why bytes are not a road file that can be used.

use super::layout::Section;

/// Why bytes are not a road map. Each message ends with the mend.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoadFileError {
    /// It does not start as a road file does.
    #[error(
        "this is not a road file: name one made by `precinct city build`, or delete it and run `precinct city build`"
    )]
    NotARoadFile,
    /// It was made by another version of the program.
    #[error(
        "this road file has format {found}, and this program reads format {supported}: delete it and run `precinct city build`"
    )]
    OtherVersion {
        /// The format it has.
        found: u32,
        /// The format that can be read.
        supported: u32,
    },
    /// It is shorter or longer than it says: writing was cut off, or something was added.
    #[error(
        "this road file has {found} bytes where it should have {stated}: delete it and run `precinct city build`"
    )]
    WrongLength {
        /// The bytes there are.
        found: u64,
        /// The bytes there should be, at least.
        stated: u64,
    },
    /// Its bytes are not those that were written.
    #[error(
        "this road file is damaged, its checksum does not agree: delete it and run `precinct city build`; if that happens again, check the disk"
    )]
    Damaged,
    /// The table of sections is not the one that is written.
    #[error(
        "this road file was not written by precinct, its table of sections is wrong: delete it and run `precinct city build`"
    )]
    Table,
    /// A section is not where it must be, or not of the size it must be.
    #[error(
        "this road file was not written by precinct, its section of {section} is misplaced: delete it and run `precinct city build`"
    )]
    Misplaced {
        /// The section.
        section: &'static str,
    },
    /// A section does not have as many elements as what it belongs to.
    #[error(
        "this road file was not written by precinct, its section of {section} has {found} elements where {expected} belong: delete it and run `precinct city build`"
    )]
    WrongCount {
        /// The section.
        section: &'static str,
        /// The elements it has.
        found: u64,
        /// The elements it should have.
        expected: u64,
    },
    /// There is more than a road map may hold.
    #[error(
        "this road file has {count} {what}, more than the {cap} a road map holds: delete it and run `precinct city build`"
    )]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many there are.
        count: u64,
        /// How many there may be.
        cap: u64,
    },
    /// A value in a section is one that no road map has.
    #[error(
        "this road file was not written by precinct, element {row} of its section of {section} is wrong: {fault}; delete it and run `precinct city build`"
    )]
    WrongValue {
        /// The section.
        section: &'static str,
        /// Which element, from 0.
        row: u64,
        /// What is wrong with it.
        fault: ValueFault,
    },
}

/// What is wrong with a value in a road file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueFault {
    /// A place that is not on the earth.
    #[error("the place is not on the earth")]
    Place,
    /// A main part of a profile that is not known.
    #[error("it names a profile that is not known")]
    Profile,
    /// A node that is not there.
    #[error("there is no such node")]
    Node,
    /// Segments that are not in the order of their first ends.
    #[error("it is out of order")]
    Order,
    /// A length longer than any road.
    #[error("it is longer than any road")]
    Length,
    /// A class of road that is not known.
    #[error("there is no such class of road")]
    Class,
    /// A street name that is not there.
    #[error("there is no such name")]
    Name,
    /// A time longer than any search.
    #[error("it takes more than a day")]
    Time,
    /// Text that is not UTF-8, or cut within a character.
    #[error("it is not UTF-8 text")]
    Text,
    /// A name that another id has already, or a first name that is not "no name".
    #[error("the name has another number")]
    Twice,
    /// Bytes between sections that are not zero.
    #[error("the bytes after the section are not zero")]
    Padding,
}

/// Element `row` of `section` is wrong.
pub(super) const fn wrong(section: Section, row: u64, fault: ValueFault) -> RoadFileError {
    RoadFileError::WrongValue { section: section.name(), row, fault }
}
