//! Rings: how they are described, called out and shown.

use precinct_base::{AreaId, PostId, SegmentId};
use precinct_core::{Code, Crossing, DutyLevel, Ring, RingId, RingPlan, StaffNo, Travels};
use serde::{Deserialize, Serialize};

use crate::{ApprovalBody, At, NameDoc, Time};

/// Where a road crosses a ring.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CrossingDoc {
    /// The place.
    pub at: At,
    /// The stretch of road that crosses, by its number in this version of the roads.
    pub segment: Option<u32>,
    /// What the road is called; nothing is a road without a name.
    pub street: Option<NameDoc>,
    /// The checkpoint that mans it; none is an open gap.
    pub post: Option<u32>,
}

/// Along which line roads are to be found that cross it: one of the two.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskCrossings {
    /// A line that was drawn, closed by itself: at least three places.
    #[serde(default)]
    pub line: Vec<At>,
    /// Or the border of this area.
    pub border: Option<u32>,
    /// For whom: car or foot.
    #[schema(value_type = String, example = "car")]
    pub travels: Travels,
}

/// The roads that cross a line.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct CrossingsDoc {
    /// Where, each with the checkpoint that is there already.
    pub crossings: Vec<CrossingDoc>,
    /// The version of the roads asked.
    #[schema(value_type = String)]
    pub roads: Code,
}

/// A ring as it is to be described.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RingBody {
    /// Its name.
    pub name: NameDoc,
    /// The area whose control room works with it.
    pub area: u32,
    /// The line it was drawn along, closed by itself: at least three places.
    #[serde(default)]
    pub line: Vec<At>,
    /// Or the area whose border it is.
    pub border: Option<u32>,
    /// For whom its crossings are: car or foot.
    #[schema(value_type = String, example = "car")]
    pub travels: Travels,
    /// Its crossings as approved.
    pub crossings: Vec<CrossingDoc>,
    /// The version of the roads on which they were found.
    #[schema(value_type = String)]
    pub roads: Code,
}

impl From<CrossingDoc> for Crossing {
    fn from(doc: CrossingDoc) -> Self {
        Self {
            at: doc.at.0,
            segment: doc.segment.map(SegmentId),
            title: doc.street.unwrap_or_default().into(),
            post: doc.post.map(PostId),
        }
    }
}

impl From<&Crossing> for CrossingDoc {
    fn from(crossing: &Crossing) -> Self {
        let street = NameDoc::from(&crossing.title);
        Self {
            at: crossing.at.into(),
            segment: crossing.segment.map(|segment| segment.0),
            street: (street != NameDoc::default()).then_some(street),
            post: crossing.post.map(|post| post.0),
        }
    }
}

impl RingBody {
    /// The plan that it is.
    pub fn plan(self) -> RingPlan {
        RingPlan {
            title: self.name.into(),
            area: AreaId(self.area),
            border: self.border.map(AreaId),
            line: self.line.into_iter().map(|at| at.0).collect(),
            travels: self.travels,
            crossings: self.crossings.into_iter().map(Crossing::from).collect(),
            roads: self.roads,
        }
    }
}

/// At which level a ring is to be called out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivateRingBody {
    /// L1 is the highest.
    #[schema(value_type = String, example = "l2")]
    pub level: DutyLevel,
    /// Why, a code of the catalogue.
    #[schema(value_type = String)]
    pub reason: Code,
    /// Who approves it.
    pub approval: ApprovalBody,
}

/// A ring.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct RingDoc {
    /// Its number.
    pub ring: u32,
    /// Its name.
    pub name: NameDoc,
    /// The area whose control room works with it.
    pub area: u32,
    /// The area whose border it is; none is that it was drawn.
    pub border: Option<u32>,
    /// The line it was drawn along, closed by itself; empty if it is a border.
    pub line: Vec<At>,
    /// For whom its crossings are.
    #[schema(value_type = String)]
    pub travels: Travels,
    /// Where roads cross it.
    pub crossings: Vec<CrossingDoc>,
    /// How many of them have a checkpoint.
    pub manned: u32,
    /// The version of the roads on which they were found.
    #[schema(value_type = String)]
    pub roads: Code,
    /// At which level it is called out; none is that it is not.
    #[schema(value_type = Option<String>)]
    pub level: Option<DutyLevel>,
    /// Why.
    #[schema(value_type = Option<String>)]
    pub reason: Option<Code>,
    /// Who approved it.
    #[schema(value_type = Option<String>)]
    pub approver: Option<StaffNo>,
    /// Since when.
    pub since: Option<Time>,
    /// Until when: it ends by itself.
    pub until: Option<Time>,
}

impl RingDoc {
    /// A ring as a document.
    pub fn new(id: RingId, ring: &Ring) -> Self {
        let Ring { plan, active } = ring;
        Self {
            ring: id.0,
            name: (&plan.title).into(),
            area: plan.area.0,
            border: plan.border.map(|area| area.0),
            line: plan.line.iter().copied().map(At).collect(),
            travels: plan.travels,
            crossings: plan.crossings.iter().map(CrossingDoc::from).collect(),
            manned: plan.crossings.iter().filter(|crossing| crossing.post.is_some()).count() as u32,
            roads: plan.roads,
            level: active.map(|order| order.level),
            reason: active.map(|order| order.reason),
            approver: active.map(|order| order.approver),
            since: active.map(|order| order.since.wall.into()),
            until: active.map(|order| order.until.wall.into()),
        }
    }
}

/// Who would man an open crossing, and how soon.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct GapDoc {
    /// Where it is in the ring's list of crossings, from 0.
    pub crossing: u32,
    /// The unit; none is that there is no free unit left that could.
    pub unit: Option<u32>,
    /// What it is called on the air.
    pub call_sign: Option<String>,
    /// After what time it stands there, its setting up counted.
    pub arrival_ms: Option<u32>,
}

/// How ready a ring is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct ReadinessDoc {
    /// Which.
    pub ring: u32,
    /// Crossings in all.
    pub crossings: u32,
    /// Those whose checkpoint is manned now.
    pub manned: u32,
    /// The same in parts of 10,000; a ring that no road crosses is ready.
    pub share: u32,
    /// After what time all the rest could be manned by units that are free now; none where they are too few or too far.
    pub rest_ms: Option<u32>,
    /// The crossings that are not manned, and who would man each so that the last is manned as soon as may be.
    pub gaps: Vec<GapDoc>,
    /// Whether the ring was found on other roads than those of today: its crossings may be others by now.
    pub stale: bool,
}
