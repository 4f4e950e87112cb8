//! What went wrong, as RFC 9457 problem details.

use serde::{Deserialize, Serialize};

use crate::Time;

/// A problem: `application/problem+json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Problem {
    /// Which kind of problem: a path below `/problems/` that does not change.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What was wrong this time, where, and what to do.
    pub detail: String,
    /// What has changed since whoever asked looked, the latest last; only where that is the problem.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<ChangedDoc>,
}

/// A change that somebody else made meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ChangedDoc {
    /// The number of its record.
    pub seq: u64,
    /// When.
    pub at: Time,
    /// Who, by staff number.
    pub by: String,
    /// What happened, by the names of the records' types with their versions.
    pub events: Vec<String>,
}

impl Problem {
    /// A problem of a kind.
    pub fn new(status: u16, kind: &str, title: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/problems/{kind}"),
            title: title.to_owned(),
            status,
            detail: detail.into(),
            changed: Vec::new(),
        }
    }
}
