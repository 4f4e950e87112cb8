//! Containment: what is asked, what is advised, what is ordered, and how it stands.

use precinct_core::{
    Code, Containment, ContainmentId, SealPlan, SealPoint, SealProof, StaffNo, State, Title,
    Travels,
};
use serde::{Deserialize, Serialize};

use crate::{ApprovalBody, At, GeometryDoc, NameDoc, Time};

/// A point of a containment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct PostedDoc {
    /// Which containment.
    pub containment: u32,
    /// Which of its points.
    pub point: u32,
}

/// A point to hold.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct SealPointDoc {
    /// Its number within the order; in a preview, its place in the list from 1.
    pub point: u32,
    /// Where it is.
    pub at: At,
    /// What the road is called; nothing is a road without a name.
    pub street: Option<NameDoc>,
    /// The unit that holds it, or would; none is that nobody does.
    pub unit: Option<u32>,
    /// What that is called on the air.
    pub call_sign: Option<String>,
    /// How old the unit's fix was; none is that it was taken to be at its post.
    pub fix_age_ms: Option<u32>,
    /// After what time the unit stands there, its setting up counted: from when it was planned.
    pub arrival_ms: Option<u32>,
    /// After what time whoever left could be there at the earliest: from when it was planned.
    pub quarry_ms: u32,
    /// By how much the unit is there first; less than nothing is too late.
    pub slack_ms: Option<i64>,
}

/// A containment that goes on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct ContainmentDoc {
    /// Its number.
    pub containment: u32,
    /// The incident it is for.
    pub incident: u32,
    /// Why.
    #[schema(value_type = String)]
    pub reason: Code,
    /// Who approved it.
    #[schema(value_type = String)]
    pub approver: StaffNo,
    /// Since when.
    pub since: Time,
    /// When it was planned last.
    pub planned: Time,
    /// Until when: it ends by itself.
    pub until: Time,
    /// The points, and who holds each by now.
    pub points: Vec<SealPointDoc>,
    /// Whether the points as planned cut every way out in time.
    pub sealed: bool,
    /// What was proven of that: fewest, assignment, bound, impossible or unknown.
    #[schema(value_type = String)]
    pub proof: SealProof,
    /// With fewer points it cannot be done, as was proven.
    pub least: u32,
    /// How whoever left travels.
    #[schema(value_type = String)]
    pub travels: Travels,
    /// When they left.
    pub left: Time,
}

fn street(title: &Title) -> Option<NameDoc> {
    let name = NameDoc::from(title);
    (name != NameDoc::default()).then_some(name)
}

impl SealPointDoc {
    /// A point as a document.
    pub fn new(state: &State, point: &SealPoint) -> Self {
        let known = point.unit.and_then(|unit| state.units().get(&unit));
        Self {
            point: point.point,
            at: point.at.into(),
            street: street(&point.title),
            unit: point.unit.map(|unit| unit.0),
            call_sign: known.map(|unit| unit.call_sign.clone()),
            fix_age_ms: point.fix_age.map(|age| age.0),
            arrival_ms: point.arrival.map(|arrival| arrival.0),
            quarry_ms: point.quarry.0,
            slack_ms: point.slack(),
        }
    }
}

impl ContainmentDoc {
    /// A containment as a document.
    pub fn new(state: &State, id: ContainmentId, containment: &Containment) -> Self {
        let SealPlan { points, sealed, proof, least, travels, left, .. } = &containment.plan;
        Self {
            containment: id.0,
            incident: containment.incident.0,
            reason: containment.reason,
            approver: containment.approver,
            since: containment.since.wall.into(),
            planned: containment.planned.wall.into(),
            until: containment.until.wall.into(),
            points: points.iter().map(|one| SealPointDoc::new(state, one)).collect(),
            sealed: *sealed,
            proof: *proof,
            least: *least,
            travels: *travels,
            left: (*left).into(),
        }
    }
}

/// Somebody left an incident: from where, when and how, and where they were seen since.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskSeal {
    /// The incident.
    pub incident: u32,
    /// From where; none is the place of the incident.
    pub at: Option<At>,
    /// When they left; none is when the incident was reported, or taken in.
    pub left: Option<Time>,
    /// How: car or foot.
    #[schema(value_type = String, example = "car")]
    pub travels: Travels,
    /// Where they were seen since, in any order, at most 16 times. It is kept in memory while it is of use, and in no record.
    #[serde(default)]
    pub seen: Vec<SeenBody>,
    /// How long a unit takes to close its point once it is there; none is 45 seconds.
    pub set_up_ms: Option<u32>,
    /// How fast they are, in thousandths of what the roads say; none is 1000.
    pub pace: Option<u16>,
    /// Whether they may go against one-way streets; none is no.
    pub any_way: Option<bool>,
    /// How far ahead is looked, in minutes from now; none is 10.
    pub minutes: Option<u32>,
    /// Whether units may be taken off less urgent tasks; none is no.
    pub pre_empt: Option<bool>,
}

/// Where whoever left was seen, and when. It is kept in memory while it is of use, and in no record: no movement of the public is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenBody {
    /// Where.
    pub at: At,
    /// When; none is now.
    pub when: Option<Time>,
    /// Whether it was certainly they. What is not sure widens where they can be by now, what is sure narrows it.
    pub sure: bool,
}

/// How far whoever left could be by an instant.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct SpreadDoc {
    /// After what time from now; 0 is now.
    pub after_ms: u32,
    /// The outline.
    pub geometry: GeometryDoc,
}

/// Which points to hold and who goes to which.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
pub struct SealDoc {
    /// What to name when it is ordered.
    pub id: String,
    /// The instant it holds for.
    pub at: Time,
    /// The record the board was at.
    pub at_seq: u64,
    /// The incident.
    pub incident: u32,
    /// The points, those with the least slack first; those that nobody holds come before them.
    pub points: Vec<SealPointDoc>,
    /// Whether they cut every way out in time.
    pub sealed: bool,
    /// What was proven: `fewest`, no fewer points can seal; `assignment`, fewer would but cannot be manned in time; `bound`, sealed and no
    /// more was settled; `impossible`, these units cannot seal it; `unknown`, neither was settled.
    #[schema(value_type = String)]
    pub proof: SealProof,
    /// With fewer points it cannot be done, as was proven.
    pub least: u32,
    /// Units that are missing, at the points that nobody holds.
    pub missing: u32,
    /// Units that are missing at least, whatever the points.
    pub missing_at_least: u32,
    /// Ways off the map that whoever left can have taken before anybody could close them.
    pub lost: u32,
    /// Sightings that cannot have been if they left where and when it is said: they narrow nothing. By their place in what was asked, from 0.
    pub doubted: Vec<u32>,
    /// How far whoever left could be by now and soon.
    pub spread: Vec<SpreadDoc>,
    /// When they left, or were seen last.
    pub since: Time,
    /// Units that were compared.
    pub units: u32,
    /// How long it took to work it out.
    pub took_ms: u32,
}

/// A preview that is ordered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderSealBody {
    /// The preview that was looked at: its points are held by its units.
    pub preview: String,
    /// Why, a code of the catalogue.
    #[schema(value_type = String, example = "sealed_area")]
    pub reason: Code,
    /// Who approves it, and for how long.
    pub approval: ApprovalBody,
}

/// A preview that takes the place of what was ordered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplanBody {
    /// The preview that was looked at.
    pub preview: String,
    /// Who approves that it goes on for so long from now; none leaves it under whoever approved it, to the same end.
    pub approval: Option<ApprovalBody>,
}
