//! Verifying: every record, in its place, as it was written.

use std::fmt;
use std::ops::ControlFlow;
use std::path::Path;

use crate::{Broken, Hash, Head, OpenError, ReadError, Reader, snapshot};

/// Faults kept in a report; more are only counted.
const LISTED: usize = 1_000;
/// How often progress is told, in records.
const EVERY: u64 = 65_536;

/// Something wrong with a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The content of a record is not what was written.
    Altered {
        /// Which.
        seq: u64,
    },
    /// Records are not there.
    Missing {
        /// The first.
        from: u64,
        /// The last.
        to: u64,
    },
    /// A whole record is not the one that was there: the next does not follow on it, or it not on the one before.
    Replaced {
        /// Which, or the one before it.
        seq: u64,
    },
    /// The end is missing, or records were put behind it.
    Truncated {
        /// The last record there is.
        found: u64,
        /// The last there should be.
        expected: u64,
    },
    /// A record is not the one that was seen when a snapshot or an anchor was made.
    Anchor {
        /// Which.
        seq: u64,
        /// Its hash then.
        expected: Hash,
    },
    /// The database is damaged.
    File(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Altered { seq } => {
                write!(f, "record {seq} was altered: its content has another hash")
            }
            Self::Missing { from, to } if from == to => write!(f, "record {from} is missing"),
            Self::Missing { from, to } => write!(f, "records {from} to {to} are missing"),
            Self::Replaced { seq } => {
                write!(
                    f,
                    "record {seq} does not follow on the one before: one of them was replaced"
                )
            }
            Self::Truncated { found, expected } => {
                write!(f, "the journal ends with record {found} and should with {expected}")
            }
            Self::Anchor { seq, expected } => {
                write!(f, "record {seq} is not the one seen before, whose hash was {expected}")
            }
            Self::File(what) => write!(f, "the database file is damaged: {what}"),
        }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Records read.
    pub records: u64,
    /// Where the journal ends.
    pub head: Head,
    /// Snapshots and anchors the records were compared with.
    pub anchors: usize,
    /// What is wrong, the first of each kind of place first; at most 1,000.
    pub faults: Vec<Fault>,
    /// How much is wrong in all.
    pub count: u64,
}

impl Report {
    /// Whether nothing is wrong.
    pub const fn is_whole(&self) -> bool {
        self.count == 0
    }

    fn found(&mut self, fault: Fault) {
        self.count += 1;
        if self.faults.len() < LISTED {
            self.faults.push(fault);
        }
    }
}

/// Reads the whole journal of a data folder and says what is wrong with it. It changes nothing and does not stop at the first fault.
///
/// The chain alone shows anything changed, taken out or put in by somebody who did not write every later record anew. Who did that can be
/// found only by what is kept elsewhere: `anchors` are ends of the journal as they were seen before, and each snapshot holds one.
pub fn verify(
    folder: &Path,
    anchors: &[Head],
    progress: &mut dyn FnMut(u64),
) -> Result<Report, VerifyError> {
    let reader = Reader::open(folder)?;
    let mut report =
        Report { records: 0, head: Head::EMPTY, anchors: 0, faults: Vec::new(), count: 0 };
    for what in reader.file_faults()? {
        report.found(Fault::File(what));
    }
    let seen = snapshot::list(folder).unwrap_or_default();
    let seen = seen.into_iter().filter_map(|seq| snapshot::read(folder, seq).ok());
    let mut anchors: Vec<Head> =
        anchors.iter().copied().chain(seen.map(|one| one.head())).collect();
    anchors.sort_by_key(|anchor| anchor.seq);
    report.anchors = anchors.len();
    let said = reader.last()?;
    let mut walk = Walk { report, anchors: anchors.into_iter().peekable(), before: Head::EMPTY };
    walk.all(&reader, progress)?;
    let Walk { mut report, anchors, before } = walk;
    let expected = anchors.map(|anchor| anchor.seq).chain([said.seq]).max().unwrap_or(0);
    report.head = before;
    if expected != before.seq {
        report.found(Fault::Truncated { found: before.seq, expected });
    } else if said.hash != before.hash {
        report.found(Fault::Replaced { seq: before.seq });
    }
    Ok(report)
}

/// Why a journal could not be verified at all.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum VerifyError {
    /// It cannot be opened.
    Open(#[from] OpenError),
    /// It cannot be read.
    Read(#[from] ReadError),
}

struct Walk {
    report: Report,
    anchors: std::iter::Peekable<std::vec::IntoIter<Head>>,
    before: Head,
}

impl Walk {
    fn all(&mut self, reader: &Reader, progress: &mut dyn FnMut(u64)) -> Result<(), ReadError> {
        loop {
            let ended = reader.read(self.before.seq + 1, &mut |row| {
                self.record(row);
                if self.report.records.is_multiple_of(EVERY) {
                    progress(self.report.records);
                }
                ControlFlow::Continue(())
            });
            match ended {
                Ok(()) => return Ok(()),
                Err(ReadError::Form { seq, .. }) => self.formless(seq),
                Err(error) => return Err(error),
            }
        }
    }

    fn record(&mut self, row: &crate::Row<'_>) {
        self.report.records += 1;
        self.missing_before(row.seq);
        match row.check(self.before) {
            Ok(()) => {}
            Err(Broken::Content) => self.report.found(Fault::Altered { seq: row.seq }),
            Err(Broken::Link | Broken::Number { .. }) => {
                // After a gap there is nothing to follow on.
                if self.before.hash != Hash::default() || row.seq == 1 {
                    self.report.found(Fault::Replaced { seq: row.seq });
                }
            }
        }
        self.before = row.head();
        while let Some(anchor) = self.anchors.next_if(|anchor| anchor.seq <= row.seq) {
            if anchor.seq == row.seq && anchor.hash != row.hash {
                self.report.found(Fault::Anchor { seq: row.seq, expected: anchor.hash });
            }
        }
    }

    fn missing_before(&mut self, seq: u64) {
        let from = self.before.seq + 1;
        if from < seq {
            self.report.found(Fault::Missing { from, to: seq - 1 });
            self.before = Head { seq: seq - 1, ..Head::EMPTY };
        }
    }

    /// A record that has not even the form of one.
    fn formless(&mut self, seq: u64) {
        self.report.records += 1;
        self.missing_before(seq);
        self.report.found(Fault::Altered { seq });
        self.before = Head { seq, ..Head::EMPTY };
    }
}
