//! The answer to a command that was done.

use precinct_core::{Fact, MediaId, Moment};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Time;
use crate::record::events;

/// What became of a command.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Answer {
    /// The number of its record; none if there was nothing to do.
    pub seq: Option<u64>,
    /// When it was done.
    pub at: Option<Time>,
    /// Whether it had been done before under the same key.
    pub repeated: bool,
    /// What happened, in order: `{"name.version": {fields}}` each.
    #[schema(value_type = Vec<Object>)]
    pub events: Vec<Value>,
    /// The incident that was taken in, if one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident: Option<u32>,
    /// The picture that was added, if one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub media: Option<MediaId>,
    /// The plan that was proposed, if one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<u32>,
    /// The tour that was planned, if one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shift: Option<u32>,
    /// The ring that was described, if one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ring: Option<u32>,
    /// The entry of what was counted, if one was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// The containment that was ordered, if one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub containment: Option<u32>,
    /// The call for help that was raised or repeated, if one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sos: Option<u32>,
}

impl Answer {
    /// The answer to a command that was done.
    pub fn done(seq: u64, at: Moment, repeated: bool, facts: &[Fact]) -> Self {
        let mut answer = Self {
            seq: Some(seq),
            at: Some(at.wall.into()),
            repeated,
            events: events(facts),
            ..Self::default()
        };
        for fact in facts {
            match fact {
                Fact::IncidentOpened(opened) => answer.incident = Some(opened.incident.0),
                Fact::MediaAdded(added) => answer.media = Some(added.media),
                Fact::PlanProposed(proposed) => answer.plan = Some(proposed.plan.0),
                Fact::ShiftPlanned(planned) => answer.shift = Some(planned.shift.0),
                Fact::RingSet(set) => answer.ring = Some(set.ring.0),
                Fact::CheckpointCounted(counted) => answer.count = Some(counted.count.0),
                Fact::ContainmentOrdered(ordered) => {
                    answer.containment = Some(ordered.containment.0);
                }
                Fact::SosRaised(raised) => answer.sos = Some(raised.sos.0),
                Fact::SosRepeated(repeated) => answer.sos = Some(repeated.sos.0),
                _ => {}
            }
        }
        answer
    }
}
