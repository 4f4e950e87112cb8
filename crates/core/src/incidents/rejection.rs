//! Why something cannot be done to an incident.

use crate::{Code, IncidentId, MediaId};

/// Why something cannot be done to an incident.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IncidentRejection {
    /// It goes on under another.
    #[error("{incident} was merged into {into}: order it for {into}, or unmerge first")]
    Merged {
        /// Which.
        incident: IncidentId,
        /// The other.
        into: IncidentId,
    },
    /// It is over.
    #[error("{incident} is closed: reopen it first")]
    Closed {
        /// Which.
        incident: IncidentId,
    },
    /// It is not over.
    #[error("{incident} is not closed")]
    NotClosed {
        /// Which.
        incident: IncidentId,
    },
    /// It was not merged.
    #[error("{incident} is not merged into another")]
    NotMerged {
        /// Which.
        incident: IncidentId,
    },
    /// It is the same one.
    #[error("{incident} was named twice: name two incidents")]
    Same {
        /// Which.
        incident: IncidentId,
    },
    /// They are linked.
    #[error("{one} and {other} are linked already")]
    Linked {
        /// One.
        one: IncidentId,
        /// The other.
        other: IncidentId,
    },
    /// It was not suggested.
    #[error("{incident} is not suggested to be the same as {of}")]
    NotSuggested {
        /// The newer.
        incident: IncidentId,
        /// The older.
        of: IncidentId,
    },
    /// Units are on it.
    #[error("{units} units are still on {incident}: clear or recall them first")]
    UnitsOn {
        /// Which.
        incident: IncidentId,
        /// How many.
        units: usize,
    },
    /// Nothing would change.
    #[error("{incident} is {kind}, priority {priority}, already")]
    SameGrade {
        /// Which.
        incident: IncidentId,
        /// Its type.
        kind: Code,
        /// Its priority.
        priority: u8,
    },
    /// The hazard is known.
    #[error("{hazard} is noted for {incident} already")]
    HazardKnown {
        /// Which.
        incident: IncidentId,
        /// The hazard.
        hazard: Code,
    },
    /// The hazard is not known.
    #[error("{hazard} is not noted for {incident}")]
    HazardUnknown {
        /// Which.
        incident: IncidentId,
        /// The hazard.
        hazard: Code,
    },
    /// There is no contact.
    #[error("no contact is kept of {incident}: it was never given, or it is erased")]
    NoContact {
        /// Which.
        incident: IncidentId,
    },
    /// The picture is there.
    #[error("{incident} has the picture {media} already")]
    MediaKnown {
        /// Which.
        incident: IncidentId,
        /// The picture.
        media: MediaId,
    },
    /// Its text is gone.
    #[error("the text of {incident} was erased at the end of its time: nothing can be added to it")]
    Erased {
        /// Which.
        incident: IncidentId,
    },
}
