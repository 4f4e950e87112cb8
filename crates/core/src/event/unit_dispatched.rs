//! `unit_dispatched`: a unit was sent.

use precinct_base::UnitId;
use serde::{Deserialize, Serialize};

use crate::{Advice, Candidate, Code, IncidentId};

/// A unit was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitDispatched {
    /// To which incident.
    pub incident: IncidentId,
    /// Which unit.
    pub unit: UnitId,
    /// What was recommended to who decided.
    pub advice: Option<Box<Advice>>,
}

/// As it was written in version 1, before a policy could be watched beside.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitDispatchedV1 {
    incident: IncidentId,
    unit: UnitId,
    advice: Option<Box<AdviceV1>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AdviceV1 {
    candidates: Vec<Candidate>,
    rank: Option<u16>,
    roads: Code,
    posts: Code,
}

impl From<UnitDispatchedV1> for UnitDispatched {
    fn from(old: UnitDispatchedV1) -> Self {
        let UnitDispatchedV1 { incident, unit, advice } = old;
        let advice = advice.map(|advice| {
            let AdviceV1 { candidates, rank, roads, posts } = *advice;
            Box::new(Advice { candidates, rank, roads, posts, beside: None })
        });
        Self { incident, unit, advice }
    }
}
