//! What a driver asks of the engine, and what it is told.

use precinct_base::Timestamp;
use precinct_core::{By, CommandId, Fact, Moment, Order, Rejection, Subject};
use precinct_journal::keys::KeyError;
use precinct_journal::{AppendError, ReadError};

/// A command as it comes in. The engine gives it its instant, and seals what was written freely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its unique id, chosen by who sends it.
    pub id: CommandId,
    /// Who, in which role and area, and why.
    pub by: By,
    /// What is to be done. Sealed fields are left empty here.
    pub order: Order,
    /// What was written: the text of an intake or a note.
    pub text: Option<String>,
    /// What was said of the address.
    pub address: Option<String>,
    /// What must not have changed; none is nothing.
    pub unless: Option<Unless>,
}

/// That a thing must not have been changed by any record after a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unless {
    /// Which thing.
    pub changed: Subject,
    /// After which record.
    pub after: u64,
}

impl Request {
    /// A command without text.
    pub const fn new(id: CommandId, by: By, order: Order) -> Self {
        Self { id, by, order, text: None, address: None, unless: None }
    }
}

/// What became of a command.
#[derive(Debug)]
pub enum Outcome {
    /// It was done, and is on the disk.
    Done(Done),
    /// There was nothing to do, and nothing is recorded.
    Nothing,
    /// What must not have changed may have: the engine knows of no record after the given number that changed it, or does not know all of
    /// them. Nothing has been done. Whoever asks looks at the records, and asks again if none of them did.
    Changed,
    /// It was refused; nothing has changed. Sent again, it is decided anew.
    Refused(Rejection),
    /// It could not be dealt with; nothing of it is recorded. It may be sent again with the same id.
    Failed(Trouble),
}

/// A command that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The number of its record.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// What happened.
    pub facts: Vec<Fact>,
    /// Whether this is the outcome of an earlier command with the same id.
    pub repeated: bool,
}

/// Why a command could not be dealt with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The disk is full.
    #[error(
        "the disk is full: nothing is recorded until there is room; the board can still be read. Make room, or work on paper"
    )]
    Full,
    /// The write failed; it is known by now that nothing of this command was written.
    #[error("the record could not be written ({0}): nothing of this command was; send it again")]
    NotWritten(String),
    /// The store cannot be opened or read.
    #[error("the record cannot be opened ({0}): work on paper until it can")]
    Down(String),
    /// The text cannot be sealed.
    #[error("the text cannot be sealed ({0}): nothing of this command was recorded")]
    Seal(String),
    /// What is to be recorded is too large.
    #[error("this would be a record of {0} bytes, which is too large: split it")]
    TooLarge(usize),
}

impl From<AppendError> for Trouble {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Full => Self::Full,
            other => Self::NotWritten(other.to_string()),
        }
    }
}

impl From<ReadError> for Trouble {
    fn from(error: ReadError) -> Self {
        Self::Down(error.to_string())
    }
}

impl From<KeyError> for Trouble {
    fn from(error: KeyError) -> Self {
        Self::Seal(error.to_string())
    }
}

/// What the calendar should have shown when it jumped.
pub(crate) type Jump = Option<Timestamp>;
