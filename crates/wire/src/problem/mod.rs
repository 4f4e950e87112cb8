//! What went wrong, as RFC 9457 problem details, with a code and what belongs to it, so that pages say it in their own language.

mod code;
mod refusal;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::code::{CODES, Coded, Param};
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
    /// What was wrong, for programs and for pages of other languages; none where the request itself cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = code::codes, required = false)]
    pub code: Option<String>,
    /// What belongs to the code, by name: ids and counts as numbers, durations in milliseconds where the name ends in `_ms`, else names; faults of policies one by one, with a
    /// code and words of their own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, serde_json::Value>,
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
            code: None,
            params: BTreeMap::new(),
            changed: Vec::new(),
        }
    }
}
