//! Incidents: from intake to archive.

pub(crate) mod apply;
pub(crate) mod beside;
mod close;
mod decide;
mod duplicates;
mod family;
mod merge;
mod rejection;

use precinct_base::{AreaId, LonLat, SegmentId, Timestamp};
use serde::{Deserialize, Serialize};

pub use self::beside::{Contact, ContactEnd, KeptContact, Media, MediaKind};
pub(crate) use self::beside::{add_media, erase_contact, keep_contact};
pub(crate) use self::close::{archive, cancel, erase, reopen, resolve};
pub(crate) use self::decide::{clear_hazard, link, move_to, note, note_hazard, open, regrade};
pub(crate) use self::family::{Incidents, Numbered, family, root};
pub(crate) use self::merge::{dismiss, merge, unmerge};
pub use self::rejection::IncidentRejection;
use crate::assignments::Assignment;
use crate::{Code, IncidentId, Moment, Priority, Sealed, StaffNo};

/// Through which door an incident came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A call.
    Call,
    /// An alarm panel.
    Alarm,
    /// A report by the public.
    Report,
    /// A patrol found it. Never counted as demand.
    Patrol,
    /// A partner passed it on.
    Partner,
    /// An officer's call for help.
    Sos,
}

/// Where something is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The point.
    pub at: LonLat,
    /// The street it was snapped to.
    pub segment: Option<SegmentId>,
    /// What was said of the address, sealed: it may name somebody.
    pub address: Option<Sealed>,
    /// The area it is in.
    pub area: AreaId,
}

/// Something written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// When.
    pub at: Moment,
    /// When it was entered, if it was on paper before.
    pub entered: Option<Moment>,
    /// By whom.
    pub by: StaffNo,
    /// What, sealed.
    pub text: Sealed,
}

/// How an incident was graded from a moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grading {
    /// Since when.
    pub at: Moment,
    /// By whom.
    pub by: StaffNo,
    /// Its type.
    pub kind: Code,
    /// Its urgency.
    pub priority: Priority,
    /// Why; none at intake.
    pub reason: Option<Code>,
}

/// How an incident ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// There was nothing to answer; the reason.
    Cancelled(Code),
    /// It was dealt with; the disposition.
    Resolved(Code),
}

/// Where an incident is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It goes on.
    Open,
    /// It goes on under another.
    Merged {
        /// Which.
        into: IncidentId,
        /// Since when.
        at: Moment,
    },
    /// It is over.
    Closed {
        /// How.
        how: Ending,
        /// Since when.
        at: Moment,
    },
}

/// An incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// When it was taken in.
    pub opened: Moment,
    /// When it was entered, if it was taken in on paper.
    pub entered: Option<Moment>,
    /// By whom.
    pub by: StaffNo,
    /// Through which door.
    pub source: Source,
    /// When it was reported; none is unknown.
    pub reported: Option<Timestamp>,
    /// How it is graded.
    pub grading: Grading,
    /// How it was graded before, the latest last.
    pub earlier_gradings: Vec<Grading>,
    /// Where it is.
    pub place: Place,
    /// Where it was thought to be before, the latest last.
    pub earlier_places: Vec<Place>,
    /// Hazards of the place, rising.
    pub hazards: Vec<Code>,
    /// What was said at intake, and notes since.
    pub notes: Vec<Note>,
    /// How to reach who reported it, if that is kept.
    pub contact: Option<Contact>,
    /// Pictures, in order of coming.
    pub media: Vec<Media>,
    /// Whether its text was erased, and its pictures with it.
    pub erased: bool,
    /// Where it is in its life.
    pub status: Status,
    /// When it was entered how it ended, if it ended on paper.
    pub ending_entered: Option<Moment>,
    /// Units sent, in order of sending.
    pub assignments: Vec<Assignment>,
    /// Incidents it has to do with, rising.
    pub links: Vec<IncidentId>,
    /// Older incidents it may be the same as, rising.
    pub suggested: Vec<IncidentId>,
    /// Older incidents somebody said it is not the same as, rising.
    pub dismissed: Vec<IncidentId>,
    /// Incidents merged into this one, rising. What is done for them stays with them, and is done for this one.
    pub merged: Vec<IncidentId>,
}

impl Incident {
    /// When it came on the board: later than it was taken in, if that was on paper.
    pub fn came_in(&self) -> Moment {
        self.entered.unwrap_or(self.opened)
    }

    /// Whether it goes on.
    pub const fn is_open(&self) -> bool {
        matches!(self.status, Status::Open)
    }
}
