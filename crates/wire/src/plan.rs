//! Plans on record as documents, and what can be done with them.

use precinct_core::{
    Code, Day, FileHash, Hours, Plan, PlanEnd, PlanId, PlanKind, PlanStatus, Simulation, StaffNo,
};

use crate::docs::docs;
use crate::{At, CoverDoc, NameDoc, Time};

docs! {
    /// A trial of a plan on days that were, none of which it was made from.
    PlanTrialDoc {
        /// The SHA-256 of its result, which is beside the record.
        #[schema(value_type = String)]
        result: FileHash,
        /// The days, rising.
        #[schema(value_type = Vec<String>, example = json!(["2024-01-15"]))]
        days: Vec<Day>,
        /// When it was put with the plan.
        at: Time,
        /// By whom, by staff number.
        #[schema(value_type = String)]
        by: StaffNo,
    }
    /// That somebody approved a plan.
    PlanApprovalDoc {
        /// Why, a reason of the catalogue.
        #[schema(value_type = String)]
        reason: Code,
        /// When.
        at: Time,
        /// Who, by staff number: never who proposed it.
        #[schema(value_type = String)]
        by: StaffNo,
    }
    /// That a plan was made to hold.
    PlanPublicationDoc {
        /// The posts it stands on.
        posts: Vec<u32>,
        /// Those of them that are there by a plan, and go when no plan has them any more.
        planned: Vec<u32>,
        /// When.
        at: Time,
        /// By whom, by staff number.
        #[schema(value_type = String)]
        by: StaffNo,
    }
    /// That a plan ended.
    PlanEndingDoc {
        /// Why it was withdrawn, a reason of the catalogue; none if another took its place.
        #[schema(value_type = Option<String>)]
        reason: Option<Code>,
        /// The plan that took its place; none if it was withdrawn.
        superseded_by: Option<u32>,
        /// When.
        at: Time,
        /// By whom, by staff number.
        #[schema(value_type = String)]
        by: StaffNo,
    }
    /// A post that a plan has.
    PlannedPostDoc {
        /// The post that stands there; none if the plan adds it.
        post: Option<u32>,
        /// Where it is.
        at: At,
        /// What it is called.
        name: NameDoc,
        /// When it is manned, as 42 hexadecimal digits.
        #[schema(value_type = String)]
        hours: Hours,
    }
    /// A plan against another, or against the posts that are on the board.
    PlanComparedDoc {
        /// The one.
        one: PlanDoc,
        /// The other; none if it is what is on the board.
        other: Option<PlanDoc>,
        /// The posts of the one.
        one_posts: Vec<PlannedPostDoc>,
        /// The posts of the other.
        other_posts: Vec<PlannedPostDoc>,
        /// What the one covers, and who gains and loses by it against the other.
        cover: CoverDoc,
    }
    /// A plan as the record knows it.
    PlanDoc {
        /// Its number.
        plan: u32,
        /// Of posts or of patrols.
        #[schema(value_type = String, example = "posts")]
        kind: PlanKind,
        /// The area it is for.
        area: u32,
        /// What it is called.
        name: NameDoc,
        /// The plan it was made from.
        parent: Option<u32>,
        /// How far it has come: proposed, approved, published, superseded or withdrawn.
        #[schema(value_type = String, example = "proposed")]
        status: PlanStatus,
        /// What it aims at.
        #[schema(value_type = String, example = "cover")]
        aim: Code,
        /// What it reaches, in the units of its aim; recomputed by separate code before it was proposed.
        objective: u64,
        /// What no plan can pass.
        bound: u64,
        /// How far the one is from the other at the most, in parts of a million.
        gap_ppm: u32,
        /// The SHA-256 of its document.
        #[schema(value_type = String)]
        document: FileHash,
        /// The SHA-256 of what it was made from.
        #[schema(value_type = String)]
        inputs: FileHash,
        /// The days whose calls it was made from; none if it was made from no calls.
        #[schema(value_type = Vec<String>)]
        fitted: Vec<Day>,
        /// When it was proposed.
        proposed: Time,
        /// By whom, by staff number.
        #[schema(value_type = String)]
        proposer: StaffNo,
        /// Its trials, in order.
        trials: Vec<PlanTrialDoc>,
        /// Who approved it.
        approval: Option<PlanApprovalDoc>,
        /// Since when it holds, or held.
        publication: Option<PlanPublicationDoc>,
        /// How it ended.
        ending: Option<PlanEndingDoc>,
    }
}

fn trial(one: &Simulation) -> PlanTrialDoc {
    let Simulation { result, ref days, at, by } = *one;
    PlanTrialDoc { result, days: days.clone(), at: at.wall.into(), by }
}

impl PlanDoc {
    /// A plan as a document.
    pub fn new(id: PlanId, plan: &Plan) -> Self {
        let numbers = |posts: &[precinct_base::PostId]| posts.iter().map(|post| post.0).collect();
        Self {
            plan: id.0,
            kind: plan.kind,
            area: plan.area.0,
            name: (&plan.title).into(),
            parent: plan.parent.map(|parent| parent.0),
            status: plan.status(),
            aim: plan.aim,
            objective: plan.objective,
            bound: plan.bound,
            gap_ppm: plan.gap_ppm,
            document: plan.document,
            inputs: plan.inputs,
            fitted: plan.fitted.clone(),
            proposed: plan.proposed.wall.into(),
            proposer: plan.proposer,
            trials: plan.simulations.iter().map(trial).collect(),
            approval: plan.approval.map(|one| PlanApprovalDoc {
                reason: one.reason,
                at: one.at.wall.into(),
                by: one.by,
            }),
            publication: plan.publication.as_ref().map(|one| PlanPublicationDoc {
                posts: numbers(&one.posts),
                planned: numbers(&one.planned),
                at: one.at.wall.into(),
                by: one.by,
            }),
            ending: plan.ending.map(|one| PlanEndingDoc {
                reason: match one.how {
                    PlanEnd::Withdrawn(reason) => Some(reason),
                    PlanEnd::Superseded(_) => None,
                },
                superseded_by: match one.how {
                    PlanEnd::Superseded(by) => Some(by.0),
                    PlanEnd::Withdrawn(_) => None,
                },
                at: one.at.wall.into(),
                by: one.by,
            }),
        }
    }
}
