//! What was written: freely, and on paper.

use precinct_core::{StaffNo, Stage};
use serde::{Deserialize, Serialize};

use crate::Time;

/// What was written freely of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct IncidentTextDoc {
    /// Which.
    pub incident: u32,
    /// Whether it was erased at the end of its time.
    pub erased: bool,
    /// What was said of the address.
    pub address: Option<String>,
    /// What was said at intake, and notes since.
    pub notes: Vec<NoteTextDoc>,
}

/// A note with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct NoteTextDoc {
    /// When.
    pub at: Time,
    /// When it was entered, if it was on paper before.
    pub entered_at: Option<Time>,
    /// By whom.
    #[schema(value_type = String)]
    pub by: StaffNo,
    /// What.
    pub text: Option<String>,
}

/// A step of a unit's task that was on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PaperStepDoc {
    /// Which step.
    #[schema(value_type = String)]
    pub stage: Stage,
    /// When it happened: this is the instant of the step.
    pub happened_at: Time,
    /// When it was entered.
    pub entered_at: Time,
}
