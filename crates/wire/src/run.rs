//! Long computations as documents: how they stand.

use precinct_core::{Code, StaffNo};
use serde::{Deserialize, Serialize};

use crate::Time;

/// How a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// Others are before it.
    Waiting,
    /// It runs.
    Running,
    /// It is done.
    Done,
    /// It was cancelled; what was best then is kept, if there was anything.
    Cancelled,
    /// It came to nothing, and `detail` says why.
    Failed,
    /// The server ended while it ran or waited: it can be started again.
    CutOff,
}

/// A long computation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RunDoc {
    /// Its number.
    pub run: u64,
    /// What it is: `siting`, `trial`.
    #[schema(value_type = String, example = "siting")]
    pub what: Code,
    /// The area it is for.
    pub area: u32,
    /// Who asked for it, by staff number.
    #[schema(value_type = String)]
    pub by: StaffNo,
    /// When it was asked for, by the calendar of the machine.
    pub asked: Time,
    /// How it stands.
    pub status: RunStatus,
    /// How long it has run or ran, in milliseconds.
    pub ran_ms: u64,
    /// How much of it is done, in parts of 10,000; none where nobody can tell.
    pub share: Option<u32>,
    /// What is being done.
    pub stage: Option<String>,
    /// What the best so far reaches.
    pub objective: Option<u64>,
    /// What none can pass.
    pub bound: Option<u64>,
    /// How far the one is from the other at the most, in parts of a million.
    pub gap_ppm: Option<u32>,
    /// Whether there is a result to be had.
    pub result: bool,
    /// Why it came to nothing.
    pub detail: Option<String>,
}
