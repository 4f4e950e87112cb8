//! The document of a plan: what was asked and answered, with its proof, and what it comes to on the board.

use precinct_base::{AreaId, LonLat, PostId, PostKind};
use precinct_core::{Day, Hours, Missing, PlanId, PlannedPost, Title};
use precinct_planner::{Inputs, Plan};
use serde::{Deserialize, Serialize};

use super::places::is_in;
use super::{Question, Sited};
use crate::app::App;
use crate::describe::title;
use crate::door::Failure;

/// The form of documents that this program writes.
const FORM: u32 = 1;

/// A post that a plan has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DocumentPost {
    /// Its number among the candidates of the plan.
    pub(crate) candidate: u32,
    /// Where it is.
    pub(crate) at: LonLat,
    /// The area it is in.
    pub(crate) area: AreaId,
    /// What it is called.
    pub(crate) title: Title,
    /// The post that stands there; none if it is added.
    pub(crate) post: Option<PostId>,
}

/// A plan's document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Document {
    /// The form it is written in.
    pub(crate) form: u32,
    /// What posts that it adds are.
    pub(crate) post_kind: PostKind,
    /// The posts it has.
    pub(crate) posts: Vec<DocumentPost>,
    /// Posts there are that it does without. Whoever publishes it sees to that: a plan closes no post of the city's own.
    pub(crate) drops: Vec<PostId>,
    /// What was asked, what was answered, and what is claimed of it.
    pub(crate) plan: Plan,
}

impl Document {
    /// The document of what a run came to.
    pub(crate) fn new(app: &App, sited: &Sited, post_kind: PostKind) -> Self {
        let post = |&candidate: &u32| {
            let stand = &sited.question.stands[candidate as usize];
            let (at, otherwise) = (stand.place.at, format!("Standby {}", candidate + 1));
            DocumentPost {
                candidate,
                at,
                area: app.ground.area(at),
                title: title(&stand.place.name, &otherwise),
                post: stand.post,
            }
        };
        let posts = sited.plan.answer.chosen.iter().map(post).collect();
        let chosen = &sited.plan.answer.chosen;
        let gone = |one: &u32| chosen.binary_search(one).is_err();
        let numbered = (0..).zip(&sited.question.stands).filter(|(number, _)| gone(number));
        let drops = numbered.filter_map(|(_, stand)| stand.post).collect();
        Self { form: FORM, post_kind, posts, drops, plan: sited.plan.clone() }
    }

    /// A document as it was recorded.
    pub(crate) fn read(id: PlanId, bytes: &[u8]) -> Result<Self, Failure> {
        let document: Self = serde_json::from_slice(bytes).map_err(|error| {
            Failure::conflict(format!("what {id} says cannot be read by this program: {error}"))
        })?;
        if document.form == FORM {
            return Ok(document);
        }
        let form = document.form;
        Err(Failure::conflict(format!("what {id} says has form {form}, which is not known here")))
    }

    /// The posts that are there and stay.
    pub(crate) fn keeps(&self) -> Vec<PostId> {
        self.posts.iter().filter_map(|post| post.post).collect()
    }

    /// The posts that are to be added.
    pub(crate) fn adds(&self) -> Vec<PlannedPost> {
        let new = self.posts.iter().filter(|post| post.post.is_none());
        let add = |post: &DocumentPost| PlannedPost {
            kind: self.post_kind,
            area: post.area,
            at: post.at,
            hours: Hours::ALWAYS,
            level: 3,
            title: post.title.clone(),
        };
        new.map(add).collect()
    }
}

/// What a plan was made from, beside its candidates: with the streets of that hash anybody can work it out again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ingredients {
    /// The form it is written in.
    form: u32,
    /// The area whose demand counts; 0 is the whole city.
    area: AreaId,
    /// The days whose calls the demand is, if it is of calls.
    fitted: Vec<Day>,
    /// Where they came from, and their hashes.
    inputs: Inputs,
    /// Demand: place, weight in thousandths of the measure, grade.
    demand: Vec<(LonLat, u32, u8)>,
    /// From which calls it is known how demand spreads over the hours, if it counts by hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hours: Option<IngredientHours>,
}

/// Calls by hour of the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct IngredientHours {
    /// Where they are from.
    source: String,
    /// Of all areas together.
    city: Vec<u64>,
    /// Of each area that has any.
    areas: Vec<(AreaId, Vec<u64>)>,
}

fn hours(question: &Question) -> Option<IngredientHours> {
    let (asked, shares) = (question.hours.as_ref()?, question.shares.as_ref()?);
    let area = |(&area, calls): (&AreaId, &[u64; precinct_siting::HOURS])| (area, calls.to_vec());
    Some(IngredientHours {
        source: asked.source.clone(),
        city: shares.of_city().to_vec(),
        areas: shares.of_areas().iter().map(area).collect(),
    })
}

impl Ingredients {
    /// What a run was made from.
    pub(crate) fn new(app: &App, sited: &Sited) -> Self {
        let Question { area, ref fitted, .. } = sited.question;
        let demand = app.ground.city.demand.iter();
        let demand = demand.filter(|one| is_in(app, one.at, area));
        Self {
            form: FORM,
            area,
            fitted: fitted.clone(),
            inputs: sited.plan.inputs.clone(),
            demand: demand.map(|one| (one.at, one.weight, one.grade.0)).collect(),
            hours: hours(&sited.question),
        }
    }
}

impl App {
    /// A plan's document as it was recorded.
    pub(crate) fn plan_document(&self, id: PlanId) -> Result<Document, Failure> {
        let file = self.board.look(|state, _| state.plans().get(&id).map(|plan| plan.document));
        let file = file.ok_or(Missing::Plan(id))?;
        Document::read(id, &self.planning.shelf.read(file)?)
    }

    /// The seal of a plan that another was made from, if it can be read.
    pub(crate) fn seal_of(&self, id: PlanId) -> Option<String> {
        self.plan_document(id).ok().map(|document| document.plan.seal)
    }
}
