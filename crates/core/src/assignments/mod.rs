//! Assignments: units sent to incidents, and every instant of it. A missing one is unknown, never zero.

pub(crate) mod apply;
mod decide;
mod preempt;
mod progress;
mod rejection;

use precinct_base::{Millis, PostId, SiteId, UnitId};
use serde::{Deserialize, Serialize};

pub(crate) use self::decide::step;
pub(crate) use self::preempt::taken_off as for_more_urgent;
pub use self::rejection::AssignmentRejection;
use crate::{Beside, Code, IncidentId, Moment, Posted};

/// A unit as it was recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Which.
    pub unit: UnitId,
    /// Its time by road; none is "no way there".
    pub travel: Option<Millis>,
    /// How old its last fix was; none is "never seen".
    pub fix_age: Option<Millis>,
}

/// What was recommended to who decided: recorded, never recomputed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// Units compared, the best first.
    pub candidates: Vec<Candidate>,
    /// Which of them was taken, from 0; none is one that was not among them.
    pub rank: Option<u16>,
    /// The version of the roads asked.
    pub roads: Code,
    /// The version of posts, units and speeds asked.
    pub posts: Code,
    /// What the policy that is watched would have done, if one is.
    pub beside: Option<Beside>,
}

impl Advice {
    /// How much longer the unit taken was by road than the best then available; none where that cannot be told: it was not among those
    /// compared, or had no time by road.
    pub fn regret(&self) -> Option<Millis> {
        let taken = self.candidates.get(usize::from(self.rank?))?.travel?;
        let best = self.candidates.iter().filter_map(|candidate| candidate.travel).min()?;
        Some(taken - best)
    }
}

/// Where a unit takes somebody or something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// To a post.
    Post(PostId),
    /// To a site, such as a hospital.
    Site(SiteId),
}

/// How an assignment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The unit did its task.
    Cleared,
    /// The unit could not take it.
    Declined(Code),
    /// The unit was told to turn back.
    Recalled(Code),
    /// The unit was taken for a more urgent one.
    Preempted(IncidentId),
}

/// How far an assignment got: the latest instant that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Sent; nothing heard yet.
    Dispatched,
    /// Has its task.
    Acknowledged,
    /// On its way.
    EnRoute,
    /// There.
    OnScene,
    /// Taking somebody or something away.
    Transporting,
    /// Over.
    Ended,
}

/// A unit's task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Which unit.
    pub unit: UnitId,
    /// Whether the patrol came upon it by itself.
    pub on_view: bool,
    /// When it was sent, or came upon it.
    pub dispatched: Moment,
    /// When it had its task.
    pub acknowledged: Option<Moment>,
    /// When it set out.
    pub en_route: Option<Moment>,
    /// When it arrived.
    pub on_scene: Option<Moment>,
    /// When it left with somebody or something, and where to.
    pub transporting: Option<(Moment, Destination)>,
    /// When and how it ended.
    pub ended: Option<(Moment, Outcome)>,
    /// The point of a containment that it was sent to, if it was.
    pub posted: Option<Posted>,
    /// The steps that were on paper, and when each was entered, in order of entry.
    pub paper: Vec<(Stage, Moment)>,
}

impl Assignment {
    /// How far it got.
    pub const fn stage(&self) -> Stage {
        if self.ended.is_some() {
            Stage::Ended
        } else if self.transporting.is_some() {
            Stage::Transporting
        } else if self.on_scene.is_some() {
            Stage::OnScene
        } else if self.en_route.is_some() {
            Stage::EnRoute
        } else if self.acknowledged.is_some() {
            Stage::Acknowledged
        } else {
            Stage::Dispatched
        }
    }

    /// The latest instant of it that is known.
    pub fn latest(&self) -> Moment {
        [
            self.ended.map(|(at, _)| at),
            self.transporting.map(|(at, _)| at),
            self.on_scene,
            self.en_route,
            self.acknowledged,
        ]
        .into_iter()
        .flatten()
        .max()
        .unwrap_or(self.dispatched)
    }

    /// When it reached a stage; none is unknown.
    pub fn reached(&self, stage: Stage) -> Option<Moment> {
        match stage {
            Stage::Dispatched => Some(self.dispatched),
            Stage::Acknowledged => self.acknowledged,
            Stage::EnRoute => self.en_route,
            Stage::OnScene => self.on_scene,
            Stage::Transporting => self.transporting.map(|(at, _)| at),
            Stage::Ended => self.ended.map(|(at, _)| at),
        }
    }

    /// Whether it goes on.
    pub const fn is_active(&self) -> bool {
        self.ended.is_none()
    }
}
